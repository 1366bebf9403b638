-- Activities that took place, by holder, kind of account and local day. Mass mails are
-- left out; an activity that does not say whether it took place did, on its day.
-- grain: user_id, account_type, day
-- columns:
--   user_id         varchar  holder, else who entered it; null when nobody known
--   account_type    varchar  kind of account
--   day             date     day of the activity
--   call_count      bigint   calls that took place
--   meeting_count   bigint   meetings that took place
--   email_count     bigint   mails
--   activity_count  bigint   activities of any kind, done or not

with

dated as (
    select
        stg_activity.kind,
        stg_activity.is_mass,
        stg_activity.created_at,
        coalesce(stg_activity.is_done, true) as is_done,
        coalesce(holder.user_id, author.user_id) as user_id,
        coalesce(int_account_ref.account_type, int_contact.account_type)
            as account_type,
        coalesce(int_user_zone.timezone, setting.timezone) as zone,
        case
            when stg_activity.activity_at is null then stg_activity.activity_date
        end as activity_date,
        coalesce(
            stg_activity.activity_at,
            case
                when stg_activity.activity_date is null then stg_activity.completed_at
            end
        ) as happened_at,
        coalesce(stg_activity.completed_date, stg_activity.created_date) as other_date
    from stg_activity
    cross join setting
    left join int_user_ref as holder on stg_activity.owner = holder.ref
    left join int_user_ref as author on stg_activity.created_by = author.ref
    left join
        int_user_zone
        on coalesce(holder.user_id, author.user_id) = int_user_zone.user_id
    left join int_account_ref on stg_activity.account = int_account_ref.ref
    left join int_contact on stg_activity.contact = int_contact.contact_id
),

localised as (
    select
        dated.user_id,
        dated.account_type,
        dated.kind,
        dated.is_done and not dated.is_mass as is_counted,
        coalesce(
            dated.activity_date,
            cast(timezone(dated.zone, timezone('UTC', dated.happened_at)) as date),
            dated.other_date,
            cast(timezone(dated.zone, timezone('UTC', dated.created_at)) as date)
        ) as day
    from dated
),

final as (
    select
        localised.user_id,
        localised.account_type,
        localised.day,
        count(*) filter (where localised.is_counted and localised.kind = 'call')
            as call_count,
        count(*) filter (where localised.is_counted and localised.kind = 'meeting')
            as meeting_count,
        count(*) filter (where localised.is_counted and localised.kind = 'email')
            as email_count,
        count(*) as activity_count
    from localised
    where localised.day is not null
    group by localised.user_id, localised.account_type, localised.day
)

select * from final
