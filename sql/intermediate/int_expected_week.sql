-- Working days expected of each user by week, Monday to Sunday, from the first login or
-- activity on. A working day on which nobody of ten people or more left a trace is a
-- hole in the exports: nobody was expected. Users without an opening date are expected
-- from their first trace on.
-- grain: user_id, week
-- columns:
--   expected_days  double   working days expected of the user
--   user_id        varchar  user
--   week           date     Monday of the week

with

size as (
    select
        count(*) as people,
        min(
            coalesce(
                least(int_period.first_login_day, int_period.first_activity_day),
                int_period.first_record_day
            )
        ) as first_day,
        min(int_period.last_day) as last_day
    from int_user_contract
    cross join int_period
    where int_user_contract.first_day is not null
),

traced as (
    select distinct int_user_day.day
    from int_user_day
),

days as (
    select
        int_calendar.day,
        cast(date_trunc('week', int_calendar.day) as date) as week,
        int_calendar.is_working
        and (size.people < 10 or traced.day is not null) as is_open
    from int_calendar
    inner join size
        on
            date_trunc('week', size.first_day) <= int_calendar.day
            and date_trunc('week', size.last_day) + interval '6' day >= int_calendar.day
    left join traced on int_calendar.day = traced.day
),

counted as (
    select
        days.*,
        sum(case when days.is_open then 1 else 0 end) over (order by days.day)
            as open_to_date
    from days
),

weeks as (
    select
        counted.week,
        min(counted.day) as first_day,
        max(counted.day) as last_day
    from counted
    group by counted.week
),

spans as (
    select
        int_user_contract.user_id,
        int_user_contract.work_share,
        weeks.week,
        greatest(
            weeks.first_day,
            coalesce(int_user_contract.contract_from, int_user_contract.first_day)
        ) as from_day,
        least(weeks.last_day, int_user_contract.contract_to) as to_day
    from int_user_contract
    cross join weeks
),

worked as (
    select
        spans.user_id,
        spans.week,
        spans.work_share,
        spans.from_day,
        spans.to_day,
        last_one.open_to_date
        - first_one.open_to_date
        + case when first_one.is_open then 1 else 0 end as open_days
    from spans
    inner join counted as first_one on spans.from_day = first_one.day
    inner join counted as last_one on spans.to_day = last_one.day
    where spans.from_day <= spans.to_day
),

off as (
    select
        int_absence_day.user_id,
        counted.week,
        sum(int_absence_day.share) as days_off
    from int_absence_day
    inner join counted on int_absence_day.day = counted.day
    inner join int_user_contract
        on int_absence_day.user_id = int_user_contract.user_id
    where
        counted.is_open
        and coalesce(counted.day >= int_user_contract.contract_from, true)
        and coalesce(counted.day <= int_user_contract.contract_to, true)
    group by int_absence_day.user_id, counted.week
),

final as (
    select
        greatest(0, worked.open_days - coalesce(off.days_off, 0)) * worked.work_share
            as expected_days,
        worked.user_id,
        worked.week
    from worked
    left join off on worked.user_id = off.user_id and worked.week = off.week
)

select * from final
order by user_id, week
