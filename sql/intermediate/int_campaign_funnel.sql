-- Persons at each step of each campaign. A step that the exports do not tell is null.
-- The base is the persons known in contact and lead exports when (nearly) all those
-- written to are among them, else the members at that step, else the tool's own count.
-- grain: campaign_id
-- columns:
--   campaign_id  varchar  campaign
--   targeted     bigint   persons written to; the tool's count when files name fewer
--   base         bigint   persons who could have been written to
--   bounced      bigint   of which the mail came back
--   delivered    bigint   targeted less bounced
--   opted_out    bigint   delivered persons who refused: an exit
--   opened       bigint   delivered persons who opened, clicked or converted
--   clicked      bigint   of which who clicked or converted
--   converted    bigint   of which who converted
--   to_call      bigint   clicked, neither converted nor opted out
--   second_mail  bigint   opened, neither clicked nor opted out

with

known as (
    select count(*) as persons
    from int_contact
    where int_contact.is_in_base
),

sets as (
    select
        int_campaign_person.campaign_id,
        count(*) as members,
        count(*) filter (where int_campaign_person.is_targeted) as targeted,
        count(*) filter (
            where int_campaign_person.is_targeted
            and int_campaign_person.contact_id is null
        ) as strangers,
        count(*) filter (where int_campaign_person.is_bounced) as bounced,
        count(*) filter (where int_campaign_person.is_delivered) as delivered,
        count(*) filter (where int_campaign_person.is_opted_out) as opted_out,
        count(*) filter (where int_campaign_person.is_opened) as opened,
        count(*) filter (where int_campaign_person.is_clicked) as clicked,
        count(*) filter (where int_campaign_person.is_converted) as converted,
        count(*) filter (
            where
            int_campaign_person.is_clicked
            and not int_campaign_person.is_converted
            and not int_campaign_person.is_opted_out
            and not int_campaign_person.is_complained
        ) as to_call,
        count(*) filter (
            where
            int_campaign_person.is_opened
            and not int_campaign_person.is_clicked
            and not int_campaign_person.is_opted_out
            and not int_campaign_person.is_complained
        ) as second_mail
    from int_campaign_person
    group by int_campaign_person.campaign_id
),

final as (
    select
        int_campaign.campaign_id,
        case
            when int_campaign_step.knows_targeted then sets.targeted
            when int_campaign.sent_count >= sets.targeted
                then cast(int_campaign.sent_count as bigint)
        end as targeted,
        case
            when known.persons > 0 and sets.strangers <= 0.05 * sets.targeted
                then known.persons + sets.strangers
            when sets.members > sets.targeted then sets.members
            when
                int_campaign.sent_count >= coalesce(sets.targeted, 0)
                and int_campaign.sent_count > 0
                then cast(int_campaign.sent_count as bigint)
        end as base,
        case when int_campaign_step.knows_bounced then sets.bounced end as bounced,
        case
            when
                int_campaign_step.knows_targeted
                and (
                    int_campaign_step.knows_bounced
                    or int_campaign_step.knows_delivered
                )
                then sets.delivered
            when
                int_campaign_step.knows_bounced
                and int_campaign.sent_count >= sets.targeted
                then cast(int_campaign.sent_count as bigint) - sets.bounced
        end as delivered,
        case when int_campaign_step.knows_opted_out then sets.opted_out end
            as opted_out,
        case when int_campaign_step.knows_opened then sets.opened end as opened,
        case when int_campaign_step.knows_clicked then sets.clicked end as clicked,
        case when int_campaign_step.knows_converted then sets.converted end
            as converted,
        case when int_campaign_step.knows_clicked then sets.to_call end as to_call,
        case when int_campaign_step.knows_opened then sets.second_mail end
            as second_mail
    from int_campaign
    cross join known
    left join sets on int_campaign.campaign_id = sets.campaign_id
    left join int_campaign_step
        on int_campaign.campaign_id = int_campaign_step.campaign_id
)

select * from final
