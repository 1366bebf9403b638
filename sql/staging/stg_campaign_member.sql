-- Traces of persons in campaigns; several rows of one person add up.
-- grain: record_key
-- columns:
--   record_key       varchar    identity of the record across imports
--   contact          varchar    contact, as the export writes it
--   email            varchar    e-mail address, lower case
--   company          varchar    company
--   title            varchar    job title
--   phone            varchar    telephone
--   stage            varchar    furthest step of the row
--   has_responded    boolean    whether the tool says the person responded
--   is_targeted      boolean    whether the record is targeted
--   is_delivered     boolean    whether the record is delivered
--   is_opened        boolean    whether the record is opened
--   is_clicked       boolean    whether the record is clicked
--   is_converted     boolean    whether the record is converted
--   is_bounced_hard  boolean    whether the record is bounced hard
--   is_bounced_soft  boolean    whether the record is bounced soft
--   is_opted_out     boolean    whether the record is opted out
--   is_complained    boolean    whether the record is complained
--   click_count      double     clicks
--   link             varchar    link that was clicked
--   is_machine       boolean    whether the tool says a program opened or clicked
--   created_by       varchar    user who made the record, as the export writes it
--   modified_by      varchar    who last changed the record, as the export writes it
--   created_at       timestamp  moment it was created, UTC
--   created_date     date       day of created_at where the export has no time
--   modified_at      timestamp  moment it was modified, UTC
--   modified_date    date       day of modified_at where the export has no time
--   source_file      varchar    file the row came from
--   campaign         varchar    campaign as the export writes it, else the file
--   campaign_name    varchar    its name, where the export gives one
--   first_name       varchar    first name
--   last_name        varchar    last name
--   name             varchar    name
--   sent_at          timestamp  moment it was sent or delivered, UTC
--   opened_at        timestamp  moment it was opened, UTC
--   clicked_at       timestamp  moment it was clicked, UTC
--   clicked_date     date       day of clicked_at where the export has no time
--   converted_day    date       day of a dated conversion, in UTC

with

-- Later imports of a record replace the earlier ones. Rows that are not repeated are
-- only passed on: the table is read twice, by name, so that nothing is kept of it.
ranked as (
    select
        source.*,
        row_number() over (
            partition by source.record_key
            order by source.import_seq desc, source.source_line desc
        ) as recency
    from raw_campaign_member as source
    where source.is_repeated
),

latest as (
    select
        source.*,
        cast(1 as bigint) as recency
    from raw_campaign_member as source
    where not source.is_repeated
    union all
    select ranked.*
    from ranked
    where ranked.recency = 1
),

final as (
    select
        latest.record_key,
        latest.contact,
        latest.email,
        latest.company,
        latest.title,
        latest.phone,
        latest.stage,
        latest.has_responded,
        latest.is_targeted,
        latest.is_delivered,
        latest.is_opened,
        latest.is_clicked,
        latest.is_converted,
        latest.is_bounced_hard,
        latest.is_bounced_soft,
        latest.is_opted_out,
        latest.is_complained,
        latest.click_count,
        latest.link,
        latest.is_machine,
        latest.created_by,
        latest.modified_by,
        latest.created_at,
        latest.created_date,
        latest.modified_at,
        latest.modified_date,
        latest.source_file,
        coalesce(latest.campaign, latest.campaign_name, latest.source_file)
            as campaign,
        latest.campaign_name,
        latest.first_name,
        latest.last_name,
        coalesce(
            latest.name,
            nullif(trim(concat(latest.first_name, ' ', latest.last_name)), '')
        ) as name,
        -- The moment of an event is that of what its row tells.
        coalesce(
            latest.sent_at,
            case when latest.stage in ('targeted', 'delivered') then latest.event_at end
        ) as sent_at,
        coalesce(
            latest.opened_at, case when latest.stage = 'opened' then latest.event_at end
        ) as opened_at,
        coalesce(
            latest.clicked_at,
            case when latest.stage = 'clicked' then latest.event_at end
        ) as clicked_at,
        coalesce(
            latest.clicked_date,
            case when latest.stage = 'clicked' then latest.event_date end
        ) as clicked_date,
        case
            when latest.stage = 'converted'
                then coalesce(latest.event_date, cast(latest.event_at as date))
        end as converted_day
    from latest
    where
        coalesce(latest.is_deleted, false) = false
)

select * from final
