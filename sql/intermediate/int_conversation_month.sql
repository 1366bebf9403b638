-- Exchanges with each account by month. Days after the last one that the data tell of,
-- such as meetings to come, are rows of their own.
-- grain: account_number, month, is_later
-- columns:
--   account_number    bigint   account
--   month             date     first day of the month
--   is_later          boolean  after the last day with a trace of anybody
--   first_day         date     first day with an exchange
--   last_day          date     last day with an exchange
--   day_count         bigint   days with an exchange
--   exchange_count    bigint   exchanges
--   longest_gap       bigint   longest run of days that an exchange of the month ended
--   lowest_user       bigint   one of our people who took part
--   highest_user      bigint   the same person when nobody else did
--   lowest_contact    bigint   person at the customer's who took part
--   highest_contact   bigint   the same person when nobody else did

with

days as (
    select
        int_conversation.account_number,
        int_conversation.day,
        count(*) as exchange_count,
        min(int_conversation.user_number) as lowest_user,
        max(int_conversation.user_number) as highest_user,
        min(int_conversation.contact_number) as lowest_contact,
        max(int_conversation.contact_number) as highest_contact
    from int_conversation
    where
        int_conversation.account_number is not null and int_conversation.day is not null
    group by int_conversation.account_number, int_conversation.day
),

spaced as (
    select
        days.*,
        cast(date_trunc('month', days.day) as date) as month,
        coalesce(days.day > int_period.last_day, false) as is_later,
        days.day
        - lag(days.day) over (partition by days.account_number order by days.day) as gap
    from days
    cross join int_period
),

final as (
    select
        spaced.account_number,
        spaced.month,
        spaced.is_later,
        min(spaced.day) as first_day,
        max(spaced.day) as last_day,
        count(*) as day_count,
        cast(sum(spaced.exchange_count) as bigint) as exchange_count,
        max(spaced.gap) as longest_gap,
        min(spaced.lowest_user) as lowest_user,
        max(spaced.highest_user) as highest_user,
        min(spaced.lowest_contact) as lowest_contact,
        max(spaced.highest_contact) as highest_contact
    from spaced
    group by spaced.account_number, spaced.month, spaced.is_later
)

select * from final
order by account_number, month
