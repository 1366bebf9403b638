-- Which steps the exports can tell of each campaign. A step is known when a column of
-- the campaign's files says it, or when its status appears in one of them.
-- grain: campaign_id
-- columns:
--   campaign_id       varchar  campaign
--   knows_targeted    boolean  whether whoever was written to is told, mute or not
--   knows_delivered   boolean  whether a status or a column tells who received
--   knows_hard        boolean  whether mails that come back for good are told
--   knows_soft        boolean  whether mails that come back for a while are told
--   knows_bounced     boolean  whether bounces of either kind are told
--   knows_opted_out   boolean  whether refusals are told, here or on the contacts
--   knows_complained  boolean  whether complaints are told
--   knows_not_sent    boolean  whether those left out of the sending are told
--   knows_machine     boolean  whether the tool tells programs from persons
--   knows_opened      boolean  whether openings are told
--   knows_clicked     boolean  whether clicks are told
--   knows_converted   boolean  whether conversions are told

with

files as (
    select
        stg_campaign_member.source_file,
        -- Files of openers or of clicks alone leave out those who did nothing.
        bool_or(
            coalesce(
                stg_campaign_member.stage in (
                    'base', 'targeted', 'delivered', 'not_sent'
                ),
                true
            )
            or stg_campaign_member.has_responded is not null
            or stg_campaign_member.is_targeted is not null
            or stg_campaign_member.is_delivered is not null
        ) as knows_targeted,
        bool_or(
            coalesce(stg_campaign_member.stage = 'delivered', false)
            or stg_campaign_member.is_delivered is not null
        ) as knows_delivered,
        bool_or(
            coalesce(stg_campaign_member.stage = 'bounced_hard', false)
            or stg_campaign_member.is_bounced_hard is not null
        ) as knows_hard,
        bool_or(
            coalesce(stg_campaign_member.stage = 'bounced_soft', false)
            or stg_campaign_member.is_bounced_soft is not null
        ) as knows_soft,
        bool_or(
            coalesce(stg_campaign_member.stage = 'opted_out', false)
            or stg_campaign_member.is_opted_out is not null
        ) as knows_opted_out,
        bool_or(
            coalesce(stg_campaign_member.stage = 'complained', false)
            or stg_campaign_member.is_complained is not null
        ) as knows_complained,
        bool_or(
            coalesce(stg_campaign_member.stage = 'not_sent', false)
            or stg_campaign_member.is_targeted is not null
        ) as knows_not_sent,
        bool_or(stg_campaign_member.is_machine is not null) as knows_machine,
        bool_or(
            coalesce(stg_campaign_member.stage = 'opened', false)
            or stg_campaign_member.is_opened is not null
        ) as knows_opened,
        bool_or(
            coalesce(stg_campaign_member.stage = 'clicked', false)
            or stg_campaign_member.is_clicked is not null
            or stg_campaign_member.click_count is not null
            or (
                stg_campaign_member.stage is null
                and stg_campaign_member.has_responded is not null
            )
        ) as knows_clicked,
        bool_or(
            coalesce(stg_campaign_member.stage = 'converted', false)
            or stg_campaign_member.is_converted is not null
        ) as knows_converted
    from stg_campaign_member
    group by stg_campaign_member.source_file
),

pairs as (
    select distinct
        int_campaign_ref.campaign_id,
        stg_campaign_member.source_file
    from stg_campaign_member
    inner join int_campaign_ref on stg_campaign_member.campaign = int_campaign_ref.ref
),

final as (
    select
        pairs.campaign_id,
        bool_or(files.knows_targeted) as knows_targeted,
        bool_or(files.knows_delivered) as knows_delivered,
        bool_or(files.knows_hard) as knows_hard,
        bool_or(files.knows_soft) as knows_soft,
        bool_or(files.knows_hard or files.knows_soft) as knows_bounced,
        bool_or(files.knows_opted_out)
        or exists (
            select 1 from int_contact
            where int_contact.is_opted_out is not null
        ) as knows_opted_out,
        bool_or(files.knows_complained) as knows_complained,
        bool_or(files.knows_not_sent) as knows_not_sent,
        bool_or(files.knows_machine) as knows_machine,
        bool_or(files.knows_opened) as knows_opened,
        bool_or(files.knows_clicked) as knows_clicked,
        bool_or(files.knows_converted) as knows_converted
    from pairs
    inner join files on pairs.source_file = files.source_file
    group by pairs.campaign_id
)

select * from final
