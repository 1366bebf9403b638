-- Each team's days: who was expected, who came, what was done. Programs are left out;
-- people without a team share the null one.
-- grain: team, day
-- columns:
--   expected_days  double   days expected of them
--   team           varchar  team; null for people without one
--   day            date     local day
--   people         bigint   people with an open account
--   login_people   bigint   people with a login
--   active_people  bigint   people with a login or an action
--   acting_people  bigint   people with an action
--   action_count   bigint   actions

with

people as (
    select
        int_user_contract.user_id,
        int_user_contract.team,
        int_user_contract.work_share,
        coalesce(int_user_contract.contract_from, int_period.first_day) as from_day,
        coalesce(int_user_contract.contract_to, int_period.last_day) as to_day
    from int_user_contract
    cross join int_period
    where int_user_contract.program_reason is null
),

spans as (
    select
        people.team,
        people.from_day,
        people.to_day,
        count(*) as people,
        sum(people.work_share) as share
    from people
    group by people.team, people.from_day, people.to_day
),

present as (
    select
        spans.team,
        int_calendar.day,
        cast(sum(spans.people) as bigint) as people,
        sum(case when int_calendar.is_working then spans.share else 0 end) as expected
    from spans
    inner join int_calendar
        on spans.from_day <= int_calendar.day and spans.to_day >= int_calendar.day
    inner join int_period
        on
            int_calendar.day >= int_period.first_day
            and int_calendar.day <= int_period.last_day
    group by spans.team, int_calendar.day
),

off as (
    select
        people.team,
        int_absence_day.day,
        sum(int_absence_day.share * people.work_share) as days_off
    from int_absence_day
    inner join people
        on
            int_absence_day.user_id = people.user_id
            and int_absence_day.day >= people.from_day
            and int_absence_day.day <= people.to_day
    group by people.team, int_absence_day.day
),

traces as (
    select
        people.team,
        int_user_day.day,
        cast(sum(int_user_day.action_count) as bigint) as action_count,
        count(*) filter (where int_user_day.login_count > 0) as login_people,
        count(*) as active_people,
        count(*) filter (where int_user_day.action_count > 0) as acting_people
    from int_user_day
    inner join people on int_user_day.user_id = people.user_id
    group by people.team, int_user_day.day
),

final as (
    select
        cast(coalesce(present.expected - coalesce(off.days_off, 0), 0) as double)
            as expected_days,
        coalesce(present.team, traces.team) as team,
        coalesce(present.day, traces.day) as day,
        coalesce(present.people, 0) as people,
        coalesce(traces.login_people, 0) as login_people,
        coalesce(traces.active_people, 0) as active_people,
        coalesce(traces.acting_people, 0) as acting_people,
        coalesce(traces.action_count, 0) as action_count
    from present
    full outer join traces
        on
            present.day = traces.day
            and coalesce(present.team, '') = coalesce(traces.team, '')
    left join off
        on
            present.day = off.day
            and coalesce(present.team, '') = coalesce(off.team, '')
)

select * from final
