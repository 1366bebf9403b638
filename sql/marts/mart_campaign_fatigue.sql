-- Mail fatigue: what mails brought, by how many the person had received in the 90 days
-- before, each mail included. A rate is a count over a whole, null where none tells it.
-- grain: mail_count
-- columns:
--   mail_count     bigint  mails received in the 90 days before, this one included
--   delivered      bigint  mails received
--   click_count    bigint  mails clicked
--   click_whole    bigint  mails received, where clicks are told
--   opt_out_count  bigint  mails after which the person refused
--   opt_out_whole  bigint  mails received, where refusals are told

with

final as (
    select
        int_campaign_pressure.mail_count,
        cast(sum(int_campaign_pressure.delivered) as bigint) as delivered,
        cast(
            sum(int_campaign_pressure.clicked) filter (
                where int_campaign_step.knows_clicked
            ) as bigint
        ) as click_count,
        cast(
            sum(int_campaign_pressure.delivered) filter (
                where int_campaign_step.knows_clicked
            ) as bigint
        ) as click_whole,
        cast(
            sum(int_campaign_pressure.opted_out) filter (
                where int_campaign_step.knows_opted_out
            ) as bigint
        ) as opt_out_count,
        cast(
            sum(int_campaign_pressure.delivered) filter (
                where int_campaign_step.knows_opted_out
            ) as bigint
        ) as opt_out_whole
    from int_campaign_pressure
    inner join int_campaign_step
        on int_campaign_pressure.campaign_id = int_campaign_step.campaign_id
    group by int_campaign_pressure.mail_count
)

select * from final
order by mail_count
