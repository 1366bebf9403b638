-- Persons at each step of each campaign, by the kind of account that they belong to.
-- grain: campaign_id, account_type
-- columns:
--   campaign_id   varchar  campaign
--   account_type  varchar  kind of account in the CRM; null when not known
--   targeted      bigint   persons written to
--   delivered     bigint   of which the mail did not come back
--   opted_out     bigint   delivered persons who refused
--   opened        bigint   delivered persons who opened, clicked or converted
--   clicked       bigint   of which who clicked or converted
--   converted     bigint   of which who converted

with

final as (
    select
        int_campaign_person.campaign_id,
        int_contact.account_type,
        count(*) filter (where int_campaign_person.is_targeted) as targeted,
        count(*) filter (where int_campaign_person.is_delivered) as delivered,
        count(*) filter (where int_campaign_person.is_opted_out) as opted_out,
        count(*) filter (where int_campaign_person.is_opened) as opened,
        count(*) filter (where int_campaign_person.is_clicked) as clicked,
        count(*) filter (where int_campaign_person.is_converted) as converted
    from int_campaign_person
    left join int_contact on int_campaign_person.contact_id = int_contact.contact_id
    group by int_campaign_person.campaign_id, int_contact.account_type
)

select * from final
