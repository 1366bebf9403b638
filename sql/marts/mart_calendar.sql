-- The company's days of a month: who was expected and who came.
-- grain: day
-- params: month
-- people: people
-- columns:
--   day            date     the day
--   is_working     boolean  Monday to Friday, no public holiday
--   holiday        varchar  name of the public holiday
--   people         bigint   people with an open account
--   login_people   bigint   people with a login
--   active_people  bigint   people with a login or an action
--   action_count   bigint   actions
--   expected_days  double   days expected of them

with

final as (
    select
        int_calendar.day,
        int_calendar.is_working,
        int_calendar.holiday,
        cast(coalesce(sum(int_team_day.people), 0) as bigint) as people,
        cast(coalesce(sum(int_team_day.login_people), 0) as bigint) as login_people,
        cast(coalesce(sum(int_team_day.active_people), 0) as bigint) as active_people,
        cast(coalesce(sum(int_team_day.action_count), 0) as bigint) as action_count,
        coalesce(sum(int_team_day.expected_days), 0) as expected_days
    from int_calendar
    left join int_team_day on int_calendar.day = int_team_day.day
    where int_calendar.month = $month
    group by int_calendar.day, int_calendar.is_working, int_calendar.holiday
)

select * from final
order by day
