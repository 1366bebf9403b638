-- Persons at each step of each campaign, by the user who holds the contact.
-- grain: campaign_id, owner_id
-- columns:
--   campaign_id  varchar  campaign
--   owner_id     varchar  user; null for persons whom nobody holds
--   targeted     bigint   persons written to
--   delivered    bigint   of which the mail did not come back
--   opted_out    bigint   delivered persons who refused
--   opened       bigint   delivered persons who opened, clicked or converted
--   clicked      bigint   of which who clicked or converted
--   converted    bigint   of which who converted

with

final as (
    select
        int_campaign_person.campaign_id,
        int_campaign_person.owner_id,
        count(*) filter (where int_campaign_person.is_targeted) as targeted,
        count(*) filter (where int_campaign_person.is_delivered) as delivered,
        count(*) filter (where int_campaign_person.is_opted_out) as opted_out,
        count(*) filter (where int_campaign_person.is_opened) as opened,
        count(*) filter (where int_campaign_person.is_clicked) as clicked,
        count(*) filter (where int_campaign_person.is_converted) as converted
    from int_campaign_person
    group by int_campaign_person.campaign_id, int_campaign_person.owner_id
)

select * from final
