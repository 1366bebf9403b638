-- Accounts, contacts and calls: the company, each team, each kind of account.
-- Accounts and contacts are those of the day of the report; calls are those that took
-- place in the twelve months that end on it, brought to a year when the activities go
-- back less.
-- grain: level, team, account_type
-- params: as_of
-- people: people
-- groups: team, account_type
-- columns:
--   level            varchar  company, team or account_type
--   team             varchar  team; null for the other levels and for no team
--   account_type     varchar  kind of account; null for the other levels and for none
--   accounts         bigint   accounts
--   contacts         bigint   contacts
--   observed_calls   bigint   calls counted in the months observed
--   meetings         bigint   meetings in the months observed
--   months_observed  bigint   months of activities, twelve at most
--   people           bigint   people who hold or did what the row counts
--   calls            double   calls of a year; null without any activity

with

history as (
    select
        case
            when min(int_call_by_owner_day.day) is not null
                then
                    least(
                        12,
                        (extract(year from cast($as_of as date)) * 12)
                        + extract(month from cast($as_of as date))
                        - (extract(year from min(int_call_by_owner_day.day)) * 12)
                        - extract(month from min(int_call_by_owner_day.day))
                        + 1
                    )
        end as months
    from int_call_by_owner_day
    where int_call_by_owner_day.day <= cast($as_of as date)
),

pieces as (
    select
        int_base_by_owner.user_id,
        int_base_by_owner.account_type,
        case
            when
                int_base_by_owner.object = 'account'
                then int_base_by_owner.record_count
            else 0
        end as accounts,
        case
            when
                int_base_by_owner.object = 'contact'
                then int_base_by_owner.record_count
            else 0
        end as contacts,
        0 as calls,
        0 as meetings
    from int_base_by_owner
    where coalesce(int_base_by_owner.created_day <= cast($as_of as date), true)
    union all
    select
        int_call_by_owner_day.user_id,
        int_call_by_owner_day.account_type,
        0 as accounts,
        0 as contacts,
        int_call_by_owner_day.call_count as calls,
        int_call_by_owner_day.meeting_count as meetings
    from int_call_by_owner_day
    where
        int_call_by_owner_day.day <= cast($as_of as date)
        and int_call_by_owner_day.day > cast($as_of as date) - interval '12' month
),

placed as (
    select
        pieces.*,
        int_user_contract.team,
        case when int_user_contract.program_reason is null then pieces.user_id end
            as person_id
    from pieces
    left join int_user_contract on pieces.user_id = int_user_contract.user_id
),

levels as (
    select
        'company' as level,
        cast(null as varchar) as level_team,
        cast(null as varchar) as level_type,
        placed.*
    from placed
    union all
    select
        'team' as level,
        placed.team as level_team,
        null as level_type,
        placed.*
    from placed
    union all
    select
        'account_type' as level,
        null as level_team,
        placed.account_type as level_type,
        placed.*
    from placed
),

final as (
    select
        levels.level,
        levels.level_team as team,
        levels.level_type as account_type,
        cast(sum(levels.accounts) as bigint) as accounts,
        cast(sum(levels.contacts) as bigint) as contacts,
        cast(sum(levels.calls) as bigint) as observed_calls,
        cast(sum(levels.meetings) as bigint) as meetings,
        cast(max(history.months) as bigint) as months_observed,
        count(distinct levels.person_id) as people,
        sum(levels.calls) * 12.0 / max(history.months) as calls
    from levels
    cross join history
    group by levels.level, levels.level_team, levels.level_type
)

select * from final
