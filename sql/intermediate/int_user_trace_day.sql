-- The days on which each user left a trace, to tell a program from a person. Logins of
-- programs in the name of who signs in or works by day (a telephone that asks for mails
-- at night) do not count.
-- grain: user_id, day
-- columns:
--   user_id              varchar  user
--   day                  date     local day
--   night_count          bigint   timed traces between 22:00 and 06:00
--   timed_count          bigint   logins and actions with a time
--   login_count          bigint   logins of a person
--   machine_login_count  bigint   logins of programs
--   is_counted           boolean  whether a trace of the day counts
--   first_minute         bigint   minute of the day of the first trace
--   last_minute          bigint   minute of the day of the last one
--   is_weekend           boolean  whether it is a Saturday or a Sunday

with

entries as (
    select
        int_user_record_day.user_id,
        int_user_record_day.day,
        int_user_record_day.night_count,
        int_user_record_day.timed_count,
        int_user_record_day.first_minute,
        int_user_record_day.last_minute
    from int_user_record_day
    union all
    select
        int_user_activity_day.user_id,
        int_user_activity_day.day,
        int_user_activity_day.night_count,
        int_user_activity_day.timed_count,
        int_user_activity_day.first_minute,
        int_user_activity_day.last_minute
    from int_user_activity_day
),

traces as (
    select
        int_user_login_day.user_id,
        int_user_login_day.day,
        int_user_login_day.night_count,
        int_user_login_day.timed_count,
        int_user_login_day.login_count,
        int_user_login_day.machine_login_count,
        int_user_login_day.machine_night_count,
        int_user_login_day.machine_timed_count,
        0 as entry_count,
        0 as entry_day_count,
        int_user_login_day.first_minute,
        int_user_login_day.last_minute
    from int_user_login_day
    where int_user_login_day.login_count + int_user_login_day.machine_login_count > 0
    union all
    select
        entries.user_id,
        entries.day,
        entries.night_count,
        entries.timed_count,
        0 as login_count,
        0 as machine_login_count,
        0 as machine_night_count,
        0 as machine_timed_count,
        1 as entry_count,
        coalesce(entries.timed_count - entries.night_count, 0) as entry_day_count,
        entries.first_minute,
        entries.last_minute
    from entries
),

-- Two days of signing in make a person, and so does work that is done by day.
people as (
    select
        traces.user_id,
        count(distinct case when traces.login_count > 0 then traces.day end) >= 2
        or (
            count(distinct case when traces.entry_day_count > 0 then traces.day end)
            >= 2
            and sum(traces.entry_day_count)
            > 0.8 * sum(traces.entry_count * traces.timed_count)
        ) as is_by_hand
    from traces
    group by traces.user_id
),

final as (
    select
        traces.user_id,
        traces.day,
        cast(
            sum(traces.night_count)
            + sum(
                case when people.is_by_hand then 0 else traces.machine_night_count end
            ) as bigint
        ) as night_count,
        cast(
            sum(traces.timed_count)
            + sum(
                case when people.is_by_hand then 0 else traces.machine_timed_count end
            ) as bigint
        ) as timed_count,
        cast(sum(traces.login_count) as bigint) as login_count,
        cast(sum(traces.machine_login_count) as bigint) as machine_login_count,
        not people.is_by_hand
        or sum(traces.login_count + traces.entry_count) > 0 as is_counted,
        min(traces.first_minute) as first_minute,
        max(traces.last_minute) as last_minute,
        extract(isodow from traces.day) > 5 as is_weekend
    from traces
    inner join people on traces.user_id = people.user_id
    group by traces.user_id, traces.day, people.is_by_hand
)

select * from final
