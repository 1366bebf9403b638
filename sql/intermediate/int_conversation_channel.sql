-- Exchanges of each of our people by channel and month, whatever the account.
-- grain: channel, user_id, month
-- columns:
--   channel         varchar  call, email (_in, _out), meeting, chat and so on
--   user_id         varchar  one of our people; null when nobody known
--   month           date     first day of the month
--   exchange_count  bigint   exchanges

with

counted as (
    select
        int_conversation.channel,
        int_conversation.user_number,
        date_trunc('month', int_conversation.day) as month,
        count(*) as exchange_count
    from int_conversation
    where int_conversation.day is not null
    group by
        int_conversation.channel,
        int_conversation.user_number,
        date_trunc('month', int_conversation.day)
),

people as (
    select distinct
        int_conversation_user.user_number,
        int_conversation_user.user_id
    from int_conversation_user
    where int_conversation_user.user_number is not null
),

final as (
    select
        counted.channel,
        people.user_id,
        cast(counted.month as date) as month,
        counted.exchange_count
    from counted
    left join people on counted.user_number = people.user_number
)

select * from final
