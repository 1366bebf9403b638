-- Opportunities with the account they are for, directly or through their contact. One
-- that is closed already is so on the last day with a trace, whatever its date.
-- grain: opportunity_id
-- columns:
--   opportunity_id  varchar  opportunity
--   account_number  bigint   account; null when it is not in the exports
--   owner_id        varchar  user who holds the opportunity
--   amount          double   amount in its currency
--   currency        varchar  ISO 4217 code; null when the export does not say
--   is_won          boolean  whether it was won
--   name            varchar  name, else the identifier
--   opened_day      date     day it was made, in the company's time zone
--   closed_day      date     day it was won or lost; null while it is open

with

final as (
    select
        stg_opportunity.opportunity_id,
        coalesce(
            int_conversation_account.account_number,
            int_conversation_contact.account_number
        ) as account_number,
        int_user_ref.user_id as owner_id,
        stg_opportunity.amount,
        stg_opportunity.currency,
        stg_opportunity.is_won,
        coalesce(stg_opportunity.name, stg_opportunity.opportunity_id) as name,
        coalesce(
            stg_opportunity.created_date,
            cast(
                timezone(
                    setting.timezone, timezone('UTC', stg_opportunity.created_at)
                )
                as date
            )
        ) as opened_day,
        case
            when stg_opportunity.is_closed
                then
                    least(
                        coalesce(
                            stg_opportunity.close_date,
                            cast(
                                timezone(
                                    setting.timezone,
                                    timezone('UTC', stg_opportunity.close_at)
                                )
                                as date
                            ),
                            setting.data_from
                        ),
                        int_period.last_day
                    )
        end as closed_day
    from stg_opportunity
    cross join setting
    cross join int_period
    left join int_account_ref on stg_opportunity.account = int_account_ref.ref
    left join int_conversation_account
        on int_account_ref.account_id = int_conversation_account.account_id
    left join int_conversation_contact
        on stg_opportunity.contact = int_conversation_contact.contact_id
    left join int_user_ref on stg_opportunity.owner = int_user_ref.ref
)

select * from final
