-- When each user leaves traces, to tell a program from a person: programs work at night
-- and seven days a week, or in a few minutes of the night, or by the clock, or sign in
-- through an interface alone and all the time. Logins of programs in the name of who
-- signs in or works by day (a telephone that asks for mails at night) are left out.
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

entries as (
    select
        int_user_record_day.user_id,
        int_user_record_day.day,
        int_user_record_day.night_count,
        int_user_record_day.timed_count,
        int_user_record_day.first_minute,
        int_user_record_day.last_minute
    from int_user_record_day
    union all
    select
        int_user_activity_day.user_id,
        int_user_activity_day.day,
        int_user_activity_day.night_count,
        int_user_activity_day.timed_count,
        int_user_activity_day.first_minute,
        int_user_activity_day.last_minute
    from int_user_activity_day
),

traces as (
    select
        int_user_login_day.user_id,
        int_user_login_day.day,
        int_user_login_day.night_count,
        int_user_login_day.timed_count,
        int_user_login_day.login_count,
        int_user_login_day.machine_login_count,
        int_user_login_day.machine_night_count,
        int_user_login_day.machine_timed_count,
        0 as entry_count,
        0 as entry_day_count,
        int_user_login_day.first_minute,
        int_user_login_day.last_minute
    from int_user_login_day
    where int_user_login_day.login_count + int_user_login_day.machine_login_count > 0
    union all
    select
        entries.user_id,
        entries.day,
        entries.night_count,
        entries.timed_count,
        0 as login_count,
        0 as machine_login_count,
        0 as machine_night_count,
        0 as machine_timed_count,
        1 as entry_count,
        coalesce(entries.timed_count - entries.night_count, 0) as entry_day_count,
        entries.first_minute,
        entries.last_minute
    from entries
),

-- Two days of signing in make a person, and so does work that is done by day.
people as (
    select
        traces.user_id,
        count(distinct case when traces.login_count > 0 then traces.day end) >= 2
        or (
            count(distinct case when traces.entry_day_count > 0 then traces.day end)
            >= 2
            and sum(traces.entry_day_count)
            > 0.8 * sum(traces.entry_count * traces.timed_count)
        ) as is_by_hand
    from traces
    group by traces.user_id
),

days as (
    select
        traces.user_id,
        traces.day,
        sum(traces.night_count)
        + sum(case when people.is_by_hand then 0 else traces.machine_night_count end)
            as night_count,
        sum(traces.timed_count)
        + sum(case when people.is_by_hand then 0 else traces.machine_timed_count end)
            as timed_count,
        sum(traces.login_count) as login_count,
        sum(traces.machine_login_count) as machine_login_count,
        not people.is_by_hand
        or sum(traces.login_count + traces.entry_count) > 0 as is_counted,
        min(traces.first_minute) as first_minute,
        max(traces.last_minute) as last_minute,
        extract(isodow from traces.day) > 5 as is_weekend
    from traces
    inner join people on traces.user_id = people.user_id
    group by traces.user_id, traces.day, people.is_by_hand
),

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
    from days
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
