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
        int_conversation_match.match,
        int_conversation_match.exchange_count,
        int_conversation_match.first_day,
        int_conversation_match.last_day
    from int_conversation_match
)

select * from final
order by match
