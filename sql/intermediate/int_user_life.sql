-- Each person's months: who came, stayed, came back or stopped. Programs are left out.
-- A month wholly on leave is none of these, and does not count as the month before.
-- New means that the account was created in the month, not that the file begins.
-- grain: user_id, month
-- columns:
--   user_id         varchar  user
--   month           varchar  month, YYYY-MM
--   first_day       date     first day of the month with a trace; null without one
--   previous_day    date     last day with a trace before the month
--   left_day        date     day the account was closed, when it is in the month
--   stage           varchar  new, returning, resurrected, dormant; null for none
--   is_first_visit  boolean  active, and no trace is known before

with

traces as (
    select
        int_user_day.user_id,
        min(int_user_day.day) as first_day,
        max(int_user_day.day) as last_day,
        left(cast(int_user_day.day as varchar), 7) as month
    from int_user_day
    group by int_user_day.user_id, left(cast(int_user_day.day as varchar), 7)
),

months as (
    select
        int_user_month.user_id,
        int_user_month.month,
        int_user_month.active_days > 0 as is_active,
        int_user_month.expected_days > 0 as is_expected,
        coalesce(
            left(cast(int_user_contract.contract_from as varchar), 7)
            = int_user_month.month,
            false
        ) as is_created,
        case
            when
                left(cast(int_user_contract.contract_to as varchar), 7)
                = int_user_month.month
                then int_user_contract.contract_to
        end as left_day
    from int_user_month
    inner join int_user_contract on int_user_month.user_id = int_user_contract.user_id
    where int_user_contract.program_reason is null
),

followed as (
    select
        months.user_id,
        months.month,
        months.is_active,
        months.is_expected,
        months.is_created,
        months.left_day,
        traces.first_day,
        max(traces.last_day) over (
            partition by months.user_id
            order by months.month
            rows between unbounded preceding and 1 preceding
        ) as previous_day,
        coalesce(
            lag(
                case
                    when months.is_active or months.is_expected then months.is_active
                end ignore nulls
            ) over (partition by months.user_id order by months.month),
            false
        ) as was_active
    from months
    left join traces
        on months.user_id = traces.user_id and months.month = traces.month
),

final as (
    select
        followed.user_id,
        followed.month,
        followed.first_day,
        followed.previous_day,
        followed.left_day,
        case
            when followed.is_active and followed.is_created then 'new'
            when followed.is_active and followed.was_active then 'returning'
            when followed.is_active then 'resurrected'
            when
                followed.is_expected
                and followed.was_active
                and followed.left_day is null
                then 'dormant'
        end as stage,
        followed.is_active and followed.previous_day is null as is_first_visit
    from followed
)

select * from final
order by user_id, month
