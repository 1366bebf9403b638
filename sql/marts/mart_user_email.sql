-- Mails that each user logged in the CRM, in the 28 days that end on the day of the
-- report and since the beginning. Mass mails and captured ones are apart.
-- grain: user_id
-- params: as_of
-- persons: user_id
-- columns:
--   user_id          varchar  user
--   recent_count     bigint   mails logged in the 28 days
--   recent_days      bigint   days of the 28 with a mail logged
--   recent_mass      bigint   mails of mass mailings in the 28 days
--   recent_captured  bigint   mails captured by a program in the 28 days
--   total_count      bigint   mails logged since the beginning
--   first_day        date     day of the first mail logged; null for none
--   last_day         date     day of the last mail logged; null for none

with

final as (
    select
        int_user_email_day.user_id,
        cast(
            coalesce(
                sum(int_user_email_day.logged_count) filter (
                    where int_user_email_day.day > cast($as_of as date) - 28
                ),
                0
            ) as bigint
        ) as recent_count,
        count(*) filter (
            where
            int_user_email_day.logged_count > 0
            and int_user_email_day.day > cast($as_of as date) - 28
        ) as recent_days,
        cast(
            coalesce(
                sum(int_user_email_day.mass_count) filter (
                    where int_user_email_day.day > cast($as_of as date) - 28
                ),
                0
            ) as bigint
        ) as recent_mass,
        cast(
            coalesce(
                sum(int_user_email_day.captured_count) filter (
                    where int_user_email_day.day > cast($as_of as date) - 28
                ),
                0
            ) as bigint
        ) as recent_captured,
        cast(sum(int_user_email_day.logged_count) as bigint) as total_count,
        min(int_user_email_day.day) filter (where int_user_email_day.logged_count > 0)
            as first_day,
        max(int_user_email_day.day) filter (where int_user_email_day.logged_count > 0)
            as last_day
    from int_user_email_day
    where int_user_email_day.day <= cast($as_of as date)
    group by int_user_email_day.user_id
)

select * from final
