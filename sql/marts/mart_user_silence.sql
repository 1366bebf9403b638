-- Working days of the last six weeks that a leave nobody told of may explain: those of
-- each user's longest time without a trace, and of the second one when it is long.
-- Weeks are seven days that end on the report's weekday, the last one is number 0.
-- grain: user_id, week
-- params: as_of
-- persons: user_id
-- columns:
--   user_id    varchar  user
--   week       bigint   weeks before the one that ends at the day of the report
--   away_days  bigint   working days without a trace, of that time

with

-- The day after the report closes the time since the last trace.
lately as (
    select
        int_user_day.user_id,
        int_user_day.day
    from int_user_day
    where
        int_user_day.day <= cast($as_of as date)
        and int_user_day.day > cast($as_of as date) - 91
    union all
    select
        int_user_contract.user_id,
        cast($as_of as date) + 1 as day
    from int_user_contract
),

between_traces as (
    select
        lately.user_id,
        lately.day - 1 as to_day,
        lag(lately.day) over (partition by lately.user_id order by lately.day) + 1
            as from_day
    from lately
),

silences as (
    select
        between_traces.user_id,
        between_traces.from_day,
        between_traces.to_day,
        last_one.open_to_date
        - first_one.open_to_date
        + case when first_one.is_open then 1 else 0 end as working_days
    from between_traces
    inner join int_open_day as first_one on between_traces.from_day = first_one.day
    inner join int_open_day as last_one on between_traces.to_day = last_one.day
    where
        between_traces.from_day <= between_traces.to_day
        and between_traces.to_day > cast($as_of as date) - 42
),

ranked as (
    select
        silences.*,
        row_number() over (
            partition by silences.user_id
            order by silences.working_days desc, silences.from_day asc
        ) as place
    from silences
    where silences.working_days between 4 and 30
),

final as (
    select
        ranked.user_id,
        cast(floor((cast($as_of as date) - int_open_day.day) / 7) as bigint) as week,
        count(*) as away_days
    from ranked
    inner join int_open_day
        on
            ranked.from_day <= int_open_day.day
            and ranked.to_day >= int_open_day.day
            and int_open_day.is_open
            and int_open_day.day > cast($as_of as date) - 42
    where ranked.place = 1 or (ranked.place = 2 and ranked.working_days >= 5)
    group by ranked.user_id, week
)

select * from final
