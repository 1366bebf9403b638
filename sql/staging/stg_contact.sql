-- Contacts and leads that exist, one row each: the latest import wins.
-- grain: contact_id
-- columns:
--   account             varchar    account, as the export writes it
--   email               varchar    e-mail address, lower case
--   company             varchar    company written on a lead
--   title               varchar    job title
--   phone               varchar    telephone
--   mobile              varchar    mobile telephone
--   owner               varchar    user who holds the record, as the export writes it
--   last_activity_at    timestamp  moment of the last activity, UTC
--   last_activity_date  date       day of last_activity_at where the export has no time
--   created_by          varchar    user who made the record, as the export writes it
--   modified_by         varchar    who last changed the record, as the export writes it
--   created_at          timestamp  moment it was created, UTC
--   created_date        date       day of created_at where the export has no time
--   modified_at         timestamp  moment it was modified, UTC
--   modified_date       date       day of modified_at where the export has no time
--   source_file         varchar    file it was read from
--   contact_id          varchar    identifier, else the e-mail
--   first_name          varchar    first name
--   last_name           varchar    last name
--   name                varchar    name
--   is_lead             boolean    whether it is a lead, not yet a contact
--   is_converted        boolean    whether the lead became a contact
--   is_opted_out        boolean    whether the person refuses mails; null when not said
--   is_bounced          boolean    whether mails to the person come back
--   do_not_call         boolean    whether the person refuses calls

with

source as (
    select * from raw_contact
),

ranked as (
    select
        source.*,
        row_number() over (
            partition by coalesce(source.contact_id, source.email, source.record_key)
            order by source.import_seq desc, source.source_line desc
        ) as recency
    from source
),

final as (
    select
        ranked.account,
        ranked.email,
        ranked.company,
        ranked.title,
        ranked.phone,
        ranked.mobile,
        ranked.owner,
        ranked.last_activity_at,
        ranked.last_activity_date,
        ranked.created_by,
        ranked.modified_by,
        ranked.created_at,
        ranked.created_date,
        ranked.modified_at,
        ranked.modified_date,
        ranked.source_file,
        coalesce(ranked.contact_id, ranked.email, ranked.record_key) as contact_id,
        ranked.first_name,
        ranked.last_name,
        coalesce(
            ranked.name,
            nullif(trim(concat(ranked.first_name, ' ', ranked.last_name)), '')
        ) as name,
        coalesce(ranked.is_lead, false) as is_lead,
        coalesce(ranked.is_converted, false) as is_converted,
        case
            when ranked.opted_out_at is not null or ranked.opted_out_date is not null
                then true
            else ranked.is_opted_out
        end as is_opted_out,
        coalesce(ranked.is_bounced, false) or ranked.bounced_at is not null
        or ranked.bounced_date is not null as is_bounced,
        coalesce(ranked.do_not_call, false) as do_not_call
    from ranked
    where
        ranked.recency = 1
        and coalesce(ranked.is_deleted, false) = false
)

select * from final
