-- Which campaign each reference means: an identifier, else a name that one campaign
-- only has; else the name beside it, where the CRM has one campaign of that name and
-- the tool one number; else it is a campaign of its own, known from its members alone.
-- Names are the same whatever their capitals, accents and underscores.
-- grain: ref
-- columns:
--   ref          varchar  identifier, its first 15 characters, or the name
--   campaign_id  varchar  campaign

with

members as (
    select distinct
        stg_campaign_member.campaign as ref,
        stg_campaign_member.campaign_name as name
    from stg_campaign_member
),

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

exact as (
    select
        counted.ref,
        counted.campaign_id
    from counted
    where counted.choice = 1
),

-- The number that a mailing tool gives to a campaign that the CRM has under its name.
recorded as (
    select
        min(members.ref) as ref,
        min(stg_campaign.campaign_id) as campaign_id
    from members
    inner join stg_campaign
        on
            regexp_replace(strip_accents(lower(members.name)), '[ _-]+', ' ', 'g')
            = regexp_replace(
                strip_accents(lower(stg_campaign.name)), '[ _-]+', ' ', 'g'
            )
    left join exact on members.ref = exact.ref
    where exact.ref is null and members.name <> members.ref
    group by
        regexp_replace(strip_accents(lower(members.name)), '[ _-]+', ' ', 'g')
    having
        count(distinct members.ref) = 1
        and count(distinct stg_campaign.campaign_id) = 1
),

-- Names that campaigns give themselves, or that members' files give beside a number.
named as (
    select
        stg_campaign.name,
        stg_campaign.campaign_id
    from stg_campaign
    union
    select
        members.name,
        coalesce(exact.campaign_id, recorded.campaign_id, members.ref) as campaign_id
    from members
    left join exact on members.ref = exact.ref
    left join recorded on members.ref = recorded.ref
    where members.name <> members.ref
),

folded as (
    select
        regexp_replace(strip_accents(lower(named.name)), '[ _-]+', ' ', 'g') as name,
        min(named.campaign_id) as campaign_id
    from named
    group by all
    having count(distinct named.campaign_id) = 1
),

final as (
    select
        exact.ref,
        exact.campaign_id
    from exact
    union all
    select distinct
        members.ref,
        coalesce(recorded.campaign_id, folded.campaign_id, members.ref) as campaign_id
    from members
    left join exact on members.ref = exact.ref
    left join recorded on members.ref = recorded.ref
    left join folded
        on
            regexp_replace(strip_accents(lower(members.ref)), '[ _-]+', ' ', 'g')
            = folded.name
    where exact.ref is null
)

select * from final
