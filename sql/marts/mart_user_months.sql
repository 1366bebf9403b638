-- Every month of every user up to the day of the report, for the whole history.
-- A month still running is cut at the day of the report by mart_user_month, not here:
-- this mart leaves it out.
-- grain: user_id, month
-- params: as_of
-- persons: user_id
-- columns:
--   user_id        varchar  user
--   month          varchar  month, YYYY-MM
--   login_days     bigint   days with a login
--   active_days    bigint   days with a login or an action
--   expected_days  double   working days expected of the user
--   actions        bigint   actions

with

final as (
    select
        int_user_month.user_id,
        int_user_month.month,
        int_user_month.login_days,
        int_user_month.active_days,
        int_user_month.expected_days,
        int_user_month.actions
    from int_user_month
    where int_user_month.month < left(cast(cast($as_of as date) as varchar), 7)
)

select * from final
