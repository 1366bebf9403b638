-- Working days without an event for anybody: more likely a hole in the exports than a
-- day when nobody worked. Logins and actions are told apart.
-- grain: day
-- params: as_of
-- columns:
--   day                date     working day
--   is_without_login   boolean  no login, though logins go from before to after
--   is_without_action  boolean  no action, though actions go from before to after

with

days as (
    select
        int_calendar.day,
        coalesce(sum(int_team_day.login_people), 0) as login_people,
        coalesce(sum(int_team_day.action_count), 0) as action_count
    from int_calendar
    left join int_team_day on int_calendar.day = int_team_day.day
    where int_calendar.is_working and int_calendar.day <= cast($as_of as date)
    group by int_calendar.day
),

seen as (
    select
        min(case when days.login_people > 0 then days.day end) as first_login_day,
        max(case when days.login_people > 0 then days.day end) as last_login_day,
        min(case when days.action_count > 0 then days.day end) as first_action_day,
        max(case when days.action_count > 0 then days.day end) as last_action_day
    from days
),

judged as (
    select
        days.day,
        days.login_people,
        days.login_people = 0
        and coalesce(
            days.day between seen.first_login_day and seen.last_login_day, false
        ) as is_without_login,
        days.action_count = 0
        and coalesce(
            days.day between seen.first_action_day and seen.last_action_day, false
        ) as is_without_action
    from days
    cross join seen
),

final as (
    select
        judged.day,
        judged.is_without_login,
        judged.is_without_action
    from judged
    where
        judged.is_without_login
        or (judged.is_without_action and judged.login_people = 0)
)

select * from final
order by day
