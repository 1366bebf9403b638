-- Each user's weeks, over the 26 that end at the day of the report.
-- Weeks are seven days that end on the report's weekday; a week counts when two days or
-- more are expected in it. Days per week are brought to five expected days.
-- grain: user_id
-- params: as_of
-- persons: user_id
-- columns:
--   user_id             varchar  user
--   last_active_days    bigint   days active in the last six weeks
--   last_idle_days      bigint   of which with a login and no action
--   last_actions        bigint   actions in the last six weeks, imports apart
--   weeks_expected      bigint   weeks that count
--   weeks_seen          bigint   of which with a trace
--   days_per_week       double   median days active in the weeks with a trace
--   full_week_share     double   share of those weeks with 4.5 days or more
--   last_weeks          bigint   weeks that count among the last six
--   last_silent_weeks   bigint   of which without any trace
--   silent_now          bigint   weeks that count since the last one with a trace
--   last_days_per_week  double   mean days active in the worked weeks of the last six

with

week_days as (
    select
        int_calendar.day,
        int_calendar.is_working,
        cast(floor((cast($as_of as date) - int_calendar.day) / 7) as bigint) as week
    from int_calendar
    where
        int_calendar.day <= cast($as_of as date)
        and int_calendar.day > cast($as_of as date) - 182
),

expected as (
    select
        int_user_contract.user_id,
        week_days.week,
        sum((1 - coalesce(int_absence_day.share, 0)) * int_user_contract.work_share)
            as expected_days
    from int_user_contract
    cross join week_days
    left join int_absence_day
        on
            int_user_contract.user_id = int_absence_day.user_id
            and week_days.day = int_absence_day.day
    where
        week_days.is_working
        and week_days.day >= coalesce(int_user_contract.contract_from, week_days.day)
        and week_days.day <= coalesce(int_user_contract.contract_to, week_days.day)
    group by int_user_contract.user_id, week_days.week
),

traces as (
    select
        int_user_day.user_id,
        week_days.week,
        cast(sum(int_user_day.action_count - int_user_day.mass_action_count) as int)
            as actions,
        count(*) as active_days,
        count(*) filter (where int_user_day.action_count = 0) as idle_days
    from int_user_day
    inner join week_days on int_user_day.day = week_days.day
    group by int_user_day.user_id, week_days.week
),

rated as (
    select
        expected.user_id,
        expected.week,
        cast(coalesce(traces.active_days, 0) as int) as active_days,
        cast(coalesce(traces.idle_days, 0) as int) as idle_days,
        coalesce(traces.actions, 0) as actions,
        least(5, 5.0 * coalesce(traces.active_days, 0) / expected.expected_days)
            as rate,
        min(case when traces.active_days > 0 then expected.week end) over (
            partition by expected.user_id
        ) as last_week_seen
    from expected
    left join traces
        on expected.user_id = traces.user_id and expected.week = traces.week
    where expected.expected_days >= 2
),

final as (
    select
        rated.user_id,
        cast(sum(case when rated.week < 6 then rated.active_days else 0 end) as bigint)
            as last_active_days,
        cast(sum(case when rated.week < 6 then rated.idle_days else 0 end) as bigint)
            as last_idle_days,
        cast(sum(case when rated.week < 6 then rated.actions else 0 end) as bigint)
            as last_actions,
        count(*) as weeks_expected,
        count(*) filter (where rated.active_days > 0) as weeks_seen,
        median(case when rated.active_days > 0 then rated.rate end) as days_per_week,
        avg(
            case
                when rated.active_days = 0 then null
                when rated.rate >= 4.5 then 1.0
                else 0.0
            end
        ) as full_week_share,
        count(*) filter (where rated.week < 6) as last_weeks,
        count(*) filter (where rated.week < 6 and rated.active_days = 0)
            as last_silent_weeks,
        count(*) filter (where rated.week < coalesce(rated.last_week_seen, 26))
            as silent_now,
        avg(case when rated.week < 6 and rated.active_days > 0 then rated.rate end)
            as last_days_per_week
    from rated
    group by rated.user_id
)

select * from final
