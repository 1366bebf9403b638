-- Each person's months since the account was created, up to the day of the report.
-- Months that are wholly leave, or in which the account was closed, are left out.
-- grain: user_id, months_since
-- params: as_of
-- persons: user_id
-- columns:
--   user_id        varchar  user
--   arrival_month  varchar  month in which the account was created, YYYY-MM
--   months_since   bigint   whole months since then, from 0 to 12
--   from_day       date     first day of that month
--   is_active      boolean  whether there is a login or an action in it
--   has_action     boolean  whether there is an action in it
--   is_complete    boolean  whether it ended by the day of the report and of the data

with

final as (
    select
        int_user_tenure.user_id,
        left(cast(int_user_tenure.arrived_day as varchar), 7) as arrival_month,
        int_user_tenure.months_since,
        int_user_tenure.from_day,
        coalesce(int_user_tenure.first_day <= cast($as_of as date), false) as is_active,
        coalesce(int_user_tenure.first_action_day <= cast($as_of as date), false)
            as has_action,
        int_user_tenure.to_day <= least(cast($as_of as date), int_period.last_day)
            as is_complete
    from int_user_tenure
    cross join int_period
    where
        int_user_tenure.from_day <= cast($as_of as date)
        and (int_user_tenure.is_expected or int_user_tenure.first_day is not null)
)

select * from final
order by user_id, months_since
