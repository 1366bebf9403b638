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

judged as (
    select
        days.day,
        days.login_people,
        days.login_people = 0
        and coalesce(
            days.day between int_period.first_login_day and int_period.last_login_day,
            false
        ) as is_without_login,
        days.action_count = 0
        and coalesce(
            days.day between least(
                int_period.first_activity_day, int_period.first_record_day
            ) and greatest(int_period.last_activity_day, int_period.last_record_day),
            false
        ) as is_without_action
    from days
    cross join int_period
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
