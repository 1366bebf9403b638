-- Campaigns that exist, one row each: the latest import wins.
-- grain: campaign_id
-- columns:
--   campaign_type  varchar    kind of campaign in the tool
--   status         varchar    status in the tool
--   start_at       timestamp  start of the campaign, UTC
--   start_date     date       day of start_at where the export has no time
--   cost           double     actual cost
--   budget         double     cost foreseen
--   currency       varchar    ISO 4217 code of the amounts
--   sent_count     double     persons the tool says it wrote to
--   owner          varchar    user who holds the record, as the export writes it
--   created_by     varchar    user who made the record, as the export writes it
--   modified_by    varchar    who last changed the record, as the export writes it
--   created_at     timestamp  moment it was created, UTC
--   created_date   date       day of created_at where the export has no time
--   modified_at    timestamp  moment it was modified, UTC
--   modified_date  date       day of modified_at where the export has no time
--   source_file    varchar    file the row came from
--   campaign_id    varchar    identifier, else the name
--   name           varchar    name

with

source as (
    select * from raw_campaign
),

ranked as (
    select
        source.*,
        row_number() over (
            partition by coalesce(source.campaign_id, source.name, source.record_key)
            order by source.import_seq desc, source.source_line desc
        ) as recency
    from source
),

final as (
    select
        ranked.campaign_type,
        ranked.status,
        ranked.start_at,
        ranked.start_date,
        ranked.cost,
        ranked.budget,
        ranked.currency,
        ranked.sent_count,
        ranked.owner,
        ranked.created_by,
        ranked.modified_by,
        ranked.created_at,
        ranked.created_date,
        ranked.modified_at,
        ranked.modified_date,
        ranked.source_file,
        coalesce(ranked.campaign_id, ranked.name, ranked.record_key) as campaign_id,
        coalesce(ranked.name, ranked.campaign_id) as name
    from ranked
    where
        ranked.recency = 1
        and coalesce(ranked.is_deleted, false) = false
)

select * from final
