-- Mails that each user logged, week by week, over the 26 whole weeks before the day of
-- the report.
-- grain: user_id, week
-- params: as_of
-- persons: user_id
-- columns:
--   user_id      varchar  user
--   week         date     Monday of the week
--   email_count  bigint   mails logged, mass and captured ones apart

with

final as (
    select
        int_user_email_day.user_id,
        cast(date_trunc('week', int_user_email_day.day) as date) as week,
        cast(sum(int_user_email_day.logged_count) as bigint) as email_count
    from int_user_email_day
    where
        date_trunc('week', int_user_email_day.day) + interval '6' day
        <= cast($as_of as date)
        and date_trunc('week', int_user_email_day.day) + interval '6' day
        > cast($as_of as date) - 182
    group by int_user_email_day.user_id, date_trunc('week', int_user_email_day.day)
    having sum(int_user_email_day.logged_count) > 0
)

select * from final
