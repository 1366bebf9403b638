-- How the account of the exchanges was found, or why it was not.
-- grain: match
-- columns:
--   match           varchar  account, contact, opportunity; else lead, unknown or none
--   exchange_count  bigint   exchanges
--   first_day       date     first of them
--   last_day        date     last of them

with

final as (
    select
        int_conversation.match,
        count(*) as exchange_count,
        min(int_conversation.day) as first_day,
        max(int_conversation.day) as last_day
    from int_conversation
    group by int_conversation.match
)

select * from final
