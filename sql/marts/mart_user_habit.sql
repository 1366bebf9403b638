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
        date_trunc('month', int_user_week.week + 3) as month_from,
        ceil(int_user_week.expected_days) as most
    from int_user_week
    where int_user_week.week + 6 <= cast($as_of as date)
),

final as (
    select
        weeks.user_id,
        left(cast(weeks.month_from as varchar), 7) as month,
        count(*) filter (where weeks.expected_days >= 1) as weeks,
        sum(weeks.expected_days) as expected_days,
        cast(sum(least(weeks.active_days, weeks.most)) as bigint) as active_days,
        cast(sum(least(weeks.login_days, weeks.most)) as bigint) as login_days,
        cast(sum(least(weeks.acted_days, weeks.most)) as bigint) as acted_days,
        arg_max(weeks.habit_weeks, weeks.week) as habit_weeks,
        arg_max(weeks.active_weeks, weeks.week) as active_weeks,
        arg_max(weeks.login_weeks, weeks.week) as login_weeks,
        arg_max(weeks.acted_weeks, weeks.week) as acted_weeks
    from weeks
    group by weeks.user_id, weeks.month_from
)

select * from final
