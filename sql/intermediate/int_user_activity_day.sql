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
        int_user_zone.user_id,
        stg_activity.kind,
        stg_activity.is_mass,
        case
            when stg_activity.created_at is not null then null
            when stg_activity.created_date is not null then stg_activity.created_date
            when stg_activity.activity_at is not null then null
            else stg_activity.activity_date
        end as acted_date,
        timezone(
            int_user_zone.timezone,
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
    inner join int_user_zone on int_user_ref.user_id = int_user_zone.user_id
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

days as (
    select
        timed.user_id,
        timed.day,
        count(*) as row_count,
        count(*) filter (where timed.kind = 'call') as call_count,
        count(*) filter (where timed.kind = 'email') as email_count,
        count(*) filter (where timed.kind = 'meeting') as meeting_count,
        count(*) filter (where timed.is_mass) as mass_count,
        count(*) filter (where timed.hour >= 22 or timed.hour < 6) as night_count,
        count(*) filter (where timed.hour is not null) as timed_count,
        min(timed.hour * 60 + timed.minute_of_hour) as first_minute,
        max(timed.hour * 60 + timed.minute_of_hour) as last_minute,
        bit_or(cast(power(2, timed.hour) as bigint)) as hour_mask
    from timed
    where timed.day is not null
    group by timed.user_id, timed.day
),

-- Only a day of more than 200 can hold ten minutes of more than 200.
slots as (
    select
        timed.user_id,
        timed.day,
        count(*) - count(*) filter (where timed.is_mass) as rush_count
    from timed
    inner join days on timed.user_id = days.user_id and timed.day = days.day
    where days.row_count > 200 and timed.hour is not null
    group by
        timed.user_id, timed.day, timed.hour, floor(timed.minute_of_hour / 10)
    having count(*) > 200
),

rushes as (
    select
        slots.user_id,
        slots.day,
        sum(slots.rush_count) as rush_count
    from slots
    group by slots.user_id, slots.day
),

final as (
    select
        days.user_id,
        days.day,
        days.call_count,
        days.email_count,
        days.meeting_count,
        days.row_count - days.call_count - days.email_count - days.meeting_count
            as task_count,
        cast(days.mass_count + coalesce(rushes.rush_count, 0) as bigint) as mass_count,
        days.night_count,
        days.timed_count,
        days.first_minute,
        days.last_minute,
        days.hour_mask
    from days
    left join rushes on days.user_id = rushes.user_id and days.day = rushes.day
)

select * from final
