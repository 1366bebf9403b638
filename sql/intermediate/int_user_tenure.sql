-- Each person's first thirteen months since the account was created: active or not.
-- A month runs from the day of arrival to the day before the same day of the next one;
-- those in which the account was closed are left out. Programs are left out.
-- grain: user_id, months_since
-- columns:
--   user_id           varchar  user
--   arrived_day       date     day the account was created
--   months_since      bigint   whole months since then, from 0
--   from_day          date     first day of that month
--   to_day            date     last day of that month
--   first_day         date     first day with a trace in it
--   first_action_day  date     first day with an action in it
--   is_expected       boolean  whether a working day was expected of the user in it

with

steps as (
    select cast(step.months_since as int) as months_since
    from generate_series(0, 12) as step (months_since)
),

arrivals as (
    select
        int_user_contract.user_id,
        int_user_contract.contract_from as arrived_day,
        int_user_contract.contract_to
    from int_user_contract
    where
        int_user_contract.program_reason is null
        and int_user_contract.contract_from is not null
),

spans as (
    select
        arrivals.user_id,
        arrivals.arrived_day,
        arrivals.contract_to,
        steps.months_since,
        cast(arrivals.arrived_day + to_months(steps.months_since) as date) as from_day,
        cast(arrivals.arrived_day + to_months(steps.months_since + 1) as date) - 1
            as to_day
    from arrivals
    cross join steps
),

kept as (
    select
        spans.user_id,
        spans.arrived_day,
        spans.months_since,
        spans.from_day,
        spans.to_day
    from spans
    cross join int_period
    where
        spans.from_day <= int_period.last_day
        and spans.to_day >= int_period.first_day
        and coalesce(spans.contract_to > spans.to_day, true)
),

traces as (
    select
        kept.user_id,
        kept.months_since,
        min(int_user_day.day) as first_day,
        min(case when int_user_day.action_count > 0 then int_user_day.day end)
            as first_action_day
    from kept
    inner join int_user_day
        on
            kept.user_id = int_user_day.user_id
            and kept.from_day <= int_user_day.day
            and kept.to_day >= int_user_day.day
    group by kept.user_id, kept.months_since
),

off as (
    select
        kept.user_id,
        kept.months_since,
        sum(int_absence_day.share) as days_off
    from kept
    inner join int_absence_day
        on
            kept.user_id = int_absence_day.user_id
            and kept.from_day <= int_absence_day.day
            and kept.to_day >= int_absence_day.day
    group by kept.user_id, kept.months_since
),

final as (
    select
        kept.user_id,
        kept.arrived_day,
        cast(kept.months_since as bigint) as months_since,
        kept.from_day,
        kept.to_day,
        traces.first_day,
        traces.first_action_day,
        coalesce(
            last_one.working_to_date
            - first_one.working_to_date
            + case when first_one.is_working then 1 else 0 end
            > coalesce(off.days_off, 0),
            true
        ) as is_expected
    from kept
    left join int_calendar as first_one on kept.from_day = first_one.day
    left join int_calendar as last_one on kept.to_day = last_one.day
    left join traces
        on kept.user_id = traces.user_id and kept.months_since = traces.months_since
    left join off
        on kept.user_id = off.user_id and kept.months_since = off.months_since
)

select * from final
order by user_id, months_since
