-- What each person left in each campaign. A person is the contact that the row points
-- to, else the one with its e-mail, else the e-mail without what follows a plus sign.
-- grain: campaign_id, person_id
-- columns:
--   campaign_id         varchar    campaign
--   person_id           varchar    contact, else e-mail, else what the row gives
--   contact_id          varchar    contact, when it is in the exports
--   email               varchar    e-mail address
--   name                varchar    name
--   company             varchar    company
--   title               varchar    job title
--   phone               varchar    telephone
--   is_targeted         boolean    written to
--   is_suppressed       boolean    told to have been left out of the sending
--   is_soft             boolean    bounced, not for good
--   is_hard             boolean    bounced for good
--   has_refused         boolean    opted out in this campaign
--   has_complained      boolean    reported the mail as unwanted
--   has_opened          boolean    opened
--   has_clicked         boolean    clicked, or responded where no status tells more
--   is_converted        boolean    converted
--   is_machine_opened   boolean    the tool tells of openings by programs only
--   is_machine_clicked  boolean    the tool tells of clicks by programs only
--   click_count         double     clicks
--   links               bigint     different links clicked
--   sent_at             timestamp  first sending or delivery, UTC
--   opened_at           timestamp  first opening, UTC
--   clicked_at          timestamp  last click, UTC
--   clicked_day         date       day of the last click where the export has no time
--   converted_day       date       first dated conversion

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
        coalesce(stg_campaign_member.stage, '') as step,
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

stepped as (
    select
        rows_known.*,
        rows_known.step = 'opted_out'
        or coalesce(rows_known.is_opted_out, false) as refuses,
        rows_known.step = 'complained'
        or coalesce(rows_known.is_complained, false) as complains,
        rows_known.step = 'converted'
        or coalesce(rows_known.is_converted, false) as converts,
        not rows_known.is_way_out
        and (
            rows_known.step = 'clicked'
            or coalesce(rows_known.is_clicked, false)
            or coalesce(rows_known.click_count > 0, false)
            or (rows_known.step = '' and coalesce(rows_known.has_responded, false))
        ) as clicks,
        rows_known.step = 'opened'
        or coalesce(rows_known.is_opened, false)
        or rows_known.is_way_out as opens,
        rows_known.step = 'bounced_hard'
        or coalesce(rows_known.is_bounced_hard, false) as bounces_hard,
        rows_known.step = 'bounced_soft'
        or coalesce(rows_known.is_bounced_soft, false) as bounces_soft,
        rows_known.step in ('base', 'not_sent')
        or (rows_known.step = '' and coalesce(not rows_known.is_targeted, false))
            as is_untouched,
        coalesce(rows_known.is_machine, false) as by_machine,
        -- Where one row sums up a person, a program is said of the opening.
        coalesce(rows_known.is_machine and rows_known.step = 'clicked', false)
            as clicks_by_machine
    from rows_known
),

final as (
    select
        stepped.campaign_id,
        stepped.person_id,
        min(stepped.contact_id) as contact_id,
        min(stepped.email) as email,
        max(stepped.name) as name,
        max(stepped.company) as company,
        max(stepped.title) as title,
        max(stepped.phone) as phone,
        bool_or(
            not (stepped.is_untouched or stepped.step = 'targeted')
            or stepped.opens or stepped.clicks or stepped.converts
        )
        -- A mail that was prepared and then dropped was not sent.
        or (
            bool_or(stepped.step = 'targeted')
            and not bool_or(stepped.step = 'not_sent')
        ) as is_targeted,
        bool_or(stepped.step = 'not_sent' or coalesce(not stepped.is_targeted, false))
            as is_suppressed,
        bool_or(stepped.bounces_soft) as is_soft,
        bool_or(stepped.bounces_hard) as is_hard,
        bool_or(stepped.refuses) as has_refused,
        bool_or(stepped.complains) as has_complained,
        bool_or(stepped.opens) as has_opened,
        bool_or(stepped.clicks) as has_clicked,
        bool_or(stepped.converts) as is_converted,
        bool_or(stepped.opens)
        and not bool_or(stepped.opens and not stepped.by_machine) as is_machine_opened,
        bool_or(stepped.clicks)
        and not bool_or(stepped.clicks and not stepped.clicks_by_machine)
            as is_machine_clicked,
        sum(stepped.click_count) as click_count,
        count(distinct stepped.link) filter (where stepped.clicks) as links,
        min(stepped.sent_at) as sent_at,
        min(stepped.opened_at) as opened_at,
        max(stepped.clicked_at) filter (where not stepped.is_way_out) as clicked_at,
        max(stepped.clicked_date) filter (where not stepped.is_way_out) as clicked_day,
        min(stepped.converted_day) as converted_day
    from stepped
    group by stepped.campaign_id, stepped.person_id
)

select * from final
