-- Campaigns: persons at each step, exits, lists and return on investment.
-- What the exports do not tell is null, which is not zero.
-- grain: campaign_id
-- columns:
--   campaign_id     varchar  campaign
--   name            varchar  name
--   campaign_type   varchar  kind of campaign in the tool
--   status          varchar  status in the tool
--   start_day       date     first day
--   source_file     varchar  file of most of its members, else of the campaign
--   base            bigint   persons who could have been written to
--   suppressed      bigint   persons told to have been left out of the sending
--   targeted        bigint   persons written to
--   bounced         bigint   of which the mail came back
--   bounced_hard    bigint   of which for good
--   bounced_soft    bigint   of which for a while
--   delivered       bigint   targeted less bounced
--   opted_out       bigint   delivered persons who opted out: an exit
--   complained      bigint   delivered persons who reported the mail: an exit
--   refused         bigint   delivered persons who did either
--   opened          bigint   delivered persons who opened, clicked or converted
--   machine_opened  bigint   of which opened by programs only, as the tool tells
--   clicked         bigint   of which who clicked or converted
--   checked         bigint   of which clicks that a time or a link can check
--   doubted         bigint   clicks, without conversion, that may be a robot's
--   converted       bigint   of which who converted
--   late            bigint   of which on a day after the window
--   to_call         bigint   clicked, neither converted nor opted out nor complained
--   doubted_call    bigint   of which clicks that may be a robot's
--   second_mail     bigint   opened, neither clicked nor opted out nor complained
--   cost            double   actual cost; null when blank
--   won_count       bigint   won opportunities that name the campaign
--   won_amount      double   their amount; null with several currencies
--   currency        varchar  currency of both, when there is one only
--   roi             double   (won amount - cost) / cost; null without a cost

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
        int_campaign_funnel.suppressed,
        int_campaign_funnel.targeted,
        int_campaign_funnel.bounced,
        int_campaign_funnel.bounced_hard,
        int_campaign_funnel.bounced_soft,
        int_campaign_funnel.delivered,
        int_campaign_funnel.opted_out,
        int_campaign_funnel.complained,
        int_campaign_funnel.refused,
        int_campaign_funnel.opened,
        int_campaign_funnel.machine_opened,
        int_campaign_funnel.clicked,
        int_campaign_funnel.checked,
        int_campaign_funnel.doubted,
        int_campaign_funnel.converted,
        int_campaign_funnel.late,
        int_campaign_funnel.to_call,
        int_campaign_funnel.doubted_call,
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
