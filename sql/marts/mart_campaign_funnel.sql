-- Campaigns: persons at each step, exits, lists and return on investment.
-- What the exports do not tell is null, which is not zero.
-- grain: campaign_id
-- columns:
--   campaign_id    varchar  campaign
--   name           varchar  name
--   campaign_type  varchar  kind of campaign in the tool
--   status         varchar  status in the tool
--   start_day      date     first day
--   source_file    varchar  file of the campaign, else of its members
--   base           bigint   persons who could have been written to
--   targeted       bigint   persons written to
--   bounced        bigint   of which the mail came back
--   delivered      bigint   targeted less bounced
--   opted_out      bigint   delivered persons who refused: an exit
--   opened         bigint   delivered persons who opened, clicked or converted
--   clicked        bigint   of which who clicked or converted
--   converted      bigint   of which who converted
--   to_call        bigint   clicked, neither converted nor opted out
--   second_mail    bigint   opened, neither clicked nor opted out
--   cost           double   actual cost; null when blank
--   won_count      bigint   won opportunities that name the campaign
--   won_amount     double   their amount; null with several currencies
--   currency       varchar  currency of both, when there is one only
--   roi            double   (won amount - cost) / cost; null without a cost

with

final as (
    select
        int_campaign.campaign_id,
        int_campaign.name,
        int_campaign.campaign_type,
        int_campaign.status,
        int_campaign.start_day,
        int_campaign.source_file,
        int_campaign_funnel.base,
        int_campaign_funnel.targeted,
        int_campaign_funnel.bounced,
        int_campaign_funnel.delivered,
        int_campaign_funnel.opted_out,
        int_campaign_funnel.opened,
        int_campaign_funnel.clicked,
        int_campaign_funnel.converted,
        int_campaign_funnel.to_call,
        int_campaign_funnel.second_mail,
        int_campaign.cost,
        int_campaign.won_count,
        int_campaign.won_amount,
        int_campaign.currency,
        (int_campaign.won_amount - int_campaign.cost)
        / nullif(int_campaign.cost, 0) as roi
    from int_campaign
    inner join int_campaign_funnel
        on int_campaign.campaign_id = int_campaign_funnel.campaign_id
)

select * from final
order by start_day desc nulls last, name asc
