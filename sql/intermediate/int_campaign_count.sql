-- Persons of each campaign by what they did, whether or not the exports could tell.
-- grain: campaign_id
-- columns:
--   campaign_id     varchar  campaign
--   members         bigint   persons that the exports name, written to or not
--   targeted        bigint   persons written to
--   strangers       bigint   of which who are not among the contacts
--   suppressed      bigint   persons told to have been left out of the sending
--   bounced         bigint   targeted persons whose mail came back
--   bounced_hard    bigint   of which for good
--   delivered       bigint   targeted less bounced
--   opted_out       bigint   delivered persons who opted out
--   complained      bigint   delivered persons who reported the mail
--   refused         bigint   delivered persons who did either
--   opened          bigint   delivered persons who opened, clicked or converted
--   machine_opened  bigint   of which opened by programs only
--   clicked         bigint   of which who clicked or converted
--   checked         bigint   of which clicks that a time or a link can check
--   doubted         bigint   clicks, without conversion, that may be a robot's
--   converted       bigint   of which who converted
--   late            bigint   of which on a day after the window
--   to_call         bigint   clicked, neither converted nor opted out nor complained
--   doubted_call    bigint   of which clicks that may be a robot's
--   second_mail     bigint   opened, neither clicked nor opted out nor complained

with

final as (
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
)

select * from final
