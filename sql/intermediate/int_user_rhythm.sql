-- When each user leaves traces, to tell a program from a person: programs work at night
-- and seven days a week, or in a few minutes of the night, or by the clock, or sign in
-- through an interface alone and all the time.
-- grain: user_id
-- columns:
--   user_id        varchar  user
--   day_count      bigint   days with a trace, programs' logins included if they count
--   weekend_count  bigint   of which Saturdays and Sundays
--   span_days      bigint   days from the first trace to the last, both included
--   night_share    double   share of the timed traces between 22:00 and 06:00
--   trace_count    bigint   logins and actions with a time
--   rhythm_reason  varchar  always_on, night, clock or interface; null for a person
--   is_program     boolean  whether the rhythm says that it is no person

with

totals as (
    select
        days.user_id,
        count(*) filter (where days.is_counted) as day_count,
        count(*) filter (where days.is_counted and days.is_weekend)
            as weekend_count,
        max(days.day) filter (where days.is_counted)
        - min(days.day) filter (where days.is_counted) + 1 as span_days,
        count(*) as any_day_count,
        cast(sum(days.night_count) as double) / nullif(sum(days.timed_count), 0)
            as night_share,
        sum(days.timed_count) as trace_count,
        sum(days.login_count) as login_count,
        sum(days.machine_login_count) as machine_login_count,
        count(*) filter (where days.last_minute < 390) as small_hours_count,
        quantile_cont(days.first_minute, 0.9)
        - quantile_cont(days.first_minute, 0.1) as first_spread,
        median(days.first_minute) as first_median
    from int_user_trace_day as days
    group by days.user_id
),

-- Exports that round times to the hour or the day would make a clock of everybody.
marked as (
    select
        totals.*,
        totals.login_count = 0
        and totals.day_count >= 20
        and coalesce(totals.first_spread <= 5 and totals.first_median > 0, false)
            as is_clock,
        avg(
            case when coalesce(totals.first_spread <= 5, false) then 1.0 else 0.0 end
        ) over () as clock_share
    from totals
),

judged as (
    select
        marked.*,
        case
            when marked.span_days < 28 then null
            when
                marked.day_count >= 0.75 * marked.span_days
                and marked.weekend_count >= 0.6 * marked.span_days * 2 / 7
                and marked.night_share >= 0.2
                then 'always_on'
            when
                marked.day_count >= 14
                and marked.night_share >= 0.8
                and marked.small_hours_count >= 0.9 * marked.day_count
                then 'night'
            when marked.is_clock and marked.clock_share < 0.1 then 'clock'
            when
                marked.login_count = 0
                and marked.machine_login_count >= 8 * marked.any_day_count
                and marked.day_count >= 20
                then 'interface'
        end as rhythm_reason
    from marked
),

final as (
    select
        judged.user_id,
        judged.day_count,
        judged.weekend_count,
        cast(judged.span_days as bigint) as span_days,
        judged.night_share,
        cast(judged.trace_count as bigint) as trace_count,
        judged.rhythm_reason,
        judged.rhythm_reason is not null as is_program
    from judged
)

select * from final
