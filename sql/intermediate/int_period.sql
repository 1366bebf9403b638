-- The days that the data cover.
-- grain: first_day
-- columns:
--   first_day           date  first day with a login or an action
--   last_day            date  last day with a login or an action
--   first_login_day     date  first day with a login
--   last_login_day      date  last day with a login
--   first_activity_day  date  first day with an activity entered
--   last_activity_day   date  last day with an activity entered
--   first_record_day    date  first day with a record made or changed
--   last_record_day     date  last day with a record made or changed

with

final as (
    select
        min(int_user_day.day) as first_day,
        max(int_user_day.day) as last_day,
        min(int_user_day.day) filter (where int_user_day.login_count > 0)
            as first_login_day,
        max(int_user_day.day) filter (where int_user_day.login_count > 0)
            as last_login_day,
        min(int_user_day.day) filter (
            where
            int_user_day.call_count
            + int_user_day.email_count
            + int_user_day.meeting_count
            + int_user_day.task_count
            > 0
        ) as first_activity_day,
        max(int_user_day.day) filter (
            where
            int_user_day.call_count
            + int_user_day.email_count
            + int_user_day.meeting_count
            + int_user_day.task_count
            > 0
        ) as last_activity_day,
        min(int_user_day.day) filter (
            where int_user_day.create_count + int_user_day.update_count > 0
        ) as first_record_day,
        max(int_user_day.day) filter (
            where int_user_day.create_count + int_user_day.update_count > 0
        ) as last_record_day
    from int_user_day
)

select * from final
