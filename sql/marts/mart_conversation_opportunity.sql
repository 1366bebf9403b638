-- Opportunities made up to a day, open on it or won, with the account they are for.
-- grain: opportunity_id
-- params: as_of
-- persons: owner_id, owner_name
-- columns:
--   opportunity_id  varchar  opportunity
--   name            varchar  name, else the identifier
--   account_id      varchar  account; null when it is not in the exports
--   owner_id        varchar  user who holds it
--   owner_name      varchar  name of that user
--   team            varchar  team of that user
--   amount          double   amount in its currency
--   currency        varchar  ISO 4217 code; null when the export does not say
--   opened_day      date     day it was made
--   closed_day      date     day it was won; null while open
--   is_open         boolean  whether it was open on the day

with

final as (
    select
        int_conversation_opportunity.opportunity_id,
        int_conversation_opportunity.name,
        int_conversation_account.account_id,
        int_conversation_opportunity.owner_id,
        int_user.name as owner_name,
        int_user.team,
        int_conversation_opportunity.amount,
        int_conversation_opportunity.currency,
        int_conversation_opportunity.opened_day,
        int_conversation_opportunity.closed_day,
        coalesce(
            int_conversation_opportunity.closed_day > cast($as_of as date), true
        ) as is_open
    from int_conversation_opportunity
    left join int_conversation_account
        on
            int_conversation_opportunity.account_number
            = int_conversation_account.account_number
    left join int_user on int_conversation_opportunity.owner_id = int_user.user_id
    where
        coalesce(
            int_conversation_opportunity.opened_day <= cast($as_of as date), true
        )
        and (
            int_conversation_opportunity.is_won
            or coalesce(
                int_conversation_opportunity.closed_day > cast($as_of as date), true
            )
        )
)

select * from final
