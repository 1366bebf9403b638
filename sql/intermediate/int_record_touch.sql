-- The last activity of each account, contact and opportunity: its own, and for an
-- account those of its contacts. Activities that did not take place are left out.
-- grain: object, record_id
-- columns:
--   object     varchar  account, contact or opportunity
--   record_id  varchar  record
--   last_day   date     day of its last activity, in the company's time zone

with

company as (
    select setting.timezone
    from setting
),

-- What an activity points to repeats a lot: days are worked out once a combination.
pointed as (
    select
        stg_activity.account,
        stg_activity.contact,
        stg_activity.related,
        max(coalesce(stg_activity.activity_at, stg_activity.completed_at)) as last_at,
        max(stg_activity.activity_date) as last_date,
        max(stg_activity.created_at) filter (
            where
            stg_activity.activity_at is null
            and stg_activity.activity_date is null
            and stg_activity.completed_at is null
        ) as made_at
    from stg_activity
    where coalesce(stg_activity.is_done, true)
    group by stg_activity.account, stg_activity.contact, stg_activity.related
),

dated as (
    select
        pointed.account,
        pointed.contact,
        pointed.related,
        greatest(
            pointed.last_date,
            cast(
                timezone(company.timezone, timezone('UTC', pointed.last_at)) as date
            ),
            cast(timezone(company.timezone, timezone('UTC', pointed.made_at)) as date)
        ) as day
    from pointed
    cross join company
),

touches as (
    select
        'account' as object,
        int_account_ref.account_id as record_id,
        dated.day
    from dated
    inner join int_account_ref
        on coalesce(dated.account, dated.related) = int_account_ref.ref
    union all
    select
        'account' as object,
        int_contact.account_id as record_id,
        dated.day
    from dated
    inner join int_contact on dated.contact = int_contact.contact_id
    where int_contact.account_id is not null
    union all
    select
        'contact' as object,
        int_contact.contact_id as record_id,
        dated.day
    from dated
    inner join int_contact on dated.contact = int_contact.contact_id
    union all
    select
        'opportunity' as object,
        stg_opportunity.opportunity_id as record_id,
        dated.day
    from dated
    inner join stg_opportunity on dated.related = stg_opportunity.opportunity_id
),

final as (
    select
        touches.object,
        touches.record_id,
        max(touches.day) as last_day
    from touches
    where touches.day is not null
    group by touches.object, touches.record_id
)

select * from final
