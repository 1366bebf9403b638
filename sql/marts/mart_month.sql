-- The months of the data.
-- grain: month
-- columns:
--   month         varchar  month, YYYY-MM
--   first_day     date     its first day
--   last_day      date     its last day
--   working_days  bigint   Monday to Friday less public holidays
--   is_complete   boolean  whether the data reach its last working day

with

final as (
    select
        int_calendar.month,
        min(int_calendar.day) as first_day,
        max(int_calendar.day) as last_day,
        count(*) filter (where int_calendar.is_working) as working_days,
        max(case when int_calendar.is_working then int_calendar.day end)
        <= max(int_period.last_day) as is_complete
    from int_calendar
    inner join int_period
        on
            int_calendar.month >= left(cast(int_period.first_day as varchar), 7)
            and int_calendar.month <= left(cast(int_period.last_day as varchar), 7)
    group by int_calendar.month
)

select * from final
order by month
