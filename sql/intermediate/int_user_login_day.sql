-- Logins per user and local day (the user's time zone, else the company's).
-- grain: user_id, day
-- columns:
--   user_id              varchar  user
--   day                  date     local day
--   login_count          bigint   successful logins of a person
--   mobile_login_count   bigint   of which from a telephone or a tablet
--   machine_login_count  bigint   successful logins of programs in the user's name
--   failed_login_count   bigint   logins refused
--   night_count          bigint   of the person's, those between 22:00 and 06:00
--   timed_count          bigint   of the person's, those whose time of day is known
--   machine_night_count  bigint   of the programs', those between 22:00 and 06:00
--   machine_timed_count  bigint   of the programs', those whose time of day is known
--   first_minute         bigint   minute of the day of the first login of the person
--   last_minute          bigint   minute of the day of the last one
--   hour_mask            bigint   bit h is set when the person logged in at hour h

with

localised as (
    select
        int_user_zone.user_id,
        stg_login.is_success,
        stg_login.is_machine,
        stg_login.is_mobile,
        stg_login.login_date,
        timezone(int_user_zone.timezone, timezone('UTC', stg_login.login_at))
            as local_at
    from stg_login
    inner join int_user_ref on stg_login.user_ref = int_user_ref.ref
    inner join int_user_zone on int_user_ref.user_id = int_user_zone.user_id
),

timed as (
    select
        localised.user_id,
        localised.is_mobile,
        cast(extract(hour from localised.local_at) as bigint) as hour,
        cast(
            extract(hour from localised.local_at) * 60
            + extract(minute from localised.local_at) as bigint
        ) as minute_of_day,
        localised.is_success and not localised.is_machine as is_person,
        localised.is_success and localised.is_machine as is_program,
        not localised.is_success as is_failure,
        coalesce(localised.login_date, cast(localised.local_at as date)) as day
    from localised
),

final as (
    select
        timed.user_id,
        timed.day,
        count(*) filter (where timed.is_person) as login_count,
        count(*) filter (where timed.is_person and timed.is_mobile)
            as mobile_login_count,
        count(*) filter (where timed.is_program) as machine_login_count,
        count(*) filter (where timed.is_failure) as failed_login_count,
        count(*) filter (
            where timed.is_person and (timed.hour >= 22 or timed.hour < 6)
        ) as night_count,
        count(*) filter (where timed.is_person and timed.hour is not null)
            as timed_count,
        count(*) filter (
            where timed.is_program and (timed.hour >= 22 or timed.hour < 6)
        ) as machine_night_count,
        count(*) filter (where timed.is_program and timed.hour is not null)
            as machine_timed_count,
        min(timed.minute_of_day) filter (where timed.is_person) as first_minute,
        max(timed.minute_of_day) filter (where timed.is_person) as last_minute,
        bit_or(
            case
                when timed.is_person
                    then cast(power(2, timed.hour) as bigint)
            end
        ) as hour_mask
    from timed
    where timed.day is not null
    group by timed.user_id, timed.day
)

select * from final
