-- One user, day by day, the days expected and without a trace included.
-- grain: day
-- params: user_id, first_day, last_day
-- persons: user_id
-- columns:
--   user_id       varchar  user
--   day           date     local day
--   is_working    boolean  Monday to Friday, no public holiday
--   holiday       varchar  name of the public holiday
--   is_expected   boolean  a working day of the user, absences taken away
--   login_count   bigint   logins
--   action_count  bigint   actions

with

final as (
    select
        int_user_contract.user_id,
        int_calendar.day,
        int_calendar.is_working,
        int_calendar.holiday,
        int_calendar.is_working
        and int_calendar.day
        >= coalesce(int_user_contract.contract_from, int_calendar.day)
        and int_calendar.day
        <= coalesce(int_user_contract.contract_to, int_calendar.day)
        and coalesce(int_absence_day.share, 0) < 1 as is_expected,
        coalesce(int_user_day.login_count, 0) as login_count,
        coalesce(int_user_day.action_count, 0) as action_count
    from int_user_contract
    inner join int_calendar
        on
            int_calendar.day >= cast($first_day as date)
            and int_calendar.day <= cast($last_day as date)
    left join int_absence_day
        on
            int_user_contract.user_id = int_absence_day.user_id
            and int_calendar.day = int_absence_day.day
    left join int_user_day
        on
            int_user_contract.user_id = int_user_day.user_id
            and int_calendar.day = int_user_day.day
    where int_user_contract.user_id = $user_id
)

select * from final
order by day
