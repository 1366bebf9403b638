-- The days that the data cover; the day of the report is the last, unless asked.
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
        int_period.first_day,
        int_period.last_day,
        int_period.first_login_day,
        int_period.last_login_day,
        int_period.first_activity_day,
        int_period.last_activity_day,
        int_period.first_record_day,
        int_period.last_record_day
    from int_period
)

select * from final
