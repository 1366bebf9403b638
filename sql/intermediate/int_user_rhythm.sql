-- When each user leaves traces, to tell a program from a person: programs work at
-- night and seven days a week.
-- grain: user_id
-- columns:
--   user_id        varchar  user
--   day_count      bigint   days with a trace, programs' logins included
--   weekend_count  bigint   of which Saturdays and Sundays
--   span_days      bigint   days from the first trace to the last, both included
--   night_share    double   share of the timed traces between 22:00 and 06:00
--   is_program     boolean  whether the rhythm says that it is no person

with

traces as (
    select
        int_user_login_day.user_id,
        int_user_login_day.day,
        int_user_login_day.night_count,
        int_user_login_day.timed_count
    from int_user_login_day
    where int_user_login_day.login_count + int_user_login_day.machine_login_count > 0
    union all
    select
        int_user_record_day.user_id,
        int_user_record_day.day,
        int_user_record_day.night_count,
        int_user_record_day.timed_count
    from int_user_record_day
    union all
    select
        int_user_activity_day.user_id,
        int_user_activity_day.day,
        int_user_activity_day.night_count,
        int_user_activity_day.timed_count
    from int_user_activity_day
),

days as (
    select
        traces.user_id,
        traces.day,
        sum(traces.night_count) as night_count,
        sum(traces.timed_count) as timed_count,
        -- 2000-01-01 was a Saturday: 0 is Saturday, 1 is Sunday.
        (traces.day - date '2000-01-01') % 7 as weekday
    from traces
    group by traces.user_id, traces.day
),

totals as (
    select
        days.user_id,
        count(*) as day_count,
        count(*) filter (where days.weekday in (0, 1, -7, -6)) as weekend_count,
        max(days.day) - min(days.day) + 1 as span_days,
        cast(sum(days.night_count) as double) / nullif(sum(days.timed_count), 0)
            as night_share
    from days
    group by days.user_id
),

final as (
    select
        totals.user_id,
        totals.day_count,
        totals.weekend_count,
        cast(totals.span_days as bigint) as span_days,
        totals.night_share,
        totals.span_days >= 28
        and totals.day_count >= 0.9 * totals.span_days
        and totals.weekend_count >= 0.8 * totals.span_days * 2 / 7
        and coalesce(totals.night_share >= 0.2, false) as is_program
    from totals
)

select * from final
