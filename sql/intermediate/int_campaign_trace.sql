-- What each person left in each campaign, the rows of a person put together. A person
-- is the contact that the row points to, else the one with its e-mail, else the e-mail.
-- grain: campaign_id, person_id
-- columns:
--   campaign_id   varchar    campaign
--   person_id     varchar    contact, else e-mail, else what the row gives
--   contact_id    varchar    contact, when it is in the exports
--   email         varchar    e-mail address
--   name          varchar    name
--   company       varchar    company
--   title         varchar    job title
--   phone         varchar    telephone
--   is_targeted   boolean    written to
--   is_soft       boolean    bounced, not for good
--   is_hard       boolean    bounced for good
--   has_refused   boolean    opted out or complained in this campaign
--   has_opened    boolean    opened
--   has_clicked   boolean    clicked, or responded where the status says nothing more
--   is_converted  boolean    converted
--   click_count   double     clicks
--   clicked_at    timestamp  last click, UTC
--   clicked_day   date       day of the last click where the export has no time
--   response_day  date       first day of a click or a conversion, where it is told

with

emails as (
    select
        int_contact.email,
        min(int_contact.contact_id) as contact_id
    from int_contact
    where int_contact.email is not null and int_contact.is_in_base
    group by int_contact.email
),

rows_known as (
    select
        stg_campaign_member.*,
        int_campaign_ref.campaign_id,
        coalesce(by_id.contact_id, by_ref.contact_id, by_email.contact_id)
            as contact_id,
        coalesce(
            by_id.contact_id,
            by_ref.contact_id,
            by_email.contact_id,
            stg_campaign_member.email,
            stg_campaign_member.contact,
            stg_campaign_member.name,
            stg_campaign_member.record_key
        ) as person_id
    from stg_campaign_member
    inner join int_campaign_ref on stg_campaign_member.campaign = int_campaign_ref.ref
    left join int_contact as by_id on stg_campaign_member.contact = by_id.contact_id
    left join emails as by_ref on lower(stg_campaign_member.contact) = by_ref.email
    left join emails as by_email on stg_campaign_member.email = by_email.email
),

stepped as (
    select
        rows_known.*,
        coalesce(rows_known.stage in ('opted_out', 'complained'), false)
        or coalesce(rows_known.is_opted_out, false)
        or coalesce(rows_known.is_complained, false) as refuses,
        coalesce(rows_known.stage = 'converted', false)
        or coalesce(rows_known.is_converted, false) as converts,
        coalesce(rows_known.stage = 'clicked', false)
        or coalesce(rows_known.is_clicked, false)
        or coalesce(rows_known.click_count > 0, false)
        or (rows_known.stage is null and coalesce(rows_known.has_responded, false))
            as clicks,
        coalesce(rows_known.stage = 'opened', false)
        or coalesce(rows_known.is_opened, false) as opens,
        coalesce(rows_known.stage = 'bounced_hard', false)
        or coalesce(rows_known.is_bounced_hard, false) as bounces_hard,
        coalesce(rows_known.stage = 'bounced_soft', false)
        or coalesce(rows_known.is_bounced_soft, false) as bounces_soft,
        coalesce(rows_known.stage in ('base', 'not_sent'), false)
        or (
            rows_known.stage is null
            and coalesce(not rows_known.is_targeted, false)
        ) as is_untouched,
        coalesce(
            rows_known.responded_date,
            rows_known.clicked_date,
            rows_known.event_date,
            cast(
                timezone(
                    setting.timezone,
                    timezone(
                        'UTC',
                        coalesce(
                            rows_known.responded_at,
                            rows_known.clicked_at,
                            rows_known.event_at
                        )
                    )
                ) as date
            )
        ) as told_day
    from rows_known
    cross join setting
),

final as (
    select
        stepped.campaign_id,
        stepped.person_id,
        min(stepped.contact_id) as contact_id,
        max(stepped.email) as email,
        max(stepped.name) as name,
        max(stepped.company) as company,
        max(stepped.title) as title,
        max(stepped.phone) as phone,
        bool_or(
            not stepped.is_untouched
            or stepped.opens
            or stepped.clicks
            or stepped.converts
        ) as is_targeted,
        bool_or(stepped.bounces_soft) as is_soft,
        bool_or(stepped.bounces_hard) as is_hard,
        bool_or(stepped.refuses) as has_refused,
        bool_or(stepped.opens) as has_opened,
        bool_or(stepped.clicks) as has_clicked,
        bool_or(stepped.converts) as is_converted,
        sum(stepped.click_count) as click_count,
        max(stepped.clicked_at) as clicked_at,
        max(stepped.clicked_date) as clicked_day,
        min(stepped.told_day) filter (where stepped.clicks or stepped.converts)
            as response_day
    from stepped
    group by stepped.campaign_id, stepped.person_id
)

select * from final
