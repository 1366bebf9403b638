-- Each team's months, up to the day of the report; people without a team share a row.
-- grain: team, month
-- params: as_of
-- people: people
-- columns:
--   team           varchar  team; null for people without one
--   login_days     bigint   sum over people of the days with a login
--   active_days    bigint   sum over people of the days with a login or an action
--   action_count   bigint   actions
--   month          varchar  month, YYYY-MM
--   people         bigint   people with an open account on a day of the month, at most
--   expected_days  double   days expected of them, up to the day of the report

with

final as (
    select
        int_team_day.team,
        cast(sum(int_team_day.login_people) as bigint) as login_days,
        cast(sum(int_team_day.active_people) as bigint) as active_days,
        cast(sum(int_team_day.action_count) as bigint) as action_count,
        left(cast(int_team_day.day as varchar), 7) as month,
        max(int_team_day.people) as people,
        sum(int_team_day.expected_days) as expected_days
    from int_team_day
    where int_team_day.day <= cast($as_of as date)
    group by int_team_day.team, left(cast(int_team_day.day as varchar), 7)
)

select * from final
order by team, month
