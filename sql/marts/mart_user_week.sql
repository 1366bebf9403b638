-- Each user's weeks, over the two years that end at the day of the report.
-- Weeks are seven days that end on the report's weekday, the last one is number 0.
-- Users without an opening date are expected from their first trace on. Nobody is
-- expected on a working day when no one, of ten people or more, left a trace.
-- grain: user_id, week
-- params: as_of
-- persons: user_id
-- columns:
--   user_id          varchar  user
--   week             bigint   weeks before the one that ends at the day of the report
--   expected_days    double   working days expected of the user
--   active_days      bigint   days with a login or an action
--   idle_days        bigint   of which with a login and no action
--   weekdays         bigint   bits of the active days, 1 is Monday and 16 Friday
--   login_days       bigint   days with a login
--   login_count      bigint   logins
--   mobile_count     bigint   of which from a telephone or a tablet
--   action_count     bigint   actions, imports apart
--   acted_days       bigint   days with an action, imports apart
--   hour_count       bigint   hours of the day with a trace, summed over the days
--   timed_days       bigint   days whose traces have a time of day
--   span_minutes     bigint   minutes from the first to the last trace of those days
--   evening_days     bigint   of those, days with a trace after 19:00
--   weekend_days     bigint   active Saturdays and Sundays
--   away_days        bigint   of the last six weeks, days that a leave may explain

with

traced as (
    select distinct int_user_day.day
    from int_user_day
),

size as (
    select count(*) as people
    from int_user_contract
    where int_user_contract.first_day is not null
),

days as (
    select
        int_calendar.day,
        cast(floor((cast($as_of as date) - int_calendar.day) / 7) as bigint) as week,
        int_calendar.is_working
        and (
            size.people < 10
            or traced.day is not null
            or int_calendar.day < int_period.first_day
            or int_calendar.day > int_period.last_day
        ) as is_open
    from int_calendar
    cross join int_period
    cross join size
    left join traced on int_calendar.day = traced.day
    where
        int_calendar.day <= cast($as_of as date)
        and int_calendar.day > cast($as_of as date) - 728
        and int_calendar.day >= int_period.first_day - 7
),

counted as (
    select
        days.day,
        days.week,
        days.is_open,
        sum(case when days.is_open then 1 else 0 end) over (order by days.day)
            as open_to_date
    from days
),

weeks as (
    select
        counted.week,
        min(counted.day) as first_day,
        max(counted.day) as last_day
    from counted
    group by counted.week
),

spans as (
    select
        int_user_contract.user_id,
        int_user_contract.work_share,
        weeks.week,
        greatest(
            weeks.first_day,
            coalesce(
                int_user_contract.contract_from,
                int_user_contract.first_day,
                weeks.first_day
            )
        ) as from_day,
        least(
            weeks.last_day, coalesce(int_user_contract.contract_to, weeks.last_day)
        ) as to_day
    from int_user_contract
    cross join weeks
),

worked as (
    select
        spans.user_id,
        spans.week,
        spans.work_share,
        last_one.open_to_date
        - first_one.open_to_date
        + case when first_one.is_open then 1 else 0 end as working_days
    from spans
    inner join counted as first_one on spans.from_day = first_one.day
    inner join counted as last_one on spans.to_day = last_one.day
    where spans.from_day <= spans.to_day
),

off as (
    select
        int_absence_day.user_id,
        counted.week,
        sum(int_absence_day.share) as days_off
    from int_absence_day
    inner join counted on int_absence_day.day = counted.day
    where counted.is_open
    group by int_absence_day.user_id, counted.week
),

-- The day after the report closes the time since the last trace.
lately as (
    select
        int_user_day.user_id,
        int_user_day.day
    from int_user_day
    where
        int_user_day.day <= cast($as_of as date)
        and int_user_day.day > cast($as_of as date) - 91
    union all
    select
        int_user_contract.user_id,
        cast($as_of as date) + 1 as day
    from int_user_contract
),

between_traces as (
    select
        lately.user_id,
        lately.day - 1 as to_day,
        lag(lately.day) over (partition by lately.user_id order by lately.day) + 1
            as from_day
    from lately
),

silences as (
    select
        between_traces.user_id,
        between_traces.from_day,
        between_traces.to_day,
        last_one.open_to_date
        - first_one.open_to_date
        + case when first_one.is_open then 1 else 0 end as working_days
    from between_traces
    inner join counted as first_one on between_traces.from_day = first_one.day
    inner join counted as last_one on between_traces.to_day = last_one.day
    where
        between_traces.from_day <= between_traces.to_day
        and between_traces.to_day > cast($as_of as date) - 42
),

ranked as (
    select
        silences.*,
        row_number() over (
            partition by silences.user_id
            order by silences.working_days desc, silences.from_day
        ) as place
    from silences
    where silences.working_days between 4 and 30
),

-- Four working days without a trace, or five a second time, may be a leave.
leaves as (
    select
        ranked.user_id,
        ranked.from_day,
        ranked.to_day
    from ranked
    where ranked.place = 1 or (ranked.place = 2 and ranked.working_days >= 5)
),

away as (
    select
        leaves.user_id,
        counted.week,
        count(*) as days_away
    from leaves
    inner join counted
        on leaves.from_day <= counted.day and counted.day <= leaves.to_day
    where counted.is_open and counted.week < 6
    group by leaves.user_id, counted.week
),

traces as (
    select
        int_user_day.user_id,
        cast(floor((cast($as_of as date) - int_user_day.day) / 7) as bigint) as week,
        count(*) as active_days,
        count(*) filter (
            where int_user_day.action_count <= int_user_day.mass_action_count
        ) as idle_days,
        bit_or(
            case
                when extract(isodow from int_user_day.day) <= 5
                    then 1 << cast(extract(isodow from int_user_day.day) - 1 as bigint)
                else 0
            end
        ) as weekdays,
        count(*) filter (where int_user_day.login_count > 0) as login_days,
        sum(int_user_day.login_count) as login_count,
        sum(int_user_day.mobile_login_count) as mobile_count,
        sum(int_user_day.action_count - int_user_day.mass_action_count)
            as action_count,
        count(*) filter (
            where int_user_day.action_count > int_user_day.mass_action_count
        ) as acted_days,
        sum(int_user_day.hour_count) as hour_count,
        count(*) filter (where int_user_day.hour_count > 0) as timed_days,
        sum(int_user_day.last_minute - int_user_day.first_minute) as span_minutes,
        count(*) filter (where int_user_day.last_minute >= 19 * 60) as evening_days,
        count(*) filter (where extract(isodow from int_user_day.day) > 5)
            as weekend_days
    from int_user_day
    where
        int_user_day.day <= cast($as_of as date)
        and int_user_day.day > cast($as_of as date) - 728
    group by int_user_day.user_id, week
),

final as (
    select
        worked.user_id,
        worked.week,
        cast(
            (worked.working_days - coalesce(off.days_off, 0)) * worked.work_share
            as double
        ) as expected_days,
        coalesce(traces.active_days, 0) as active_days,
        coalesce(traces.idle_days, 0) as idle_days,
        cast(coalesce(traces.weekdays, 0) as bigint) as weekdays,
        coalesce(traces.login_days, 0) as login_days,
        cast(coalesce(traces.login_count, 0) as bigint) as login_count,
        cast(coalesce(traces.mobile_count, 0) as bigint) as mobile_count,
        cast(coalesce(traces.action_count, 0) as bigint) as action_count,
        coalesce(traces.acted_days, 0) as acted_days,
        cast(coalesce(traces.hour_count, 0) as bigint) as hour_count,
        coalesce(traces.timed_days, 0) as timed_days,
        cast(coalesce(traces.span_minutes, 0) as bigint) as span_minutes,
        coalesce(traces.evening_days, 0) as evening_days,
        coalesce(traces.weekend_days, 0) as weekend_days,
        coalesce(away.days_away, 0) as away_days
    from worked
    left join away on worked.user_id = away.user_id and worked.week = away.week
    left join off on worked.user_id = off.user_id and worked.week = off.week
    left join traces on worked.user_id = traces.user_id and worked.week = traces.week
)

select * from final
