-- Opportunities that a campaign may have brought: won, or open still. Where all exports
-- name one currency only, amounts without a currency are in it.
-- grain: opportunity_id
-- columns:
--   opportunity_id  varchar  opportunity
--   campaign_id     varchar  primary campaign: the one that the opportunity names
--   contact_id      varchar  its contact, when it is in the exports
--   account_id      varchar  its account, when it is in the exports
--   amount          double   amount in its currency; null when blank
--   currency        varchar  ISO 4217 code of the amount; null when not known
--   is_won          boolean  whether it was won; else it is open
--   last_day        date     day it was won, else the last day of the data

with

emails as (
    select
        int_contact.email,
        min(int_contact.contact_id) as contact_id
    from int_contact
    where int_contact.email is not null and int_contact.is_in_base
    group by int_contact.email
),

currencies as (
    select stg_opportunity.currency
    from stg_opportunity
    union all
    select stg_campaign.currency
    from stg_campaign
),

-- No row unless one currency only is named.
single as (
    select min(currencies.currency) as currency
    from currencies
    having count(distinct currencies.currency) = 1
),

final as (
    select
        stg_opportunity.opportunity_id,
        int_campaign_ref.campaign_id,
        coalesce(by_id.contact_id, by_email.contact_id) as contact_id,
        int_account_ref.account_id,
        stg_opportunity.amount,
        coalesce(stg_opportunity.currency, single.currency) as currency,
        stg_opportunity.is_won,
        case
            when stg_opportunity.is_won
                then
                    coalesce(
                        stg_opportunity.close_date,
                        cast(
                            timezone(
                                setting.timezone,
                                timezone('UTC', stg_opportunity.close_at)
                            ) as date
                        ),
                        setting.data_to
                    )
            else setting.data_to
        end as last_day
    from stg_opportunity
    cross join setting
    left join single on true
    left join int_campaign_ref on stg_opportunity.campaign = int_campaign_ref.ref
    left join int_account_ref on stg_opportunity.account = int_account_ref.ref
    left join int_contact as by_id on stg_opportunity.contact = by_id.contact_id
    left join emails as by_email on lower(stg_opportunity.contact) = by_email.email
    where stg_opportunity.is_won or not stg_opportunity.is_closed
)

select * from final
