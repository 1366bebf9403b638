-- What each campaign cost and was to cost, as the exports say. Blank is not zero.
-- grain: campaign_id
-- columns:
--   campaign_id  varchar  campaign
--   cost         double   actual cost; null when blank
--   budget       double   cost foreseen; null when blank
--   currency     varchar  currency of both; null when not known

with

currencies as (
    select stg_campaign.currency
    from stg_campaign
    union all
    select stg_opportunity.currency
    from stg_opportunity
),

single as (
    select min(currencies.currency) as currency
    from currencies
    having count(distinct currencies.currency) = 1
),

final as (
    select
        int_campaign.campaign_id,
        stg_campaign.cost,
        stg_campaign.budget,
        coalesce(stg_campaign.currency, single.currency) as currency
    from int_campaign
    left join single on true
    left join stg_campaign on int_campaign.campaign_id = stg_campaign.campaign_id
)

select * from final
order by campaign_id
