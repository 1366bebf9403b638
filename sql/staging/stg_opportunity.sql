-- Opportunities that exist, one row each: the latest import wins.
-- grain: opportunity_id
-- columns:
--   name            varchar    name
--   account         varchar    account, as the export writes it
--   contact         varchar    contact, as the export writes it
--   campaign        varchar    campaign, as the export writes it
--   owner           varchar    user who holds the record, as the export writes it
--   amount          double     amount in its currency
--   currency        varchar    ISO 4217 code of the amounts
--   stage           varchar    stage, as the export writes it
--   next_step       varchar    what is to be done next
--   created_by      varchar    user who made the record, as the export writes it
--   modified_by     varchar    who last changed the record, as the export writes it
--   created_at      timestamp  moment it was created, UTC
--   created_date    date       day of created_at where the export has no time
--   modified_at     timestamp  moment it was modified, UTC
--   modified_date   date       day of modified_at where the export has no time
--   close_at        timestamp  moment of closing, expected while it is open, UTC
--   close_date      date       day of close_at where the export has no time
--   source_file     varchar    file it was read from
--   opportunity_id  varchar    identifier
--   is_won          boolean    whether it was won
--   is_closed       boolean    whether it was won or lost

with

source as (
    select * from raw_opportunity
),

ranked as (
    select
        source.*,
        row_number() over (
            partition by coalesce(source.opportunity_id, source.record_key)
            order by source.import_seq desc, source.source_line desc
        ) as recency
    from source
),

final as (
    select
        ranked.name,
        ranked.account,
        ranked.contact,
        ranked.campaign,
        ranked.owner,
        ranked.amount,
        ranked.currency,
        ranked.stage,
        ranked.next_step,
        ranked.created_by,
        ranked.modified_by,
        ranked.created_at,
        ranked.created_date,
        ranked.modified_at,
        ranked.modified_date,
        ranked.close_at,
        ranked.close_date,
        ranked.source_file,
        coalesce(ranked.opportunity_id, ranked.record_key) as opportunity_id,
        coalesce(ranked.status = 'won', ranked.is_won, false) as is_won,
        coalesce(
            ranked.status in ('won', 'lost'), ranked.is_closed, ranked.is_won, false
        ) as is_closed
    from ranked
    where
        ranked.recency = 1
        and coalesce(ranked.is_deleted, false) = false
)

select * from final
