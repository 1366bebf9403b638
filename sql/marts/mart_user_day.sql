-- What users did day by day, between two days.
-- grain: user_id, day
-- params: first_day, last_day
-- persons: user_id
-- columns:
--   user_id        varchar  user
--   day            date     local day
--   login_count    bigint   logins
--   action_count   bigint   actions
--   call_count     bigint   calls entered
--   email_count    bigint   mails entered
--   meeting_count  bigint   meetings entered
--   task_count     bigint   tasks and other activities entered
--   create_count   bigint   records made, activities apart
--   update_count   bigint   records changed
--   object_count   bigint   kinds of objects touched

with

final as (
    select
        int_user_day.user_id,
        int_user_day.day,
        int_user_day.login_count,
        int_user_day.action_count,
        int_user_day.call_count,
        int_user_day.email_count,
        int_user_day.meeting_count,
        int_user_day.task_count,
        int_user_day.create_count,
        int_user_day.update_count,
        int_user_day.object_count
    from int_user_day
    where
        int_user_day.day >= cast($first_day as date)
        and int_user_day.day <= cast($last_day as date)
)

select * from final
