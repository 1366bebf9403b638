-- How many people of each team worked on each kind, by week; programs apart.
-- People without a team share a row. The kinds "any", "login" and "action" count
-- whoever left a trace, signed in, or did something.
-- grain: team, week, kind
-- columns:
--   team    varchar  team; null for people without one
--   week    date     Monday of the week
--   kind    varchar  account, call, …, record:<object>, activity:<type>, login, …
--   people  bigint   people who made, changed or entered something of the kind

with

kinds as (
    select
        int_user_kind_week.user_id,
        int_user_kind_week.week,
        int_user_kind_week.kind
    from int_user_kind_week
    union all
    select
        int_user_week.user_id,
        int_user_week.week,
        'any' as kind
    from int_user_week
    where int_user_week.active_days > 0
    union all
    select
        int_user_week.user_id,
        int_user_week.week,
        'login' as kind
    from int_user_week
    where int_user_week.login_days > 0
    union all
    select
        int_user_week.user_id,
        int_user_week.week,
        'action' as kind
    from int_user_week
    where int_user_week.acted_days > 0
),

final as (
    select
        int_user_contract.team,
        kinds.week,
        kinds.kind,
        count(*) as people
    from kinds
    inner join int_user_contract on kinds.user_id = int_user_contract.user_id
    where int_user_contract.program_reason is null
    group by int_user_contract.team, kinds.week, kinds.kind
)

select * from final
order by kind, week, team
