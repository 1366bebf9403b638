-- Rows of campaigns' files, each with its campaign, its person and what it tells. A
-- person is the contact that the row points to, else the one with its e-mail, else the
-- e-mail, without what follows a plus sign.
-- grain: record_key
-- columns:
--   record_key         varchar    identity of the record across imports
--   campaign_id        varchar    campaign
--   person_id          varchar    contact, else e-mail, else what the row gives
--   contact_id         varchar    contact, when it is in the exports
--   contact            varchar    contact, as the export writes it
--   email              varchar    e-mail address
--   name               varchar    name
--   first_name         varchar    first name
--   last_name          varchar    last name
--   company            varchar    company
--   title              varchar    job title
--   phone              varchar    telephone
--   click_count        double     clicks
--   link               varchar    link that was clicked
--   sent_at            timestamp  moment it was sent or delivered, UTC
--   opened_at          timestamp  moment it was opened, UTC
--   clicked_at         timestamp  moment it was clicked, UTC
--   clicked_date       date       day of clicked_at where the export has no time
--   stage              varchar    furthest step of the row
--   is_targeted        boolean    whether the tool says it was written to
--   converted_day      date       day of a dated conversion, in UTC
--   modified_at        timestamp  moment the row was modified, UTC
--   modified_date      date       day of modified_at where the export has no time
--   is_way_out         boolean    the link opts out, or sets what is received
--   refuses            boolean    opted out
--   complains          boolean    reported the mail as unwanted
--   converts           boolean    converted
--   clicks             boolean    clicked, or responded where no status tells more
--   opens              boolean    opened
--   bounces_hard       boolean    bounced for good
--   bounces_soft       boolean    bounced, not for good
--   is_untouched       boolean    not written to
--   by_machine         boolean    the tool says a program did it
--   clicks_by_machine  boolean    the tool says a program clicked

with

emails as (
    select
        int_contact_person.email,
        min(int_contact_person.person_id) as person_id
    from int_contact_person
    where int_contact_person.email is not null and int_contact_person.is_in_base
    group by int_contact_person.email
),

rows_known as (
    select
        stg_campaign_member.*,
        int_campaign_ref.campaign_id,
        coalesce(by_id.person_id, by_ref.person_id, by_email.person_id) as contact_id,
        coalesce(
            by_id.person_id,
            by_ref.person_id,
            by_email.person_id,
            regexp_replace(stg_campaign_member.email, '[+][^@]*@', '@'),
            stg_campaign_member.contact,
            stg_campaign_member.name,
            stg_campaign_member.record_key
        ) as person_id,
        -- A click on the way out is an opening.
        coalesce(
            regexp_matches(
                lower(stg_campaign_member.link),
                'unsub|opt-?out|preference|d[eé]sabonn|d[eé]sinscri'
            ),
            false
        ) as is_way_out
    from stg_campaign_member
    inner join int_campaign_ref on stg_campaign_member.campaign = int_campaign_ref.ref
    left join int_contact_person as by_id
        on stg_campaign_member.contact = by_id.contact_id
    left join emails as by_ref on lower(stg_campaign_member.contact) = by_ref.email
    left join emails as by_email
        on
            regexp_replace(stg_campaign_member.email, '[+][^@]*@', '@')
            = by_email.email
),

final as (
    select
        rows_known.record_key,
        rows_known.campaign_id,
        rows_known.person_id,
        rows_known.contact_id,
        rows_known.contact,
        rows_known.email,
        rows_known.name,
        rows_known.first_name,
        rows_known.last_name,
        rows_known.company,
        rows_known.title,
        rows_known.phone,
        rows_known.click_count,
        rows_known.link,
        rows_known.sent_at,
        rows_known.opened_at,
        rows_known.clicked_at,
        rows_known.clicked_date,
        rows_known.stage,
        rows_known.is_targeted,
        rows_known.converted_day,
        rows_known.modified_at,
        rows_known.modified_date,
        rows_known.is_way_out,
        coalesce(rows_known.stage = 'opted_out', false)
        or coalesce(rows_known.is_opted_out, false) as refuses,
        coalesce(rows_known.stage = 'complained', false)
        or coalesce(rows_known.is_complained, false) as complains,
        coalesce(rows_known.stage = 'converted', false)
        or coalesce(rows_known.is_converted, false) as converts,
        not rows_known.is_way_out
        and (
            coalesce(rows_known.stage = 'clicked', false)
            or coalesce(rows_known.is_clicked, false)
            or coalesce(rows_known.click_count > 0, false)
            or (rows_known.stage is null and coalesce(rows_known.has_responded, false))
        ) as clicks,
        coalesce(rows_known.stage = 'opened', false)
        or coalesce(rows_known.is_opened, false)
        or rows_known.is_way_out as opens,
        coalesce(rows_known.stage = 'bounced_hard', false)
        or coalesce(rows_known.is_bounced_hard, false) as bounces_hard,
        coalesce(rows_known.stage = 'bounced_soft', false)
        or coalesce(rows_known.is_bounced_soft, false) as bounces_soft,
        coalesce(rows_known.stage in ('base', 'not_sent'), false)
        or (
            rows_known.stage is null
            and coalesce(not rows_known.is_targeted, false)
        ) as is_untouched,
        coalesce(rows_known.is_machine, false) as by_machine,
        -- Where one row sums up a person, a program is said of the opening.
        coalesce(rows_known.is_machine and rows_known.stage = 'clicked', false)
            as clicks_by_machine
    from rows_known
)

select * from final
