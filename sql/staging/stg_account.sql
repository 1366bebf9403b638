-- Accounts that exist, one row each: the latest import wins.
-- grain: account_id
-- columns:
--   name                varchar    name
--   account_type        varchar    kind of account in the CRM
--   industry            varchar    industry
--   phone               varchar    telephone
--   website             varchar    web site
--   city                varchar    town
--   postcode            varchar    postal code
--   registration        varchar    number in the register of companies (SIREN, SIRET)
--   owner               varchar    user who holds the record, as the export writes it
--   created_by          varchar    user who made the record, as the export writes it
--   modified_by         varchar    who last changed the record, as the export writes it
--   created_at          timestamp  moment it was created, UTC
--   created_date        date       day of created_at where the export has no time
--   modified_at         timestamp  moment it was modified, UTC
--   modified_date       date       day of modified_at where the export has no time
--   last_activity_at    timestamp  moment of the last activity, UTC
--   last_activity_date  date       day of last_activity_at where the export has no time
--   source_file         varchar    file it was read from
--   account_id          varchar    identifier, else the name
--   is_person           boolean    whether the account is a private person

with

source as (
    select * from raw_account
),

ranked as (
    select
        source.*,
        row_number() over (
            partition by coalesce(source.account_id, source.name, source.record_key)
            order by source.import_seq desc, source.source_line desc
        ) as recency
    from source
),

final as (
    select
        ranked.name,
        ranked.account_type,
        ranked.industry,
        ranked.phone,
        ranked.website,
        ranked.city,
        ranked.postcode,
        ranked.registration,
        ranked.owner,
        ranked.created_by,
        ranked.modified_by,
        ranked.created_at,
        ranked.created_date,
        ranked.modified_at,
        ranked.modified_date,
        ranked.last_activity_at,
        ranked.last_activity_date,
        ranked.source_file,
        coalesce(ranked.account_id, ranked.name, ranked.record_key) as account_id,
        coalesce(ranked.is_person, false) as is_person
    from ranked
    where
        ranked.recency = 1
        and coalesce(ranked.is_deleted, false) = false
)

select * from final
