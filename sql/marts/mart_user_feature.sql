-- How each user works in a day, over the 26 weeks that end at the day of the report.
-- grain: user_id
-- params: as_of
-- persons: user_id
-- columns:
--   user_id          varchar  user
--   days_seen        bigint   days with a trace
--   hours_per_day    double   mean hours of the day with a trace, on active days
--   span_hours       double   mean hours from the first to the last trace of a day
--   actions_per_day  double   actions per active day, imports apart
--   login_day_share  double   days with a login among the active days
--   logins_per_day   double   logins per day with a login
--   mobile_share     double   share of the logins from a telephone or a tablet
--   evening_share    double   share of the active days with a trace after 19:00

with

days as (
    select int_user_day.*
    from int_user_day
    where
        int_user_day.day <= cast($as_of as date)
        and int_user_day.day > cast($as_of as date) - 182
),

final as (
    select
        days.user_id,
        count(*) as days_seen,
        avg(case when days.hour_count > 0 then days.hour_count end) as hours_per_day,
        avg((days.last_minute - days.first_minute) / 60.0) as span_hours,
        avg(days.action_count - days.mass_action_count) as actions_per_day,
        avg(case when days.login_count > 0 then 1.0 else 0.0 end) as login_day_share,
        avg(case when days.login_count > 0 then days.login_count end) as logins_per_day,
        cast(sum(days.mobile_login_count) as double) / nullif(sum(days.login_count), 0)
            as mobile_share,
        avg(case when days.last_minute >= 19 * 60 then 1.0 else 0.0 end)
            as evening_share
    from days
    group by days.user_id
)

select * from final
