-- Working days on which the company was at work: on a working day when nobody of ten
-- people or more left a trace, the exports have a hole and nobody was expected.
-- grain: day
-- columns:
--   day           date     the day
--   is_open       boolean  whether people were expected
--   open_to_date  bigint   days open from the first day of the table to this one

with

traced as (
    select distinct int_user_day.day
    from int_user_day
),

size as (
    select count(*) as people
    from int_user_contract
    where int_user_contract.first_day is not null
),

days as (
    select
        int_calendar.day,
        int_calendar.is_working
        and (
            size.people < 10
            or traced.day is not null
            or int_calendar.day < int_period.first_day
            or int_calendar.day > int_period.last_day
        ) as is_open
    from int_calendar
    cross join int_period
    cross join size
    left join traced on int_calendar.day = traced.day
),

final as (
    select
        days.day,
        coalesce(days.is_open, false) as is_open,
        cast(
            sum(case when days.is_open then 1 else 0 end) over (order by days.day)
            as bigint
        ) as open_to_date
    from days
)

select * from final
