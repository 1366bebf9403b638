-- Days, with what is worked.
-- grain: day
-- columns:
--   day              date     the day
--   is_working       boolean  Monday to Friday, no public holiday
--   holiday          varchar  name of the public holiday
--   working_to_date  bigint   working days from the first day of the table to this one
--   month            varchar  its month, YYYY-MM

with

source as (
    select * from calendar
),

final as (
    select
        source.day,
        source.is_working,
        source.holiday,
        cast(
            sum(case when source.is_working then 1 else 0 end) over (
                order by source.day
            ) as bigint
        ) as working_to_date,
        left(cast(source.day as varchar), 7) as month
    from source
)

select * from final
