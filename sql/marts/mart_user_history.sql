-- The months of one user; the last one is whole, not cut at the day of the report.
-- grain: month
-- params: user_id
-- persons: user_id
-- columns:
--   user_id            varchar  user
--   month              varchar  month, YYYY-MM
--   login_days         bigint   days with a login
--   active_days        bigint   days with a login or an action
--   idle_days          bigint   days with a login and no action
--   expected_days      double   working days expected of the user
--   actions            bigint   actions
--   mass_actions       bigint   of which imports and mass mails
--   call_count         bigint   calls entered
--   email_count        bigint   mails entered
--   meeting_count      bigint   meetings entered
--   mobile_login_days  bigint   days with a login from a telephone or a tablet

with

final as (
    select
        int_user_month.user_id,
        int_user_month.month,
        int_user_month.login_days,
        int_user_month.active_days,
        int_user_month.idle_days,
        int_user_month.expected_days,
        int_user_month.actions,
        int_user_month.mass_actions,
        int_user_month.call_count,
        int_user_month.email_count,
        int_user_month.meeting_count,
        int_user_month.mobile_login_days
    from int_user_month
    where int_user_month.user_id = $user_id
)

select * from final
order by month
