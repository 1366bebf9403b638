-- Campaigns, with their cost and what the won opportunities that name them brought.
-- grain: campaign_id
-- columns:
--   campaign_id    varchar  identifier, else the name
--   campaign_type  varchar  kind of campaign in the tool
--   status         varchar  status in the tool
--   cost           double   actual cost; null when blank
--   sent_count     double   persons the tool says it wrote to
--   name           varchar  name
--   start_day      date     first day, else that of the first trace
--   source_file    varchar  file of most of its members, else of the campaign
--   currency       varchar  currency of cost and won amount, when there is one only
--   won_count      bigint   won opportunities; null when none in the exports names any
--   won_amount     double   their amount; null with several currencies

with

files as (
    select
        int_campaign_ref.campaign_id,
        stg_campaign_member.source_file,
        count(*) as members,
        max(stg_campaign_member.campaign_name) as name,
        min(stg_campaign_member.sent_at) as sent_at,
        min(stg_campaign_member.opened_at) as opened_at,
        min(stg_campaign_member.clicked_at) as clicked_at
    from int_campaign_ref
    left join stg_campaign_member on int_campaign_ref.ref = stg_campaign_member.campaign
    group by int_campaign_ref.campaign_id, stg_campaign_member.source_file
),

-- A campaign that the CRM records may have been sent by another tool: its members tell.
named as (
    select
        files.campaign_id,
        first(files.source_file order by files.members desc, files.source_file asc)
            as source_file,
        max(files.name) as name,
        coalesce(min(files.sent_at), min(files.opened_at), min(files.clicked_at))
            as started_at
    from files
    group by files.campaign_id
),

won as (
    select
        int_campaign_ref.campaign_id,
        count(*) as won_count,
        sum(stg_opportunity.amount) as won_amount,
        count(distinct stg_opportunity.currency) as currencies,
        min(stg_opportunity.currency) as currency
    from stg_opportunity
    inner join int_campaign_ref on stg_opportunity.campaign = int_campaign_ref.ref
    where stg_opportunity.is_won
    group by int_campaign_ref.campaign_id
),

final as (
    select
        named.campaign_id,
        stg_campaign.campaign_type,
        stg_campaign.status,
        stg_campaign.cost,
        stg_campaign.sent_count,
        -- Where no campaign was exported, the name that its members' files give.
        coalesce(
            nullif(stg_campaign.name, stg_campaign.campaign_id),
            named.name,
            named.campaign_id
        ) as name,
        coalesce(
            stg_campaign.start_date,
            cast(
                timezone(
                    setting.timezone,
                    timezone('UTC', coalesce(stg_campaign.start_at, named.started_at))
                ) as date
            )
        ) as start_day,
        coalesce(named.source_file, stg_campaign.source_file) as source_file,
        case
            when won.currencies > 1 or won.currency <> stg_campaign.currency then null
            else coalesce(won.currency, stg_campaign.currency)
        end as currency,
        case
            when won.won_count is not null then won.won_count
            when exists (
                select 1 from stg_opportunity
                where stg_opportunity.campaign is not null
            ) then 0
        end as won_count,
        case
            when won.currencies > 1 or won.currency <> stg_campaign.currency then null
            when won.won_count is not null then coalesce(won.won_amount, 0)
            when exists (
                select 1 from stg_opportunity
                where stg_opportunity.campaign is not null
            ) then 0
        end as won_amount
    from named
    cross join setting
    left join stg_campaign on named.campaign_id = stg_campaign.campaign_id
    left join won on named.campaign_id = won.campaign_id
)

select * from final
