-- Months of the data, and in which of them comings and goings can be told: the exports
-- that cover one cover the month before too. A week at either end may be empty.
-- Logins and activities count; records made do when nothing else tells of people.
-- grain: month
-- columns:
--   month             varchar  month, YYYY-MM
--   last_working_day  date     last working day of the month
--   is_comparable     boolean  whether the month before is covered by the same exports

with

sources as (
    select
        int_period.first_login_day as first_day,
        int_period.last_login_day as last_day
    from int_period
    where int_period.first_login_day is not null
    union all
    select
        int_period.first_activity_day,
        int_period.last_activity_day
    from int_period
    where int_period.first_activity_day is not null
    union all
    select
        int_period.first_record_day,
        int_period.last_record_day
    from int_period
    where
        int_period.first_record_day is not null
        and int_period.first_login_day is null
        and int_period.first_activity_day is null
),

ends as (
    select
        min(sources.first_day) as first_day,
        max(sources.last_day) as last_day
    from sources
),

months as (
    select
        int_calendar.month,
        min(int_calendar.day) as first_day,
        max(int_calendar.day) as last_day,
        min(int_calendar.day) filter (where int_calendar.is_working)
            as first_working_day,
        max(int_calendar.day) filter (where int_calendar.is_working)
            as last_working_day
    from int_calendar
    inner join ends
        on
            int_calendar.month >= left(cast(ends.first_day as varchar), 7)
            and int_calendar.month <= left(cast(ends.last_day as varchar), 7)
    group by int_calendar.month
),

followed as (
    select
        months.month,
        months.last_day,
        months.last_working_day,
        lag(months.first_day) over (order by months.month) as earlier_day,
        lag(months.first_working_day) over (order by months.month)
            as earlier_working_day
    from months
),

compared as (
    select
        followed.month,
        bool_and(
            sources.first_day <= followed.earlier_working_day + 6
            and sources.last_day >= least(followed.last_working_day, ends.last_day) - 6
        ) as is_comparable
    from followed
    cross join ends
    inner join sources
        on
            followed.last_day >= sources.first_day
            and followed.earlier_day <= sources.last_day
    group by followed.month
),

final as (
    select
        followed.month,
        followed.last_working_day,
        coalesce(compared.is_comparable, false) as is_comparable
    from followed
    left join compared on followed.month = compared.month
)

select * from final
order by month
