-- What each user did on each local day: a row when there was a login or an action.
-- grain: user_id, day
-- columns:
--   user_id             varchar  user
--   day                 date     local day
--   login_count         bigint   successful logins of a person
--   mobile_login_count  bigint   of which from a telephone or a tablet
--   action_count        bigint   actions: records made and changed, activities entered
--   mass_action_count   bigint   of which imports and mass mails
--   create_count        bigint   records made, activities apart
--   update_count        bigint   records changed
--   call_count          bigint   calls entered
--   email_count         bigint   mails entered
--   meeting_count       bigint   meetings entered
--   task_count          bigint   tasks and other activities entered
--   object_count        bigint   kinds of objects touched
--   hour_count          bigint   hours of the day with a trace
--   night_count         bigint   traces between 22:00 and 06:00
--   timed_count         bigint   traces whose time of day is known
--   first_minute        bigint   minute of the day of the first trace
--   last_minute         bigint   minute of the day of the last trace

with

traces as (
    select
        int_user_login_day.user_id,
        int_user_login_day.day,
        int_user_login_day.login_count,
        int_user_login_day.mobile_login_count,
        0 as create_count,
        0 as update_count,
        0 as call_count,
        0 as email_count,
        0 as meeting_count,
        0 as task_count,
        0 as mass_count,
        0 as object_mask,
        int_user_login_day.hour_mask,
        int_user_login_day.first_minute,
        int_user_login_day.last_minute,
        int_user_login_day.night_count,
        int_user_login_day.timed_count
    from int_user_login_day
    where int_user_login_day.login_count > 0
    union all
    select
        int_user_record_day.user_id,
        int_user_record_day.day,
        0 as login_count,
        0 as mobile_login_count,
        int_user_record_day.create_count,
        int_user_record_day.update_count,
        0 as call_count,
        0 as email_count,
        0 as meeting_count,
        0 as task_count,
        int_user_record_day.mass_count,
        int_user_record_day.object_mask,
        int_user_record_day.hour_mask,
        int_user_record_day.first_minute,
        int_user_record_day.last_minute,
        int_user_record_day.night_count,
        int_user_record_day.timed_count
    from int_user_record_day
    union all
    select
        int_user_activity_day.user_id,
        int_user_activity_day.day,
        0 as login_count,
        0 as mobile_login_count,
        0 as create_count,
        0 as update_count,
        int_user_activity_day.call_count,
        int_user_activity_day.email_count,
        int_user_activity_day.meeting_count,
        int_user_activity_day.task_count,
        int_user_activity_day.mass_count,
        case when int_user_activity_day.call_count > 0 then 32 else 0 end
        + case when int_user_activity_day.email_count > 0 then 64 else 0 end
        + case when int_user_activity_day.meeting_count > 0 then 128 else 0 end
        + case when int_user_activity_day.task_count > 0 then 256 else 0 end
            as object_mask,
        int_user_activity_day.hour_mask,
        int_user_activity_day.first_minute,
        int_user_activity_day.last_minute,
        int_user_activity_day.night_count,
        int_user_activity_day.timed_count
    from int_user_activity_day
),

final as (
    select
        traces.user_id,
        traces.day,
        cast(sum(traces.login_count) as bigint) as login_count,
        cast(sum(traces.mobile_login_count) as bigint) as mobile_login_count,
        cast(
            sum(
                traces.create_count
                + traces.update_count
                + traces.call_count
                + traces.email_count
                + traces.meeting_count
                + traces.task_count
            ) as bigint
        ) as action_count,
        cast(sum(traces.mass_count) as bigint) as mass_action_count,
        cast(sum(traces.create_count) as bigint) as create_count,
        cast(sum(traces.update_count) as bigint) as update_count,
        cast(sum(traces.call_count) as bigint) as call_count,
        cast(sum(traces.email_count) as bigint) as email_count,
        cast(sum(traces.meeting_count) as bigint) as meeting_count,
        cast(sum(traces.task_count) as bigint) as task_count,
        cast(bit_count(bit_or(traces.object_mask)) as bigint) as object_count,
        cast(bit_count(bit_or(traces.hour_mask)) as bigint) as hour_count,
        cast(sum(traces.night_count) as bigint) as night_count,
        cast(sum(traces.timed_count) as bigint) as timed_count,
        min(traces.first_minute) as first_minute,
        max(traces.last_minute) as last_minute
    from traces
    group by traces.user_id, traces.day
)

select * from final
order by user_id, day
