-- The pyramid over time: accounts and contacts there were at each month's end, and the
-- calls of the twelve months before it. Months with less history bring calls to a year.
-- grain: month
-- params: as_of
-- columns:
--   month            varchar  month, YYYY-MM
--   accounts         bigint   accounts made up to the end of the month
--   contacts         bigint   contacts made up to the end of the month
--   calls            double   calls of a year; null before the first activity
--   months_observed  bigint   months of activities, twelve at most

with

months as (
    select
        int_calendar.month,
        least(max(int_calendar.day), cast($as_of as date)) as last_day
    from int_calendar
    inner join int_period
        on
            int_calendar.month >= left(cast(int_period.first_day as varchar), 7)
            and int_calendar.day <= cast($as_of as date)
    group by int_calendar.month
),

bases as (
    select
        months.month,
        sum(case
            when int_base_by_owner.object = 'account'
                then int_base_by_owner.record_count
            else 0
        end) as accounts,
        sum(case
            when int_base_by_owner.object = 'contact'
                then int_base_by_owner.record_count
            else 0
        end) as contacts
    from months
    inner join int_base_by_owner
        on coalesce(months.last_day >= int_base_by_owner.created_day, true)
    group by months.month
),

call_days as (
    select
        int_call_by_owner_day.day,
        sum(int_call_by_owner_day.call_count) as calls
    from int_call_by_owner_day
    group by int_call_by_owner_day.day
),

history as (
    select min(call_days.day) as first_day
    from call_days
),

observed as (
    select
        months.month,
        months.last_day,
        least(
            12,
            (extract(year from months.last_day) - extract(year from history.first_day))
            * 12
            + extract(month from months.last_day)
            - extract(month from history.first_day)
            + 1
        ) as months_observed
    from months
    inner join history on months.last_day >= history.first_day
),

called as (
    select
        observed.month,
        observed.months_observed,
        coalesce(sum(call_days.calls), 0) * 12.0 / observed.months_observed as calls
    from observed
    left join call_days
        on
            observed.last_day >= call_days.day
            and call_days.day > observed.last_day - interval '12' month
    group by observed.month, observed.months_observed
),

final as (
    select
        months.month,
        cast(coalesce(bases.accounts, 0) as bigint) as accounts,
        cast(coalesce(bases.contacts, 0) as bigint) as contacts,
        called.calls,
        cast(called.months_observed as bigint) as months_observed
    from months
    left join bases on months.month = bases.month
    left join called on months.month = called.month
)

select * from final
order by month
