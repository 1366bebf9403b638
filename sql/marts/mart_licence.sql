-- Every open account of a person at the day of the report, and how far it is used.
-- An account older than the data may have been used before: that it never was is known
-- only when the user export tells last logins.
-- grain: user_id
-- params: as_of
-- persons: user_id
-- columns:
--   user_id           varchar  user
--   license           varchar  licence type, as the export writes it
--   created_day       date     day the account was created; null if unknown
--   first_action_day  date     first day with an action
--   is_activated      boolean  a login or an action ever
--   is_active         boolean  a trace in the last 28 days
--   is_habitual       boolean  a trace in 9 of the last 12 weeks
--   has_action        boolean  an action in the last 28 days
--   is_on_leave       boolean  away on the last working day, or for 28 days
--   is_known          boolean  whether a login would be known, had there been one

with

traces as (
    select
        int_user_day.user_id,
        max(int_user_day.day) as last_day,
        max(case when int_user_day.action_count > 0 then int_user_day.day end)
            as last_action_day,
        count(distinct floor((cast($as_of as date) - int_user_day.day) / 7))
            as active_weeks
    from int_user_day
    where
        int_user_day.day <= cast($as_of as date)
        and int_user_day.day > cast($as_of as date) - 84
    group by int_user_day.user_id
),

worked as (
    select
        count(*) as working_days,
        max(int_calendar.day) as last_working_day
    from int_calendar
    where
        int_calendar.is_working
        and int_calendar.day <= cast($as_of as date)
        and int_calendar.day > cast($as_of as date) - 28
),

told as (
    select count(*) > 0 as has_last_login
    from int_user
    where int_user.last_login_day is not null
),

off as (
    select
        int_absence_day.user_id,
        sum(int_absence_day.share) as days_off,
        max(
            case
                when int_absence_day.day = worked.last_working_day
                    then int_absence_day.share
            end
        ) as last_share
    from int_absence_day
    cross join worked
    where
        int_absence_day.day <= cast($as_of as date)
        and int_absence_day.day > cast($as_of as date) - 28
    group by int_absence_day.user_id
),

final as (
    select
        int_user_contract.user_id,
        int_user.license,
        int_user.created_day,
        case
            when int_user_start.first_action_day <= cast($as_of as date)
                then int_user_start.first_action_day
        end as first_action_day,
        coalesce(
            int_user_start.first_day <= cast($as_of as date)
            or int_user.last_login_day <= cast($as_of as date),
            false
        ) as is_activated,
        coalesce(traces.last_day > cast($as_of as date) - 28, false) as is_active,
        coalesce(traces.active_weeks >= 9, false) as is_habitual,
        coalesce(traces.last_action_day > cast($as_of as date) - 28, false)
            as has_action,
        coalesce(off.last_share >= 1 or off.days_off >= worked.working_days, false)
            as is_on_leave,
        coalesce(
            told.has_last_login or int_user.created_day >= int_period.first_day, false
        ) as is_known
    from int_user_contract
    cross join worked
    cross join told
    cross join int_period
    inner join int_user on int_user_contract.user_id = int_user.user_id
    left join int_user_start on int_user_contract.user_id = int_user_start.user_id
    left join traces on int_user_contract.user_id = traces.user_id
    left join off on int_user_contract.user_id = off.user_id
    where
        int_user_contract.program_reason is null
        and coalesce(int_user_contract.contract_to > cast($as_of as date), true)
        and (
            int_user_contract.contract_from is null
            or int_user_contract.contract_from <= cast($as_of as date)
            or coalesce(int_user_start.first_day <= cast($as_of as date), false)
        )
)

select * from final
order by user_id
