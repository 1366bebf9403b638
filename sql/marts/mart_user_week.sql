-- Each user's weeks, over the two years that end at the day of the report.
-- Weeks are seven days that end on the report's weekday, the last one is number 0.
-- Users without an opening date are expected from their first trace on.
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
--   hour_count       bigint   hours of the day with a trace, summed over the days
--   timed_days       bigint   days whose traces have a time of day
--   span_minutes     bigint   minutes from the first to the last trace of those days
--   evening_days     bigint   of those, days with a trace after 19:00

with

weeks as (
    select
        cast(floor((cast($as_of as date) - int_open_day.day) / 7) as bigint) as week,
        min(int_open_day.day) as first_day,
        max(int_open_day.day) as last_day
    from int_open_day
    inner join int_period on int_open_day.day >= int_period.first_day - 7
    where
        int_open_day.day <= cast($as_of as date)
        and int_open_day.day > cast($as_of as date) - 728
    group by week
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
    inner join int_open_day as first_one on spans.from_day = first_one.day
    inner join int_open_day as last_one on spans.to_day = last_one.day
    where spans.from_day <= spans.to_day
),

off as (
    select
        int_absence_day.user_id,
        cast(floor((cast($as_of as date) - int_absence_day.day) / 7) as bigint)
            as week,
        sum(int_absence_day.share) as days_off
    from int_absence_day
    inner join int_open_day on int_absence_day.day = int_open_day.day
    where int_open_day.is_open and int_open_day.day <= cast($as_of as date)
    group by int_absence_day.user_id, week
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
        sum(int_user_day.hour_count) as hour_count,
        count(*) filter (where int_user_day.hour_count > 0) as timed_days,
        sum(int_user_day.last_minute - int_user_day.first_minute) as span_minutes,
        count(*) filter (where int_user_day.last_minute >= 19 * 60) as evening_days
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
        cast(coalesce(traces.hour_count, 0) as bigint) as hour_count,
        coalesce(traces.timed_days, 0) as timed_days,
        cast(coalesce(traces.span_minutes, 0) as bigint) as span_minutes,
        coalesce(traces.evening_days, 0) as evening_days
    from worked
    left join off on worked.user_id = off.user_id and worked.week = off.week
    left join traces on worked.user_id = traces.user_id and worked.week = traces.week
)

select * from final
