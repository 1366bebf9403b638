-- Each user's whole weeks up to the day of the report, by month, and the habit at the
-- end of the month: weeks with a trace among the last twelve.
-- A week belongs to the month of its Thursday. A week counts in the habit when a day or
-- more was expected in it.
-- grain: user_id, month
-- params: as_of
-- persons: user_id
-- columns:
--   user_id        varchar  user
--   month          varchar  month, YYYY-MM
--   weeks          bigint   weeks of the month in which the user is expected
--   expected_days  double   working days expected
--   active_days    bigint   days with a login or an action, those expected at most
--   login_days     bigint   days with a login, those expected at most
--   acted_days     bigint   days with an action, those expected at most
--   habit_weeks    bigint   weeks that count among the last twelve
--   active_weeks   bigint   of which with a login or an action
--   login_weeks    bigint   of which with a login
--   acted_weeks    bigint   of which with an action

with

weeks as (
    select
        int_user_week.*,
        -- 2000-01-03 was a Monday.
        (int_user_week.week - date '2000-01-03') // 7 as number,
        int_user_week.expected_days >= 1 as is_counted,
        left(cast(int_user_week.week + 3 as varchar), 7) as month
    from int_user_week
    where int_user_week.week + 6 <= cast($as_of as date)
),

habits as (
    select
        weeks.user_id,
        weeks.week,
        weeks.month,
        weeks.expected_days,
        weeks.is_counted,
        least(weeks.active_days, ceil(weeks.expected_days)) as active_days,
        least(weeks.login_days, ceil(weeks.expected_days)) as login_days,
        least(weeks.acted_days, ceil(weeks.expected_days)) as acted_days,
        count(*) filter (where weeks.is_counted) over twelve as habit_weeks,
        count(*) filter (where weeks.is_counted and weeks.active_days > 0)
            over twelve as active_weeks,
        count(*) filter (where weeks.is_counted and weeks.login_days > 0)
            over twelve as login_weeks,
        count(*) filter (where weeks.is_counted and weeks.acted_days > 0)
            over twelve as acted_weeks
    from weeks
    window twelve as (
        partition by weeks.user_id
        order by weeks.number
        range between 11 preceding and current row
    )
),

final as (
    select
        habits.user_id,
        habits.month,
        count(*) filter (where habits.is_counted) as weeks,
        sum(habits.expected_days) as expected_days,
        cast(sum(habits.active_days) as bigint) as active_days,
        cast(sum(habits.login_days) as bigint) as login_days,
        cast(sum(habits.acted_days) as bigint) as acted_days,
        arg_max(habits.habit_weeks, habits.week) as habit_weeks,
        arg_max(habits.active_weeks, habits.week) as active_weeks,
        arg_max(habits.login_weeks, habits.week) as login_weeks,
        arg_max(habits.acted_weeks, habits.week) as acted_weeks
    from habits
    group by habits.user_id, habits.month
)

select * from final
