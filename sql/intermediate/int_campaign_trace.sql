-- What each person left in each campaign, the rows of a person put together.
-- grain: campaign_id, person_id
-- columns:
--   campaign_id         varchar    campaign
--   person_id           varchar    contact, else e-mail, else what the row gives
--   contact_id          varchar    contact, when it is in the exports
--   contact             varchar    contact, as the exports write it
--   email               varchar    e-mail address
--   name                varchar    name
--   first_name          varchar    first name
--   last_name           varchar    last name
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

final as (
    select
        int_campaign_row.campaign_id,
        int_campaign_row.person_id,
        min(int_campaign_row.contact_id) as contact_id,
        min(int_campaign_row.contact) as contact,
        min(int_campaign_row.email) as email,
        max(int_campaign_row.name) as name,
        max(int_campaign_row.first_name) as first_name,
        max(int_campaign_row.last_name) as last_name,
        max(int_campaign_row.company) as company,
        max(int_campaign_row.title) as title,
        max(int_campaign_row.phone) as phone,
        bool_or(
            not (
                int_campaign_row.is_untouched
                or coalesce(int_campaign_row.stage = 'targeted', false)
            )
            or int_campaign_row.opens
            or int_campaign_row.clicks
            or int_campaign_row.converts
        )
        -- A mail that was prepared and then dropped was not sent.
        or (
            bool_or(coalesce(int_campaign_row.stage = 'targeted', false))
            and not bool_or(coalesce(int_campaign_row.stage = 'not_sent', false))
        ) as is_targeted,
        bool_or(
            coalesce(int_campaign_row.stage = 'not_sent', false)
            or coalesce(not int_campaign_row.is_targeted, false)
        ) as is_suppressed,
        bool_or(int_campaign_row.bounces_soft) as is_soft,
        bool_or(int_campaign_row.bounces_hard) as is_hard,
        bool_or(int_campaign_row.refuses) as has_refused,
        bool_or(int_campaign_row.complains) as has_complained,
        bool_or(int_campaign_row.opens) as has_opened,
        bool_or(int_campaign_row.clicks) as has_clicked,
        bool_or(int_campaign_row.converts) as is_converted,
        bool_or(int_campaign_row.opens)
        and not bool_or(int_campaign_row.opens and not int_campaign_row.by_machine)
            as is_machine_opened,
        bool_or(int_campaign_row.clicks)
        and not bool_or(
            int_campaign_row.clicks and not int_campaign_row.clicks_by_machine
        ) as is_machine_clicked,
        sum(int_campaign_row.click_count) as click_count,
        count(distinct int_campaign_row.link) filter (
            where int_campaign_row.clicks
        ) as links,
        min(int_campaign_row.sent_at) as sent_at,
        min(int_campaign_row.opened_at) as opened_at,
        max(int_campaign_row.clicked_at) filter (
            where not int_campaign_row.is_way_out
        ) as clicked_at,
        max(int_campaign_row.clicked_date) filter (
            where not int_campaign_row.is_way_out
        ) as clicked_day,
        min(int_campaign_row.converted_day) as converted_day
    from int_campaign_row
    group by int_campaign_row.campaign_id, int_campaign_row.person_id
)

select * from final
order by campaign_id
