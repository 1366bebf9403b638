-- Clicks that may be a robot's: security programs open the links of a mail before its
-- reader does. A doubt is told, never a reason to leave somebody out.
-- grain: campaign_id, person_id
-- columns:
--   campaign_id  varchar  campaign
--   person_id    varchar  person who clicked
--   click_check  boolean  whether the export gives a time or a link to check by
--   click_doubt  varchar  told, instant, every_link or burst; null without a doubt

with

clicks as (
    select
        int_campaign_trace.campaign_id,
        int_campaign_trace.person_id,
        int_campaign_trace.is_machine_clicked,
        int_campaign_trace.links,
        epoch(int_campaign_trace.clicked_at) as clicked,
        epoch(
            coalesce(int_campaign_trace.sent_at, stg_campaign.start_at)
        ) as sent,
        -- Times cut to the minute put everybody in the same second.
        bool_or(second(int_campaign_trace.clicked_at) > 0) over (
            partition by int_campaign_trace.campaign_id
        ) as is_precise,
        split_part(int_campaign_trace.email, '@', 2) as domain
    from int_campaign_trace
    left join stg_campaign
        on int_campaign_trace.campaign_id = stg_campaign.campaign_id
    where int_campaign_trace.has_clicked
),

offered as (
    select
        int_campaign_ref.campaign_id,
        count(distinct stg_campaign_member.link) as links
    from stg_campaign_member
    inner join int_campaign_ref on stg_campaign_member.campaign = int_campaign_ref.ref
    where
        not regexp_matches(
            lower(stg_campaign_member.link),
            'unsub|opt-?out|preference|d[eé]sabonn|d[eé]sinscri'
        )
    group by int_campaign_ref.campaign_id
),

-- People of one company who click together; mailbox providers are no company.
together as (
    select
        clicks.campaign_id,
        clicks.person_id,
        count(*) over (
            partition by clicks.campaign_id, clicks.domain
            order by clicks.clicked / chosen_campaign.burst_seconds
            range between 1 preceding and 1 following
        ) as people
    from clicks
    cross join chosen_campaign
    where
        clicks.is_precise
        and clicks.clicked is not null
        and clicks.domain <> ''
        and not regexp_matches(
            clicks.domain,
            '^(gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|'
            || 'aol|orange|wanadoo|free|sfr|laposte|bbox|neuf|numericable|protonmail|'
            || 'proton|gmx|web|mail)[.]'
        )
),

final as (
    select
        clicks.campaign_id,
        clicks.person_id,
        clicks.is_machine_clicked
        or coalesce(clicks.is_precise and clicks.clicked is not null, false)
        or clicks.links > 0 as click_check,
        case
            when clicks.is_machine_clicked then 'told'
            when
                clicks.is_precise
                and clicks.clicked - clicks.sent
                between 0 and chosen_campaign.instant_seconds
                then 'instant'
            when offered.links > 2 and clicks.links >= offered.links then 'every_link'
            when together.people >= chosen_campaign.burst_people then 'burst'
        end as click_doubt
    from clicks
    cross join chosen_campaign
    left join offered on clicks.campaign_id = offered.campaign_id
    left join together
        on
            clicks.campaign_id = together.campaign_id
            and clicks.person_id = together.person_id
)

select * from final
