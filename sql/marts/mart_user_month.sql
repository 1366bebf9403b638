-- A month of every user against the one before, cut where a running month stands.
-- grain: user_id
-- params: as_of, month
-- persons: user_id
-- columns:
--   user_id                 varchar  user
--   actions                 bigint   actions
--   previous_actions        bigint   the month before, whole
--   compared_actions        bigint   the month before, cut where this one stands
--   login_days              bigint   days with a login
--   active_days             bigint   days with a login or an action
--   idle_days               bigint   days with a login and no action
--   expected_days           double   working days expected, up to the day of the report
--   previous_login_days     bigint   the month before, whole
--   previous_active_days    bigint   the month before, whole
--   previous_expected_days  double   the month before, whole
--   compared_active_days    bigint   the month before, cut where this one stands
--   compared_expected_days  double   the month before, cut where this one stands
--   active_days_change      double   relative change per expected day; null under 5
--   actions_change          double   relative change per expected day; null under 5

with

months as (
    select
        day_one.month_from,
        cast(day_one.month_from - interval '1' month as date) as previous_from,
        least(cast($as_of as date), day_one.month_end) as month_to,
        cast($as_of as date) < day_one.month_end as is_running
    from (
        select
            cast(concat($month, '-01') as date) as month_from,
            cast(cast(concat($month, '-01') as date) + interval '1' month as date) - 1
                as month_end
    ) as day_one
),

days as (
    select
        int_user_contract.user_id,
        int_calendar.day,
        months.is_running,
        int_calendar.day >= months.month_from as is_current,
        case
            when not int_calendar.is_working then 0
            when int_calendar.day < int_user_contract.contract_from then 0
            when int_calendar.day > int_user_contract.contract_to then 0
            else (1 - coalesce(int_absence_day.share, 0)) * int_user_contract.work_share
        end as expected
    from int_user_contract
    cross join months
    inner join int_calendar
        on
            months.previous_from <= int_calendar.day
            and months.month_to >= int_calendar.day
    left join int_absence_day
        on
            int_user_contract.user_id = int_absence_day.user_id
            and int_calendar.day = int_absence_day.day
),

counted as (
    select
        days.user_id,
        days.day,
        days.is_current,
        days.is_running,
        days.expected,
        sum(case when days.is_current then days.expected else 0 end) over (
            partition by days.user_id
        ) as this_month,
        sum(case when days.is_current then 0 else days.expected end) over (
            partition by days.user_id
            order by days.day
            rows between unbounded preceding and 1 preceding
        ) as before_day
    from days
),

marked as (
    select
        counted.user_id,
        counted.is_current,
        counted.expected,
        coalesce(int_user_day.action_count, 0) as actions,
        not counted.is_current
        and (
            not counted.is_running
            or coalesce(counted.before_day, 0) < counted.this_month - 0.000001
        ) as is_compared,
        coalesce(int_user_day.login_count, 0) > 0 as has_login,
        int_user_day.user_id is not null as is_active
    from counted
    left join int_user_day
        on counted.user_id = int_user_day.user_id and counted.day = int_user_day.day
),

sums as (
    select
        marked.user_id,
        cast(sum(case when marked.is_current then marked.actions else 0 end) as bigint)
            as actions,
        cast(sum(case when marked.is_current then 0 else marked.actions end) as bigint)
            as previous_actions,
        cast(sum(case when marked.is_compared then marked.actions else 0 end) as bigint)
            as compared_actions,
        count(*) filter (where marked.is_current and marked.has_login) as login_days,
        count(*) filter (where marked.is_current and marked.is_active) as active_days,
        count(*) filter (
            where marked.is_current and marked.has_login and marked.actions = 0
        ) as idle_days,
        sum(case when marked.is_current then marked.expected else 0 end)
            as expected_days,
        count(*) filter (where not marked.is_current and marked.has_login)
            as previous_login_days,
        count(*) filter (where not marked.is_current and marked.is_active)
            as previous_active_days,
        sum(case when marked.is_current then 0 else marked.expected end)
            as previous_expected_days,
        count(*) filter (where marked.is_compared and marked.is_active)
            as compared_active_days,
        sum(case when marked.is_compared then marked.expected else 0 end)
            as compared_expected_days
    from marked
    group by marked.user_id
),

final as (
    select
        sums.*,
        case
            when sums.expected_days >= 5 and sums.compared_expected_days >= 5
                then
                    sums.active_days
                    / sums.expected_days
                    / nullif(sums.compared_active_days / sums.compared_expected_days, 0)
                    - 1
        end as active_days_change,
        case
            when sums.expected_days >= 5 and sums.compared_expected_days >= 5
                then
                    sums.actions
                    / sums.expected_days
                    / nullif(sums.compared_actions / sums.compared_expected_days, 0)
                    - 1
        end as actions_change
    from sums
)

select * from final
