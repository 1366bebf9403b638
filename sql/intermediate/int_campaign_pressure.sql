-- Mails received, by how many the same person had received in the 90 days before, the
-- mail included. A refusal in the campaign counts there; one that the contact alone
-- tells counts at the last mail that the person received, and once.
-- grain: campaign_id, mail_count
-- columns:
--   campaign_id  varchar  campaign
--   mail_count   bigint   mails received in the 90 days before, this one included
--   delivered    bigint   mails received
--   clicked      bigint   of which clicked
--   opted_out    bigint   of which refused

with

mailed as (
    select
        int_campaign_person.campaign_id,
        int_campaign_person.person_id,
        int_campaign.start_day,
        date_diff('day', date '2000-01-01', int_campaign.start_day) as day_number,
        int_campaign_person.is_clicked,
        int_campaign_person.is_opted_out,
        int_campaign_trace.has_refused
    from int_campaign_person
    inner join int_campaign
        on int_campaign_person.campaign_id = int_campaign.campaign_id
    inner join int_campaign_trace
        on
            int_campaign_person.campaign_id = int_campaign_trace.campaign_id
            and int_campaign_person.person_id = int_campaign_trace.person_id
    where int_campaign_person.is_delivered and int_campaign.start_day is not null
),

counted as (
    select
        mailed.campaign_id,
        mailed.is_clicked,
        mailed.is_opted_out,
        mailed.has_refused,
        count(*) over (
            partition by mailed.person_id
            order by mailed.day_number
            range between 90 preceding and current row
        ) as mail_count,
        bool_or(mailed.has_refused) over (partition by mailed.person_id)
            as refused_somewhere,
        row_number() over (
            partition by mailed.person_id
            order by mailed.start_day desc, mailed.campaign_id desc
        ) as from_last
    from mailed
),

final as (
    select
        counted.campaign_id,
        counted.mail_count,
        count(*) as delivered,
        count(*) filter (where counted.is_clicked) as clicked,
        count(*) filter (
            where
            counted.has_refused
            or (
                counted.is_opted_out
                and not counted.refused_somewhere
                and counted.from_last = 1
            )
        ) as opted_out
    from counted
    group by counted.campaign_id, counted.mail_count
)

select * from final
