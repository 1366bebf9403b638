-- Calls, mails, meetings and tasks, one row each, without invitees' copies. A mail that
-- the CRM also keeps as a task is the task, which knows its account and contact.
-- grain: record_key
-- stored: no
-- columns:
--   record_key      varchar    identity of the record across imports
--   activity_at     timestamp  moment of the activity, UTC
--   activity_date   date       day of activity_at where the export has no time
--   completed_at    timestamp  moment it was completed, UTC
--   completed_date  date       day of completed_at where the export has no time
--   is_done         boolean    whether it took place; null when the export does not say
--   owner           varchar    user who holds the record, as the export writes it
--   account         varchar    account, as the export writes it
--   contact         varchar    contact, as the export writes it
--   related         varchar    other record it is about, as the export writes it
--   created_by      varchar    user who made the record, as the export writes it
--   modified_by     varchar    who last changed the record, as the export writes it
--   created_at      timestamp  moment it was created, UTC
--   created_date    date       day of created_at where the export has no time
--   kind            varchar    call, email, meeting, task or other
--   subtype         varchar    kind as the export writes it, when it does
--   channel         varchar    web_meeting, chat, social or note, where told
--   direction       varchar    in or out, where the export tells
--   outcome         varchar    reached or missed, where the export tells of a call
--   duration        double     seconds that the call lasted
--   is_mass         boolean    whether it was sent to many at once

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
    from raw_activity as source
    where source.is_repeated
),

latest as (
    select
        source.*,
        cast(1 as bigint) as recency
    from raw_activity as source
    where not source.is_repeated
    union all
    select ranked.*
    from ranked
    where ranked.recency = 1
),

tasks as (
    select latest.activity_id
    from latest
    where
        latest.activity_id is not null
        and latest.logged_as is null
        and latest.kind = 'email'
        and coalesce(latest.is_deleted, false) = false
        and coalesce(latest.is_copy, false) = false
),

final as (
    select
        latest.record_key,
        latest.activity_at,
        latest.activity_date,
        latest.completed_at,
        latest.completed_date,
        latest.is_done,
        latest.owner,
        latest.account,
        latest.contact,
        latest.related,
        latest.created_by,
        latest.modified_by,
        latest.created_at,
        latest.created_date,
        coalesce(latest.kind, 'other') as kind,
        latest.subtype,
        latest.channel,
        latest.direction,
        latest.outcome,
        latest.duration,
        coalesce(latest.is_mass, false) as is_mass
    from latest
    where
        coalesce(latest.is_deleted, false) = false
        and coalesce(latest.is_copy, false) = false
        and (
            latest.logged_as is null
            or not exists (
                select 1
                from tasks
                where tasks.activity_id = latest.logged_as
            )
        )
)

select * from final
