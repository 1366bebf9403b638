-- Any other record of the CRM, one row each: the latest import wins.
-- grain: record_key
-- columns:
--   record_key     varchar    identity of the record across imports
--   record_type    varchar    object in the CRM
--   owner          varchar    user who holds the record, as the export writes it
--   created_by     varchar    user who made the record, as the export writes it
--   modified_by    varchar    who last changed the record, as the export writes it
--   created_at     timestamp  moment it was created, UTC
--   created_date   date       day of created_at where the export has no time
--   modified_at    timestamp  moment it was modified, UTC
--   modified_date  date       day of modified_at where the export has no time

with

source as (
    select * from raw_record
),

-- Records of a large table rarely repeat: only those that do are ranked.
repeated as (
    select source.record_key
    from source
    group by source.record_key
    having count(*) > 1
),

ranked as (
    select
        source.*,
        row_number() over (
            partition by source.record_key
            order by source.import_seq desc, source.source_line desc
        ) as recency
    from source
    inner join repeated on source.record_key = repeated.record_key
),

latest as (
    select
        source.*,
        cast(1 as bigint) as recency
    from source
    left join repeated on source.record_key = repeated.record_key
    where repeated.record_key is null
    union all
    select ranked.*
    from ranked
    where ranked.recency = 1
),

final as (
    select
        latest.record_key,
        latest.record_type,
        latest.owner,
        latest.created_by,
        latest.modified_by,
        latest.created_at,
        latest.created_date,
        latest.modified_at,
        latest.modified_date
    from latest
    where
        coalesce(latest.is_deleted, false) = false
)

select * from final
