-- Last activity with the persons who opened in a campaign.
-- grain: contact_id
-- columns:
--   contact_id         varchar  contact
--   last_activity_day  date     day of the last activity, in the company's time zone

with

openers as (
    select distinct int_campaign_person.contact_id
    from int_campaign_person
    where int_campaign_person.is_opened and int_campaign_person.contact_id is not null
),

activities as (
    select
        openers.contact_id,
        max(
            coalesce(
                stg_activity.activity_date,
                cast(
                    timezone(
                        setting.timezone, timezone('UTC', stg_activity.activity_at)
                    )
                    as date
                )
            )
        ) as last_day
    from openers
    inner join stg_activity
        on openers.contact_id = trim(split_part(stg_activity.contact, ';', 1))
    cross join setting
    where coalesce(stg_activity.is_done, true)
    group by openers.contact_id
),

final as (
    select
        openers.contact_id,
        greatest(activities.last_day, int_contact.last_activity_day)
            as last_activity_day
    from openers
    inner join int_contact on openers.contact_id = int_contact.contact_id
    left join activities on openers.contact_id = activities.contact_id
)

select * from final
