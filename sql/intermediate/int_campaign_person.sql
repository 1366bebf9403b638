-- The steps each person of a campaign reached; each step is part of the one before, and
-- bounced and opted out are exits. Who bounced for good neither received nor opened;
-- who bounced for a while and then opened did receive.
-- grain: campaign_id, person_id
-- columns:
--   campaign_id        varchar    campaign
--   person_id          varchar    contact, else e-mail, else what the row gives
--   contact_id         varchar    contact, when it is in the exports
--   mobile             varchar    mobile telephone
--   owner_id           varchar    user who holds the contact
--   account_id         varchar    account
--   is_targeted        boolean    written to
--   click_count        double     clicks
--   opened_at          timestamp  first opening, UTC
--   clicked_at         timestamp  last click, UTC
--   click_check        boolean    whether the click can be checked; null without one
--   click_doubt        varchar    why the click may be a robot's (int_campaign_click)
--   name               varchar    name
--   email              varchar    e-mail address
--   company            varchar    account, else company
--   title              varchar    job title
--   phone              varchar    telephone
--   do_not_call        boolean    whether the person refuses calls
--   is_suppressed      boolean    told to have been left out of the sending
--   is_bounced         boolean    the mail came back
--   is_bounced_hard    boolean    the mail came back for good
--   is_delivered       boolean    written to and not bounced
--   is_opted_out       boolean    delivered, and opted out in the campaign or since
--   is_complained      boolean    delivered, and reported the mail as unwanted
--   is_opened          boolean    opened, clicked or converted
--   is_machine_opened  boolean    opened by programs only, as the tool tells
--   is_clicked         boolean    clicked or converted
--   is_converted       boolean    converted
--   is_late            boolean    converted on a day after the window
--   clicked_day        date       day of the last click, in the company's time zone

with

settled as (
    select
        int_campaign_trace.*,
        int_campaign_trace.is_hard
        or (
            int_campaign_trace.is_soft
            and not int_campaign_trace.has_opened
            and not int_campaign_trace.has_clicked
            and not int_campaign_trace.is_converted
        ) as is_bounced
    from int_campaign_trace
),

final as (
    select
        settled.campaign_id,
        settled.person_id,
        settled.contact_id,
        int_contact.mobile,
        int_contact.owner_id,
        int_contact.account_id,
        settled.is_targeted,
        settled.click_count,
        settled.opened_at,
        settled.clicked_at,
        int_campaign_click.click_check,
        int_campaign_click.click_doubt,
        coalesce(int_contact.name, settled.name, settled.email, settled.person_id)
            as name,
        coalesce(int_contact.email, settled.email) as email,
        coalesce(int_contact.company, settled.company) as company,
        coalesce(int_contact.title, settled.title) as title,
        coalesce(int_contact.phone, settled.phone) as phone,
        coalesce(int_contact.do_not_call, false) as do_not_call,
        settled.is_suppressed and not settled.is_targeted as is_suppressed,
        settled.is_targeted and settled.is_bounced as is_bounced,
        settled.is_targeted and settled.is_hard as is_bounced_hard,
        settled.is_targeted and not settled.is_bounced as is_delivered,
        settled.is_targeted
        and not settled.is_bounced
        and (settled.has_refused or coalesce(int_contact_person.is_opted_out, false))
            as is_opted_out,
        settled.is_targeted and not settled.is_bounced and settled.has_complained
            as is_complained,
        not settled.is_bounced
        and (settled.has_opened or settled.has_clicked or settled.is_converted)
            as is_opened,
        not settled.is_bounced
        and settled.is_machine_opened
        and not settled.has_clicked
        and not settled.is_converted as is_machine_opened,
        not settled.is_bounced and (settled.has_clicked or settled.is_converted)
            as is_clicked,
        not settled.is_bounced and settled.is_converted as is_converted,
        not settled.is_bounced
        and settled.is_converted
        and coalesce(
            settled.converted_day
            > int_campaign.start_day + cast(chosen_campaign.window_days as integer),
            false
        ) as is_late,
        coalesce(
            settled.clicked_day,
            cast(
                timezone(setting.timezone, timezone('UTC', settled.clicked_at)) as date
            )
        ) as clicked_day
    from settled
    cross join setting
    cross join chosen_campaign
    left join int_campaign on settled.campaign_id = int_campaign.campaign_id
    left join int_contact on settled.contact_id = int_contact.contact_id
    left join int_contact_person
        on settled.contact_id = int_contact_person.contact_id
    left join int_campaign_click
        on
            settled.campaign_id = int_campaign_click.campaign_id
            and settled.person_id = int_campaign_click.person_id
)

select * from final
order by campaign_id
