-- Each user's weeks, Monday to Sunday: days expected, days active, and the habit, weeks
-- with a trace among the twelve that end there. A row for every week in which the user
-- is expected or leaves a trace; imports and mass mails are none.
-- grain: user_id, week
-- columns:
--   expected_days  double   working days expected of the user
--   user_id        varchar  user
--   week           date     Monday of the week
--   active_days    bigint   days with a login or an action
--   login_days     bigint   days with a login
--   acted_days     bigint   days with an action
--   habit_weeks    bigint   weeks with a day expected, of the twelve that end here
--   active_weeks   bigint   of which with a login or an action
--   login_weeks    bigint   of which with a login
--   acted_weeks    bigint   of which with an action

with

start as (
    select min(int_expected_week.week) as first_week
    from int_expected_week
),

traces as (
    select
        int_user_day.user_id,
        cast(date_trunc('week', int_user_day.day) as date) as week,
        count(*) as active_days,
        count(*) filter (where int_user_day.login_count > 0) as login_days,
        count(*) filter (
            where int_user_day.action_count > int_user_day.mass_action_count
        ) as acted_days
    from int_user_day
    inner join start on int_user_day.day >= start.first_week
    where
        int_user_day.login_count > 0
        or int_user_day.action_count > int_user_day.mass_action_count
    group by int_user_day.user_id, date_trunc('week', int_user_day.day)
),

whole as (
    select
        coalesce(int_expected_week.expected_days, 0.0) as expected_days,
        coalesce(int_expected_week.user_id, traces.user_id) as user_id,
        coalesce(int_expected_week.week, traces.week) as week,
        coalesce(traces.active_days, 0) as active_days,
        coalesce(traces.login_days, 0) as login_days,
        coalesce(traces.acted_days, 0) as acted_days
    from int_expected_week
    full join traces
        on
            int_expected_week.user_id = traces.user_id
            and int_expected_week.week = traces.week
),

counted_weeks as (
    select
        whole.*,
        -- 2000-01-03 was a Monday.
        (whole.week - date '2000-01-03') // 7 as number,
        whole.expected_days >= 1 as is_counted
    from whole
),

final as (
    select
        counted_weeks.expected_days,
        counted_weeks.user_id,
        counted_weeks.week,
        counted_weeks.active_days,
        counted_weeks.login_days,
        counted_weeks.acted_days,
        count(*) filter (where counted_weeks.is_counted) over twelve as habit_weeks,
        count(*) filter (
            where counted_weeks.is_counted and counted_weeks.active_days > 0
        ) over twelve as active_weeks,
        count(*) filter (
            where counted_weeks.is_counted and counted_weeks.login_days > 0
        ) over twelve as login_weeks,
        count(*) filter (
            where counted_weeks.is_counted and counted_weeks.acted_days > 0
        ) over twelve as acted_weeks
    from counted_weeks
    window twelve as (
        partition by counted_weeks.user_id
        order by counted_weeks.number
        range between 11 preceding and current row
    )
)

select * from final
order by user_id, week
