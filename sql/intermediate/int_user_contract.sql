-- From when to when each user is expected, and what says that it is a program.
-- An account closed without a date ends at its last trace, else when the data begin.
-- grain: user_id
-- columns:
--   user_id         varchar  user
--   contract_from   date     day the account was created; null if unknown
--   first_day       date     first day with a login or an action
--   last_day        date     last day with a login or an action
--   work_share      double   working-time share, 0 to 1
--   team            varchar  team
--   contract_to     date     last day expected; null while the account is open
--   is_program      boolean  whether it is no person: by hand, or type, name, rhythm
--   program_reason  varchar  chosen, user_type, name or rhythm

with

traces as (
    select
        int_user_day.user_id,
        min(int_user_day.day) as first_day,
        max(int_user_day.day) as last_day
    from int_user_day
    group by int_user_day.user_id
),

final as (
    select
        int_user.user_id,
        int_user.created_day as contract_from,
        traces.first_day,
        traces.last_day,
        int_user.work_share,
        int_user.team,
        case
            when int_user.is_active and int_user.closed_day is null then null
            else coalesce(
                int_user.closed_day,
                greatest(traces.last_day, int_user.last_login_day),
                traces.last_day,
                int_user.last_login_day,
                int_user.modified_day,
                int_user.created_day,
                setting.data_from
            )
        end as contract_to,
        coalesce(
            int_user.chosen_program,
            int_user.is_program or coalesce(int_user_rhythm.is_program, false)
        ) as is_program,
        case
            when coalesce(int_user.chosen_program, true)
                then coalesce(
                    int_user.program_reason,
                    case when int_user_rhythm.is_program then 'rhythm' end
                )
        end as program_reason
    from int_user
    cross join setting
    left join traces on int_user.user_id = traces.user_id
    left join int_user_rhythm on int_user.user_id = int_user_rhythm.user_id
)

select * from final
