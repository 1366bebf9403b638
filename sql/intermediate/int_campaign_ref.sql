-- Which campaign each reference means: an identifier, else a name that one campaign
-- only has; else the reference is a campaign of its own, known from its members alone.
-- grain: ref
-- columns:
--   ref          varchar  identifier, its first 15 characters, or the name
--   campaign_id  varchar  campaign

with

aliases as (
    select
        1 as rank,
        stg_campaign.campaign_id as ref,
        stg_campaign.campaign_id
    from stg_campaign
    union all
    select
        2 as rank,
        left(stg_campaign.campaign_id, 15) as ref,
        stg_campaign.campaign_id
    from stg_campaign
    where length(stg_campaign.campaign_id) = 18
    union all
    select
        3 as rank,
        stg_campaign.name as ref,
        stg_campaign.campaign_id
    from stg_campaign
),

counted as (
    select
        aliases.ref,
        min(aliases.campaign_id) as campaign_id,
        row_number() over (partition by aliases.ref order by aliases.rank) as choice
    from aliases
    where aliases.ref is not null
    group by aliases.ref, aliases.rank
    having count(*) = 1
),

final as (
    select
        counted.ref,
        counted.campaign_id
    from counted
    where counted.choice = 1
    union all
    select distinct
        stg_campaign_member.campaign as ref,
        stg_campaign_member.campaign as campaign_id
    from stg_campaign_member
    left join counted on stg_campaign_member.campaign = counted.ref
    where counted.ref is null
)

select * from final
