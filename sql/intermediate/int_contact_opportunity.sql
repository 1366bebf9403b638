-- Open opportunities of the persons who opened in a campaign: their own and those of
-- their account.
-- grain: contact_id
-- columns:
--   contact_id          varchar  contact
--   opportunity_count   bigint   open opportunities
--   opportunity_amount  double   their amount; null in several currencies, or untold
--   currency            varchar  currency of the amount, when there is one only
--   opportunity_stage   varchar  stage of the largest one

with

openers as (
    select distinct
        int_campaign_person.contact_id,
        int_campaign_person.account_id
    from int_campaign_person
    where int_campaign_person.is_opened and int_campaign_person.contact_id is not null
),

linked as (
    select
        openers.contact_id,
        stg_opportunity.opportunity_id
    from openers
    inner join stg_opportunity on openers.contact_id = stg_opportunity.contact
    where not stg_opportunity.is_closed
    union
    select
        openers.contact_id,
        stg_opportunity.opportunity_id
    from openers
    inner join int_account_ref on openers.account_id = int_account_ref.account_id
    inner join stg_opportunity on int_account_ref.ref = stg_opportunity.account
    where not stg_opportunity.is_closed
),

final as (
    select
        linked.contact_id,
        count(*) as opportunity_count,
        case
            when count(distinct coalesce(stg_opportunity.currency, '')) = 1
                then sum(stg_opportunity.amount)
        end as opportunity_amount,
        case
            when count(distinct coalesce(stg_opportunity.currency, '')) = 1
                then min(stg_opportunity.currency)
        end as currency,
        arg_max(
            stg_opportunity.stage,
            struct_pack(
                amount := coalesce(stg_opportunity.amount, 0),
                opportunity_id := stg_opportunity.opportunity_id
            )
        ) as opportunity_stage
    from linked
    inner join stg_opportunity on linked.opportunity_id = stg_opportunity.opportunity_id
    group by linked.contact_id
)

select * from final
