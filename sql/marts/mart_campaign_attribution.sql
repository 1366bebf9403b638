-- What each campaign brought, by four models that share out the same opportunities: the
-- primary campaign that the opportunity names; the campaign responded to first or last
-- before the opportunity was won; an even split among all of those. What no campaign
-- brought has no campaign_id.
-- grain: model, campaign_id, currency, is_won
-- params: window_days
-- columns:
--   model              varchar  primary, first_touch, last_touch or even_split
--   campaign_id        varchar  campaign; null for what none brought
--   currency           varchar  currency of the amounts; null when not known
--   is_won             boolean  won, else open still: the pipeline
--   opportunity_count  bigint   opportunities of which it has a share
--   share              double   sum of its shares, an opportunity being 1
--   amount             double   its share of their amounts; blank ones add nothing
--   unpriced_count     bigint   of those opportunities, how many have no amount

with

touched as (
    select
        int_campaign_touch.opportunity_id,
        int_campaign_touch.campaign_id,
        min(int_campaign_touch.response_day) as first_day,
        max(int_campaign_touch.response_day) as last_day
    from int_campaign_touch
    where int_campaign_touch.days_before <= $window_days
    group by int_campaign_touch.opportunity_id, int_campaign_touch.campaign_id
),

ranked as (
    select
        touched.opportunity_id,
        touched.campaign_id,
        row_number() over (
            partition by touched.opportunity_id
            order by touched.first_day, touched.campaign_id
        ) as first_rank,
        row_number() over (
            partition by touched.opportunity_id
            order by touched.last_day desc, touched.campaign_id desc
        ) as last_rank,
        cast(1 as double) / count(*) over (partition by touched.opportunity_id) as share
    from touched
),

chosen as (
    select
        'first_touch' as model,
        ranked.opportunity_id,
        ranked.campaign_id,
        cast(1 as double) as share
    from ranked
    where ranked.first_rank = 1
    union all
    select
        'last_touch' as model,
        ranked.opportunity_id,
        ranked.campaign_id,
        cast(1 as double) as share
    from ranked
    where ranked.last_rank = 1
    union all
    select
        'even_split' as model,
        ranked.opportunity_id,
        ranked.campaign_id,
        ranked.share
    from ranked
    union all
    select
        'primary' as model,
        int_campaign_opportunity.opportunity_id,
        int_campaign_opportunity.campaign_id,
        cast(1 as double) as share
    from int_campaign_opportunity
),

models as (
    select unnest(['primary', 'first_touch', 'last_touch', 'even_split']) as model
),

shared as (
    select
        models.model,
        chosen.campaign_id,
        int_campaign_opportunity.currency,
        int_campaign_opportunity.is_won,
        int_campaign_opportunity.amount,
        coalesce(chosen.share, 1) as share
    from int_campaign_opportunity
    cross join models
    left join chosen
        on
            models.model = chosen.model
            and int_campaign_opportunity.opportunity_id = chosen.opportunity_id
),

final as (
    select
        shared.model,
        shared.campaign_id,
        shared.currency,
        shared.is_won,
        count(*) as opportunity_count,
        sum(shared.share) as share,
        coalesce(sum(shared.share * shared.amount), 0) as amount,
        count(*) filter (where shared.amount is null) as unpriced_count
    from shared
    group by shared.model, shared.campaign_id, shared.currency, shared.is_won
)

select * from final
order by model, campaign_id, currency, is_won
