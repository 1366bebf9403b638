-- The weeks of each person since the launch of a feature: whether it was used, and
-- which of them count on the day it is measured. A week counts when a working day or
-- more was expected in it and it ends by that day; the last such week is number 1. A
-- field is used in a week when a record made in it holds the field, by its holder.
-- grain: user_id, week
-- params: kind, launch, outcome, as_of
-- persons: user_id
-- columns:
--   user_id        varchar  user
--   week           date     Monday of the week
--   expected_days  double   working days expected of the user
--   active_days    bigint   days with a login or an action
--   is_used        boolean  whether the user used the feature in the week
--   worked_back    bigint   number of the week among those that count; null for others

with

asked as (
    select
        cast(date_trunc('week', cast($launch as date)) as date) as first_week,
        cast($outcome as date) as outcome_day,
        cast($as_of as date) as last_day
),

fields as (
    select
        int_record.owner_id as user_id,
        int_record.created_day as day
    from int_record
    left join int_record_gap
        on
            int_record.object = int_record_gap.object
            and int_record.record_id = int_record_gap.record_id
    where
        starts_with($kind, 'field:')
        and int_record.object = split_part(split_part($kind, ':', 2), '.', 1)
        and not list_contains(
            string_split(coalesce(int_record_gap.missing, ''), ','),
            split_part($kind, '.', 2)
        )
),

used as (
    select
        int_user_kind_week.user_id,
        int_user_kind_week.week
    from int_user_kind_week
    where int_user_kind_week.kind = $kind
    union
    select
        int_user_email_day.user_id,
        cast(date_trunc('week', int_user_email_day.day) as date) as week
    from int_user_email_day
    where $kind = 'logged_email' and int_user_email_day.logged_count > 0
    union
    select
        fields.user_id,
        cast(date_trunc('week', fields.day) as date) as week
    from fields
),

weeks as (
    select
        int_user_week.user_id,
        int_user_week.week,
        int_user_week.expected_days,
        int_user_week.active_days,
        used.week is not null as is_used,
        int_user_week.expected_days >= 1
        and int_user_week.week + 6 <= asked.outcome_day as is_counted
    from int_user_week
    inner join asked
        on
            int_user_week.week >= asked.first_week
            and int_user_week.week + 6 <= asked.last_day
    inner join int_user_contract
        on int_user_week.user_id = int_user_contract.user_id
    left join used
        on
            int_user_week.user_id = used.user_id
            and int_user_week.week = used.week
    where int_user_contract.program_reason is null
),

final as (
    select
        weeks.user_id,
        weeks.week,
        weeks.expected_days,
        weeks.active_days,
        weeks.is_used,
        case
            when weeks.is_counted
                then row_number() over (
                    partition by weeks.user_id, weeks.is_counted
                    order by weeks.week desc
                )
        end as worked_back
    from weeks
)

select * from final
order by user_id, week
