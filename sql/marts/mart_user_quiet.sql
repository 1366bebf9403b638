-- How long each user has been silent, in working days expected of them: told leaves are
-- no silence, and days when everybody is on leave are told apart.
-- grain: user_id
-- params: as_of
-- persons: user_id
-- columns:
--   user_id          varchar  user
--   silent_expected  double   days expected since the last trace, of the last 84 days
--   silent_season    double   of which in July, August or from 20 December to 5 January

with

traces as (
    select
        int_user_day.user_id,
        int_user_day.day
    from int_user_day
    where int_user_day.day <= cast($as_of as date)
    union all
    select
        int_user.user_id,
        int_user.last_login_day as day
    from int_user
    where int_user.last_login_day <= cast($as_of as date)
),

lasts as (
    select
        traces.user_id,
        max(traces.day) as last_day
    from traces
    group by traces.user_id
),

quiet as (
    select
        lasts.user_id,
        int_calendar.day,
        extract(month from int_calendar.day) in (7, 8)
        or strftime(int_calendar.day, '%m%d') >= '1220'
        or strftime(int_calendar.day, '%m%d') <= '0105' as is_season,
        (1 - coalesce(int_absence_day.share, 0)) * int_user_contract.work_share
            as expected_share
    from lasts
    inner join int_user_contract on lasts.user_id = int_user_contract.user_id
    inner join int_calendar
        on
            lasts.last_day < int_calendar.day
            and int_calendar.day > cast($as_of as date) - 84
            and int_calendar.day <= cast($as_of as date)
    left join int_absence_day
        on
            lasts.user_id = int_absence_day.user_id
            and int_calendar.day = int_absence_day.day
    where
        int_calendar.is_working
        and int_calendar.day
        <= coalesce(int_user_contract.contract_to, int_calendar.day)
),

final as (
    select
        quiet.user_id,
        sum(quiet.expected_share) as silent_expected,
        coalesce(sum(quiet.expected_share) filter (where quiet.is_season), 0)
            as silent_season
    from quiet
    group by quiet.user_id
)

select * from final
