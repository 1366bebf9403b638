-- Activities entered per user and local day, by kind.
-- An activity is one action, when it was entered (else on its own day), of who entered
-- it (else of its owner).
-- grain: user_id, day
-- columns:
--   user_id        varchar  user
--   day            date     local day
--   call_count     bigint   calls
--   email_count    bigint   mails
--   meeting_count  bigint   meetings
--   task_count     bigint   tasks and the rest
--   mass_count     bigint   sent to many at once, or over 200 in the same ten minutes
--   night_count    bigint   between 22:00 and 06:00
--   timed_count    bigint   whose time of day is known
--   first_minute   bigint   minute of the day of the first one
--   last_minute    bigint   minute of the day of the last one
--   hour_mask      bigint   bit h is set when one was entered at hour h

with

localised as (
    select
        int_user.user_id,
        stg_activity.kind,
        stg_activity.is_mass,
        case
            when stg_activity.created_at is not null then null
            when stg_activity.created_date is not null then stg_activity.created_date
            when stg_activity.activity_at is not null then null
            else stg_activity.activity_date
        end as acted_date,
        timezone(
            int_user.timezone,
            timezone(
                'UTC',
                case
                    when
                        stg_activity.created_at is not null
                        then stg_activity.created_at
                    when stg_activity.created_date is null then stg_activity.activity_at
                end
            )
        ) as local_at
    from stg_activity
    inner join int_user_ref
        on coalesce(stg_activity.created_by, stg_activity.owner) = int_user_ref.ref
    inner join int_user on int_user_ref.user_id = int_user.user_id
),

timed as (
    select
        localised.user_id,
        localised.kind,
        localised.is_mass,
        coalesce(localised.acted_date, cast(localised.local_at as date)) as day,
        cast(extract(hour from localised.local_at) as bigint) as hour,
        cast(extract(minute from localised.local_at) as bigint) as minute_of_hour
    from localised
),

slots as (
    select
        timed.user_id,
        timed.day,
        timed.hour,
        min(timed.minute_of_hour) as first_in_hour,
        max(timed.minute_of_hour) as last_in_hour,
        count(*) as row_count,
        count(*) filter (where timed.kind = 'call') as call_count,
        count(*) filter (where timed.kind = 'email') as email_count,
        count(*) filter (where timed.kind = 'meeting') as meeting_count,
        count(*) filter (where timed.is_mass) as mass_count
    from timed
    group by
        timed.user_id, timed.day, timed.hour, floor(timed.minute_of_hour / 10)
),

final as (
    select
        slots.user_id,
        slots.day,
        cast(sum(slots.call_count) as bigint) as call_count,
        cast(sum(slots.email_count) as bigint) as email_count,
        cast(sum(slots.meeting_count) as bigint) as meeting_count,
        cast(
            sum(
                slots.row_count
                - slots.call_count
                - slots.email_count
                - slots.meeting_count
            ) as bigint
        ) as task_count,
        cast(
            sum(
                case
                    when slots.row_count > 200 and slots.hour is not null
                        then slots.row_count
                    else slots.mass_count
                end
            ) as bigint
        ) as mass_count,
        cast(
            coalesce(
                sum(slots.row_count) filter (where slots.hour >= 22 or slots.hour < 6),
                0
            ) as bigint
        ) as night_count,
        cast(
            coalesce(sum(slots.row_count) filter (where slots.hour is not null), 0)
            as bigint
        ) as timed_count,
        min(slots.hour * 60 + slots.first_in_hour) as first_minute,
        max(slots.hour * 60 + slots.last_in_hour) as last_minute,
        bit_or(cast(power(2, slots.hour) as bigint)) as hour_mask
    from slots
    where slots.day is not null
    group by slots.user_id, slots.day
)

select * from final
