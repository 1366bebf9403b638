-- Days off as given, one row an absence.
-- grain: record_key
-- columns:
--   record_key  varchar    identity of the record across imports
--   start_at    timestamp  first moment off, UTC
--   start_date  date       day of start_at where the export has no time
--   end_at      timestamp  last moment off, UTC
--   end_date    date       day of end_at where the export has no time
--   user_ref    varchar    user as the export writes it
--   share       double     part of the day off, 0 to 1

with

source as (
    select * from raw_absence
),

ranked as (
    select
        source.*,
        row_number() over (
            partition by source.record_key
            order by source.import_seq desc, source.source_line desc
        ) as recency
    from source
),

final as (
    select
        ranked.record_key,
        ranked.start_at,
        ranked.start_date,
        ranked.end_at,
        ranked.end_date,
        ranked.user as user_ref,
        least(1, greatest(0, coalesce(ranked.share, 1))) as share
    from ranked
    where
        ranked.recency = 1
)

select * from final
