-- Persons at each step of each campaign. A step that the exports do not tell is null.
-- The base is the persons known in contact and lead exports when (nearly) all those
-- written to are among them, else the members at that step, else the tool's own count.
-- grain: campaign_id
-- columns:
--   campaign_id     varchar  campaign
--   targeted        bigint   persons written to; the tool's count when files name fewer
--   base            bigint   persons who could have been written to
--   suppressed      bigint   persons told to have been left out of the sending
--   bounced         bigint   targeted persons whose mail came back
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
        count(*) filter (where int_campaign_person.is_suppressed) as suppressed,
        count(*) filter (where int_campaign_person.is_bounced) as bounced,
        count(*) filter (where int_campaign_person.is_bounced_hard) as bounced_hard,
        count(*) filter (where int_campaign_person.is_delivered) as delivered,
        count(*) filter (where int_campaign_person.is_opted_out) as opted_out,
        count(*) filter (where int_campaign_person.is_complained) as complained,
        count(*) filter (
            where int_campaign_person.is_opted_out or int_campaign_person.is_complained
        ) as refused,
        count(*) filter (where int_campaign_person.is_opened) as opened,
        count(*) filter (where int_campaign_person.is_machine_opened) as machine_opened,
        count(*) filter (where int_campaign_person.is_clicked) as clicked,
        count(*) filter (
            where int_campaign_person.is_clicked and int_campaign_person.click_check
        ) as checked,
        count(*) filter (
            where
            int_campaign_person.is_clicked
            and not int_campaign_person.is_converted
            and int_campaign_person.click_doubt is not null
        ) as doubted,
        count(*) filter (where int_campaign_person.is_converted) as converted,
        count(*) filter (where int_campaign_person.is_late) as late,
        count(*) filter (
            where
            int_campaign_person.is_clicked
            and not int_campaign_person.is_converted
            and not int_campaign_person.is_opted_out
            and not int_campaign_person.is_complained
        ) as to_call,
        count(*) filter (
            where
            int_campaign_person.is_clicked
            and not int_campaign_person.is_converted
            and not int_campaign_person.is_opted_out
            and not int_campaign_person.is_complained
            and int_campaign_person.click_doubt is not null
        ) as doubted_call,
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
        case when int_campaign_step.knows_not_sent then sets.suppressed end
            as suppressed,
        case when int_campaign_step.knows_bounced then sets.bounced end as bounced,
        case when int_campaign_step.knows_hard then sets.bounced_hard end
            as bounced_hard,
        case
            when int_campaign_step.knows_soft then sets.bounced - sets.bounced_hard
        end as bounced_soft,
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
        case when int_campaign_step.knows_complained then sets.complained end
            as complained,
        case
            when
                int_campaign_step.knows_opted_out or int_campaign_step.knows_complained
                then sets.refused
        end as refused,
        case when int_campaign_step.knows_opened then sets.opened end as opened,
        case when int_campaign_step.knows_machine then sets.machine_opened end
            as machine_opened,
        case when int_campaign_step.knows_clicked then sets.clicked end as clicked,
        case when int_campaign_step.knows_clicked then sets.checked end as checked,
        case when sets.checked > 0 then sets.doubted end as doubted,
        case when int_campaign_step.knows_converted then sets.converted end
            as converted,
        case when int_campaign_step.knows_converted then sets.late end as late,
        case when int_campaign_step.knows_clicked then sets.to_call end as to_call,
        case when sets.checked > 0 then sets.doubted_call end as doubted_call,
        case when int_campaign_step.knows_opened then sets.second_mail end
            as second_mail
    from int_campaign
    cross join known
    left join sets on int_campaign.campaign_id = sets.campaign_id
    left join int_campaign_step
        on int_campaign.campaign_id = int_campaign_step.campaign_id
)

select * from final
