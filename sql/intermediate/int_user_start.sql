-- When each user first did something, whatever the account's age.
-- grain: user_id
-- columns:
--   user_id           varchar  user
--   first_day         date     first day with a login or an action
--   first_action_day  date     first day with an action

with

final as (
    select
        int_user_day.user_id,
        min(int_user_day.day) as first_day,
        min(case when int_user_day.action_count > 0 then int_user_day.day end)
            as first_action_day
    from int_user_day
    group by int_user_day.user_id
)

select * from final
order by user_id
