-- Any other record of the CRM, one row each: the latest import wins.
-- grain: record_key
-- columns:
--   record_key     varchar    identity of the record across imports
--   record_type    varchar    object in the CRM, else the name of the file
--   owner          varchar    user who holds the record, as the export writes it
--   created_by     varchar    user who made the record, as the export writes it
--   modified_by    varchar    who last changed the record, as the export writes it
--   created_at     timestamp  moment it was created, UTC
--   created_date   date       day of created_at where the export has no time
--   modified_at    timestamp  moment it was modified, UTC
--   modified_date  date       day of modified_at where the export has no time

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
    from raw_record as source
    where source.is_repeated
),

latest as (
    select
        source.*,
        cast(1 as bigint) as recency
    from raw_record as source
    where not source.is_repeated
    union all
    select ranked.*
    from ranked
    where ranked.recency = 1
),

final as (
    select
        latest.record_key,
        -- A file is called after its object, perhaps with a date or a number.
        coalesce(
            latest.record_type,
            nullif(regexp_extract(latest.source_file, '([A-Za-z]\w*__[cC])', 1), ''),
            nullif(
                regexp_replace(
                    regexp_extract(
                        latest.source_file, '([^/\\›]*?)(\.[A-Za-z]{1,5})*$', 1
                    ),
                    '^[\d\s_.()-]+|[\d\s_.()-]+$',
                    '',
                    'g'
                ),
                ''
            )
        ) as record_type,
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
