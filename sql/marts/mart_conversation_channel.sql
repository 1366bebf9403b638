-- Exchanges of each of our people by channel, in the twelve months that end on a day's.
-- grain: channel, user_id
-- params: as_of
-- persons: user_id
-- columns:
--   channel         varchar  call, email (_in, _out), meeting, chat and so on
--   user_id         varchar  one of our people; null when nobody known
--   team            varchar  team of that user
--   exchange_count  bigint   exchanges

with

final as (
    select
        int_conversation_channel.channel,
        int_conversation_channel.user_id,
        int_user.team,
        cast(sum(int_conversation_channel.exchange_count) as bigint) as exchange_count
    from int_conversation_channel
    left join int_user on int_conversation_channel.user_id = int_user.user_id
    where
        int_conversation_channel.month <= cast($as_of as date)
        and int_conversation_channel.month
        >= date_trunc('month', cast($as_of as date)) - interval '11' month
    group by
        int_conversation_channel.channel,
        int_conversation_channel.user_id,
        int_user.team
)

select * from final
