-- Every user at the day of the report: state and the 28 "recent" days it rests on.
-- grain: user_id
-- params: as_of
-- persons: user_id, name, email; manager_id
-- columns:
--   user_id             varchar  identifier of the user
--   name                varchar  name
--   email               varchar  e-mail address
--   team                varchar  team
--   license             varchar  licence
--   manager_id          varchar  user who manages this one
--   declared_profile    varchar  profile written in the export
--   created_day         date     day the account was created
--   left_day            date     last day of the account, when it is closed
--   program_reason      varchar  why it is no person: chosen, user_type, name, rhythm
--   first_day           date     first day with a login or an action
--   last_day            date     last day with a login or an action
--   has_login           boolean  whether a login is known
--   has_action          boolean  whether an action is known
--   recent_login_days   bigint   recent days with a login
--   recent_active_days  bigint   recent days with a login or an action
--   recent_idle_days    bigint   recent days with a login and no action
--   recent_actions      bigint   recent actions
--   recent_expected     double   recent working days expected of the user
--   active_weeks        bigint   weeks with a trace among the last 12
--   state               varchar  integration, left, never_activated, new, absent, …

with

traces as (
    select
        int_user_day.user_id,
        min(int_user_day.day) as first_day,
        max(int_user_day.day) as last_day,
        max(case when int_user_day.login_count > 0 then 1 else 0 end) as has_login,
        max(case when int_user_day.action_count > 0 then 1 else 0 end) as has_action,
        count(*) filter (
            where
            int_user_day.login_count > 0
            and int_user_day.day > cast($as_of as date) - 28
        ) as login_days,
        count(*) filter (where int_user_day.day > cast($as_of as date) - 28)
            as active_days,
        count(*) filter (
            where
            int_user_day.action_count = 0
            and int_user_day.day > cast($as_of as date) - 28
        ) as idle_days,
        sum(int_user_day.action_count) filter (
            where int_user_day.day > cast($as_of as date) - 28
        ) as actions,
        count(
            distinct
            case
                when int_user_day.day > cast($as_of as date) - 84
                    then floor((cast($as_of as date) - int_user_day.day) / 7)
            end
        ) as active_weeks
    from int_user_day
    where int_user_day.day <= cast($as_of as date)
    group by int_user_day.user_id
),

expected as (
    select
        int_user_contract.user_id,
        sum((1 - coalesce(int_absence_day.share, 0)) * int_user_contract.work_share)
            as expected_days
    from int_user_contract
    inner join int_calendar
        on
            int_calendar.day > cast($as_of as date) - 28
            and int_calendar.day <= cast($as_of as date)
    left join int_absence_day
        on
            int_user_contract.user_id = int_absence_day.user_id
            and int_calendar.day = int_absence_day.day
    where
        int_calendar.is_working
        and int_calendar.day
        >= coalesce(int_user_contract.contract_from, int_calendar.day)
        and int_calendar.day
        <= coalesce(int_user_contract.contract_to, int_calendar.day)
    group by int_user_contract.user_id
),

known as (
    select
        int_user.user_id,
        int_user.name,
        int_user.email,
        int_user.team,
        int_user.license,
        int_user.manager_id,
        int_user.declared_profile,
        int_user.created_day,
        case
            when int_user_contract.contract_to <= cast($as_of as date)
                then int_user_contract.contract_to
        end as left_day,
        int_user_contract.program_reason,
        traces.first_day,
        greatest(
            traces.last_day,
            case
                when int_user.last_login_day <= cast($as_of as date)
                    then int_user.last_login_day
            end
        ) as last_day,
        coalesce(traces.has_login = 1, false)
        or coalesce(int_user.last_login_day <= cast($as_of as date), false)
            as has_login,
        coalesce(traces.has_action = 1, false) as has_action,
        coalesce(traces.login_days, 0) as recent_login_days,
        coalesce(traces.active_days, 0) as recent_active_days,
        coalesce(traces.idle_days, 0) as recent_idle_days,
        cast(coalesce(traces.actions, 0) as bigint) as recent_actions,
        coalesce(expected.expected_days, 0) as recent_expected,
        coalesce(traces.active_weeks, 0) as active_weeks
    from int_user
    inner join int_user_contract on int_user.user_id = int_user_contract.user_id
    left join traces on int_user.user_id = traces.user_id
    left join expected on int_user.user_id = expected.user_id
    -- Without a user export, nobody is known before their first trace.
    where
        coalesce(int_user.created_day <= cast($as_of as date), not int_user.is_derived)
        or traces.user_id is not null
),

final as (
    select
        known.*,
        case
            when known.program_reason is not null then 'integration'
            when known.left_day is not null then 'left'
            when
                not known.has_login and not known.has_action
                and coalesce(known.created_day < cast($as_of as date) - 30, true)
                then 'never_activated'
            when known.created_day >= cast($as_of as date) - 30 then 'new'
            when known.recent_expected = 0 then 'absent'
            when known.last_day <= cast($as_of as date) - 42 then 'dormant'
            else 'active'
        end as state
    from known
)

select * from final
