-- Licences at the day of the report, step by step: each is part of the one before.
-- grain: licensed
-- params: as_of
-- people: licensed
-- columns:
--   licensed           bigint  open accounts of people
--   activated          bigint  of which with a login or an action ever
--   active             bigint  of which with a trace in the last 28 days
--   habitual           bigint  of which with a trace in 9 of the last 12 weeks
--   users_with_action  bigint  active ones with an action in the last 28 days

with

traces as (
    select
        int_user_day.user_id,
        max(int_user_day.day) as last_day,
        max(case when int_user_day.action_count > 0 then int_user_day.day end)
            as last_action_day,
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

final as (
    select
        count(*) as licensed,
        count(*) filter (
            where
            traces.user_id is not null
            or int_user.last_login_day <= cast($as_of as date)
        ) as activated,
        count(*) filter (where traces.last_day > cast($as_of as date) - 28) as active,
        count(*) filter (where traces.active_weeks >= 9) as habitual,
        count(*) filter (where traces.last_action_day > cast($as_of as date) - 28)
            as users_with_action
    from int_user_contract
    inner join int_user on int_user_contract.user_id = int_user.user_id
    left join traces on int_user_contract.user_id = traces.user_id
    where
        int_user_contract.program_reason is null
        and coalesce(int_user_contract.contract_to > cast($as_of as date), true)
        and (
            int_user_contract.contract_from is null
            or int_user_contract.contract_from <= cast($as_of as date)
            or traces.user_id is not null
        )
)

select * from final
