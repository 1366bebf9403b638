-- Last activity and open opportunities of the persons who clicked in a campaign.
-- grain: contact_id
-- columns:
--   contact_id            varchar  contact
--   last_activity_day     date     day of the last activity, in the company's time zone
--   has_open_opportunity  boolean  whether the contact or its account has one

with

clickers as (
    select distinct
        int_campaign_person.contact_id,
        int_campaign_person.account_id
    from int_campaign_person
    where int_campaign_person.is_opened and int_campaign_person.contact_id is not null
),

activities as (
    select
        clickers.contact_id,
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
    from clickers
    inner join stg_activity on clickers.contact_id = stg_activity.contact
    cross join setting
    where coalesce(stg_activity.is_done, true)
    group by clickers.contact_id
),

deals as (
    select clickers.contact_id
    from clickers
    inner join stg_opportunity on clickers.contact_id = stg_opportunity.contact
    where not stg_opportunity.is_closed
    union
    select clickers.contact_id
    from clickers
    inner join int_account_ref on clickers.account_id = int_account_ref.account_id
    inner join stg_opportunity on int_account_ref.ref = stg_opportunity.account
    where not stg_opportunity.is_closed
),

final as (
    select
        clickers.contact_id,
        greatest(activities.last_day, int_contact.last_activity_day)
            as last_activity_day,
        deals.contact_id is not null as has_open_opportunity
    from clickers
    inner join int_contact on clickers.contact_id = int_contact.contact_id
    left join activities on clickers.contact_id = activities.contact_id
    left join deals on clickers.contact_id = deals.contact_id
)

select * from final
