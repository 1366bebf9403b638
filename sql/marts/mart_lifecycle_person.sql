-- The persons behind each month's comings and goings. Whoever leaves in a month and was
-- active in it has two rows. Nobody is dormant in a month that still runs. Months are
-- left out when the exports do not cover the month before.
-- grain: user_id, month, stage
-- params: as_of
-- persons: user_id
-- columns:
--   user_id         varchar  user
--   month           varchar  month, YYYY-MM
--   stage           varchar  new, returning, resurrected, dormant or left
--   previous_day    date     last day with a trace before the month
--   is_first_visit  boolean  active, and no trace is known before
--   is_running      boolean  whether the report or the data stop before its end

with

months as (
    select
        int_life_month.month,
        least(cast($as_of as date), int_period.last_day)
        < int_life_month.last_working_day as is_running
    from int_life_month
    cross join int_period
    where
        int_life_month.is_comparable
        and int_life_month.month <= left(cast(cast($as_of as date) as varchar), 7)
),

placed as (
    select
        int_user_life.user_id,
        months.month,
        months.is_running,
        int_user_life.previous_day,
        int_user_life.is_first_visit,
        case
            when int_user_life.first_day <= cast($as_of as date)
                then int_user_life.stage
            when int_user_life.first_day is null and not months.is_running
                then int_user_life.stage
        end as stage,
        int_user_life.left_day <= cast($as_of as date) as is_left
    from months
    inner join int_user_life on months.month = int_user_life.month
),

final as (
    select
        placed.user_id,
        placed.month,
        placed.stage,
        placed.previous_day,
        placed.is_first_visit,
        placed.is_running
    from placed
    where placed.stage is not null
    union all
    select
        placed.user_id,
        placed.month,
        'left' as stage,
        placed.previous_day,
        placed.is_first_visit,
        placed.is_running
    from placed
    where placed.is_left
)

select * from final
order by month, stage, user_id
