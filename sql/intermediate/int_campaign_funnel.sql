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
    select count(distinct int_contact_person.person_id) as persons
    from int_contact_person
    where int_contact_person.is_in_base
),

final as (
    select
        int_campaign.campaign_id,
        case
            when int_campaign_step.knows_targeted then int_campaign_count.targeted
            when int_campaign.sent_count >= int_campaign_count.targeted
                then cast(int_campaign.sent_count as bigint)
        end as targeted,
        case
            when
                known.persons > 0
                and int_campaign_count.strangers <= 0.05 * int_campaign_count.targeted
                then known.persons + int_campaign_count.strangers
            when
                int_campaign_count.members > int_campaign_count.targeted
                then int_campaign_count.members
            when
                int_campaign.sent_count >= coalesce(int_campaign_count.targeted, 0)
                and int_campaign.sent_count > 0
                then cast(int_campaign.sent_count as bigint)
        end as base,
        case
            when int_campaign_step.knows_not_sent then int_campaign_count.suppressed
        end
            as suppressed,
        case when int_campaign_step.knows_bounced then int_campaign_count.bounced end
            as bounced,
        case when int_campaign_step.knows_hard then int_campaign_count.bounced_hard end
            as bounced_hard,
        case
            when
                int_campaign_step.knows_soft
                then int_campaign_count.bounced - int_campaign_count.bounced_hard
        end as bounced_soft,
        case
            when
                int_campaign_step.knows_targeted
                and (
                    int_campaign_step.knows_bounced
                    or int_campaign_step.knows_delivered
                )
                then int_campaign_count.delivered
            when
                int_campaign_step.knows_bounced
                and int_campaign.sent_count >= int_campaign_count.targeted
                then
                    cast(int_campaign.sent_count as bigint) - int_campaign_count.bounced
        end as delivered,
        case
            when int_campaign_step.knows_opted_out then int_campaign_count.opted_out
        end
            as opted_out,
        case
            when int_campaign_step.knows_complained then int_campaign_count.complained
        end
            as complained,
        case
            when
                int_campaign_step.knows_opted_out or int_campaign_step.knows_complained
                then int_campaign_count.refused
        end as refused,
        case when int_campaign_step.knows_opened then int_campaign_count.opened end
            as opened,
        case
            when int_campaign_step.knows_machine then int_campaign_count.machine_opened
        end
            as machine_opened,
        case when int_campaign_step.knows_clicked then int_campaign_count.clicked end
            as clicked,
        case when int_campaign_step.knows_clicked then int_campaign_count.checked end
            as checked,
        case when int_campaign_count.checked > 0 then int_campaign_count.doubted end
            as doubted,
        case
            when int_campaign_step.knows_converted then int_campaign_count.converted
        end
            as converted,
        case when int_campaign_step.knows_converted then int_campaign_count.late end
            as late,
        case when int_campaign_step.knows_clicked then int_campaign_count.to_call end
            as to_call,
        case
            when int_campaign_count.checked > 0 then int_campaign_count.doubted_call
        end as doubted_call,
        case when int_campaign_step.knows_opened then int_campaign_count.second_mail end
            as second_mail
    from int_campaign
    cross join known
    left join int_campaign_count
        on int_campaign.campaign_id = int_campaign_count.campaign_id
    left join int_campaign_step
        on int_campaign.campaign_id = int_campaign_step.campaign_id
)

select * from final
