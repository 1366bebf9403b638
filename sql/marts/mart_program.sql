-- Accounts that are no person, or may be none, with what says so: what to leave out.
-- A choice by hand wins over type, name and rhythm. An account is also proposed when a
-- fifth of its traces are at night, or of its days at weekends.
-- grain: user_id
-- persons: user_id, name, email
-- columns:
--   user_id         varchar  user
--   name            varchar  name
--   email           varchar  e-mail address
--   team            varchar  team
--   program_reason  varchar  chosen, user_type, name or rhythm; null when only proposed
--   rhythm_reason   varchar  always_on, night, clock or interface
--   chosen_program  boolean  what was said by hand; null when nothing was
--   is_excluded     boolean  whether figures leave the account out
--   day_count       bigint   days with a trace
--   night_share     double   share of the timed traces between 22:00 and 06:00
--   weekend_share   double   share of those days that are Saturdays and Sundays
--   action_count    bigint   actions, all the history

with

actions as (
    select
        int_user_day.user_id,
        cast(sum(int_user_day.action_count) as bigint) as action_count
    from int_user_day
    group by int_user_day.user_id
),

known as (
    select
        int_user.user_id,
        int_user.name,
        int_user.email,
        int_user.team,
        int_user_contract.program_reason,
        int_user_rhythm.rhythm_reason,
        int_user.chosen_program,
        int_user_contract.is_program as is_excluded,
        coalesce(int_user_rhythm.day_count, 0) as day_count,
        int_user_rhythm.night_share,
        int_user_rhythm.weekend_count / nullif(int_user_rhythm.day_count, 0)
            as weekend_share,
        coalesce(actions.action_count, 0) as action_count
    from int_user
    inner join int_user_contract on int_user.user_id = int_user_contract.user_id
    left join int_user_rhythm on int_user.user_id = int_user_rhythm.user_id
    left join actions on int_user.user_id = actions.user_id
),

final as (
    select known.*
    from known
    where
        known.is_excluded
        or known.chosen_program is not null
        or known.rhythm_reason is not null
        or (
            known.day_count >= 20
            and (known.night_share >= 0.2 or known.weekend_share >= 0.2)
        )
)

select * from final
order by is_excluded desc, action_count desc, user_id asc
