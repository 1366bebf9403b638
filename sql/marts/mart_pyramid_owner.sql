-- Accounts, contacts and calls of each user who holds or did any.
-- Accounts and contacts are those of the day of the report; calls are those that took
-- place in the twelve months that end on it, brought to a year when the activities go
-- back less.
-- grain: user_id
-- params: as_of
-- persons: user_id, name
-- columns:
--   user_id          varchar  user
--   name             varchar  name
--   team             varchar  team
--   accounts         bigint   accounts
--   contacts         bigint   contacts
--   observed_calls   bigint   calls counted in the months observed
--   meetings         bigint   meetings in the months observed
--   months_observed  bigint   months of activities, twelve at most
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

final as (
    select
        pieces.user_id,
        int_user.name,
        int_user.team,
        cast(sum(pieces.accounts) as bigint) as accounts,
        cast(sum(pieces.contacts) as bigint) as contacts,
        cast(sum(pieces.calls) as bigint) as observed_calls,
        cast(sum(pieces.meetings) as bigint) as meetings,
        cast(max(history.months) as bigint) as months_observed,
        sum(pieces.calls) * 12.0 / max(history.months) as calls
    from pieces
    inner join int_user on pieces.user_id = int_user.user_id
    cross join history
    group by pieces.user_id, int_user.name, int_user.team
)

select * from final
