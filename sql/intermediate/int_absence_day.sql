-- Working days off per user, from files and by hand: leave, sickness, part-time days.
-- grain: user_id, day
-- columns:
--   user_id  varchar  user
--   day      date     working day
--   share    double   part of the day off, 0 to 1

with

periods as (
    select
        int_user_zone.user_id,
        stg_absence.share,
        coalesce(
            stg_absence.start_date,
            cast(
                timezone(
                    int_user_zone.timezone, timezone('UTC', stg_absence.start_at)
                ) as date
            )
        ) as first_day,
        coalesce(
            stg_absence.end_date,
            cast(
                timezone(
                    int_user_zone.timezone, timezone('UTC', stg_absence.end_at)
                ) as date
            )
        ) as last_day
    from stg_absence
    inner join int_user_ref on stg_absence.user_ref = int_user_ref.ref
    inner join int_user_zone on int_user_ref.user_id = int_user_zone.user_id
    union all
    select
        chosen_absence.user_id,
        chosen_absence.share,
        chosen_absence.first_day,
        chosen_absence.last_day
    from chosen_absence
),

final as (
    select
        periods.user_id,
        int_calendar.day,
        max(periods.share) as share
    from periods
    inner join int_calendar
        on
            periods.first_day <= int_calendar.day
            and int_calendar.day <= coalesce(periods.last_day, periods.first_day)
    where int_calendar.is_working
    group by periods.user_id, int_calendar.day
)

select * from final
