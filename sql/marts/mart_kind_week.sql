-- How many people of each team worked on each kind, in the whole weeks up to the day
-- of the report; people without a team share a row. The kinds "any", "login" and
-- "action" count whoever left a trace, signed in, or did something.
-- grain: kind, week, team
-- params: as_of
-- people: people
-- columns:
--   kind    varchar  account, call, …, record:<object>, activity:<type>, any, …
--   week    date     Monday of the week
--   team    varchar  team; null for people without one
--   people  bigint   people who made, changed or entered something of the kind

with

final as (
    select
        int_team_kind_week.kind,
        int_team_kind_week.week,
        int_team_kind_week.team,
        int_team_kind_week.people
    from int_team_kind_week
    where int_team_kind_week.week + 6 <= cast($as_of as date)
)

select * from final
order by kind, week, team
