-- Rates of the campaigns of each month, by the team of the users who hold the contacts.
-- A rate is a count over a whole; both are null where no campaign of the month tells.
-- grain: month, team
-- people: owner_count
-- columns:
--   month             varchar  month of the campaigns' first day, YYYY-MM
--   team              varchar  team; null for persons held by nobody or without team
--   owner_count       bigint   users of the team whose contacts were written to
--   campaign_count    bigint   campaigns
--   delivery_count    bigint   persons who received
--   delivery_whole    bigint   persons written to, where bounces are told
--   open_count        bigint   persons who opened
--   open_whole        bigint   persons who received, where openings are told
--   click_count       bigint   persons who clicked
--   click_whole       bigint   persons who received, where clicks are told
--   opt_out_count     bigint   persons who refused
--   opt_out_whole     bigint   persons who received, where refusals are told
--   conversion_count  bigint   persons who converted
--   conversion_whole  bigint   persons who clicked, where both are told

with

told as (
    select
        strftime(int_campaign.start_day, '%Y-%m') as month,
        int_user.team,
        int_campaign_owner.owner_id,
        int_campaign_owner.campaign_id,
        int_campaign_owner.delivered,
        int_campaign_owner.targeted,
        int_campaign_owner.opened,
        int_campaign_owner.clicked,
        int_campaign_owner.opted_out,
        int_campaign_owner.converted,
        int_campaign_step.knows_targeted
        and (int_campaign_step.knows_bounced or int_campaign_step.knows_delivered)
            as knows_delivery,
        int_campaign_step.knows_opened as knows_open,
        int_campaign_step.knows_clicked as knows_click,
        int_campaign_step.knows_opted_out as knows_opt_out,
        int_campaign_step.knows_converted and int_campaign_step.knows_clicked
            as knows_conversion
    from int_campaign_owner
    inner join int_campaign
        on int_campaign_owner.campaign_id = int_campaign.campaign_id
    inner join int_campaign_step
        on int_campaign_owner.campaign_id = int_campaign_step.campaign_id
    left join int_user on int_campaign_owner.owner_id = int_user.user_id
    where int_campaign.start_day is not null and int_campaign_owner.targeted > 0
),

final as (
    select
        told.month,
        told.team,
        count(distinct told.owner_id) as owner_count,
        count(distinct told.campaign_id) as campaign_count,
        cast(
            sum(told.delivered) filter (where told.knows_delivery) as bigint
        ) as delivery_count,
        cast(
            sum(told.targeted) filter (where told.knows_delivery) as bigint
        ) as delivery_whole,
        cast(
            sum(told.opened) filter (where told.knows_open) as bigint
        ) as open_count,
        cast(
            sum(told.delivered) filter (where told.knows_open) as bigint
        ) as open_whole,
        cast(
            sum(told.clicked) filter (where told.knows_click) as bigint
        ) as click_count,
        cast(
            sum(told.delivered) filter (where told.knows_click) as bigint
        ) as click_whole,
        cast(
            sum(told.opted_out) filter (where told.knows_opt_out) as bigint
        ) as opt_out_count,
        cast(
            sum(told.delivered) filter (where told.knows_opt_out) as bigint
        ) as opt_out_whole,
        cast(
            sum(told.converted) filter (where told.knows_conversion) as bigint
        ) as conversion_count,
        cast(
            sum(told.clicked) filter (where told.knows_conversion) as bigint
        ) as conversion_whole
    from told
    group by told.month, told.team
)

select * from final
order by month, team
