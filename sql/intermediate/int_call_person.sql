-- Who a campaign's call list is about: they clicked, and neither refused nor bounced.
-- Who converted since is kept: whether they had been on the list, mart_follow_up says.
-- grain: campaign_id, person_id
-- columns:
--   campaign_id    varchar  campaign
--   person_id      varchar  person
--   contact_id     varchar  contact, when it is in the exports
--   contact        varchar  contact as the campaign's export writes it
--   email          varchar  e-mail address
--   is_converted   boolean  converted
--   click_day      date     day of the first click, as the exports tell it
--   from_day       date     that day, else the first of the campaign
--   converted_day  date     day of the conversion, as the exports tell it
--   changed_day    date     day on which the row that tells of it last changed
--   was_seen       boolean  an earlier import showed the click without the conversion

with

days as (
    select
        int_campaign_row.campaign_id,
        int_campaign_row.person_id,
        min(
            coalesce(
                int_campaign_row.clicked_date,
                cast(
                    timezone(
                        setting.timezone, timezone('UTC', int_campaign_row.clicked_at)
                    ) as date
                )
            )
        ) filter (where int_campaign_row.clicks or int_campaign_row.converts)
            as click_day,
        min(int_campaign_row.converted_day) as converted_day,
        min(
            coalesce(
                int_campaign_row.modified_date,
                cast(
                    timezone(
                        setting.timezone, timezone('UTC', int_campaign_row.modified_at)
                    ) as date
                )
            )
        ) filter (where int_campaign_row.converts) as changed_day,
        min(stg_click_import.clicked_import) as clicked_import,
        min(stg_click_import.converted_import) as converted_import
    from int_campaign_row
    cross join setting
    left join stg_click_import
        on int_campaign_row.record_key = stg_click_import.record_key
    where int_campaign_row.clicks or int_campaign_row.converts
    group by int_campaign_row.campaign_id, int_campaign_row.person_id
),

final as (
    select
        int_campaign_person.campaign_id,
        int_campaign_person.person_id,
        int_campaign_person.contact_id,
        int_campaign_trace.contact,
        int_campaign_person.email,
        int_campaign_person.is_converted,
        days.click_day,
        coalesce(days.click_day, int_campaign.start_day) as from_day,
        days.converted_day,
        days.changed_day,
        coalesce(days.clicked_import < days.converted_import, false) as was_seen
    from int_campaign_person
    inner join int_campaign_trace
        on
            int_campaign_person.campaign_id = int_campaign_trace.campaign_id
            and int_campaign_person.person_id = int_campaign_trace.person_id
    inner join int_campaign
        on int_campaign_person.campaign_id = int_campaign.campaign_id
    left join days
        on
            int_campaign_person.campaign_id = days.campaign_id
            and int_campaign_person.person_id = days.person_id
    where
        int_campaign_person.is_clicked
        and not int_campaign_person.is_opted_out
        and not int_campaign_person.is_complained
        and not int_campaign_person.is_bounced
)

select * from final
