-- Fields without a value, by file and holder of the records; and how many records.
-- grain: object, source_file, owner_id, field
-- columns:
--   object             varchar  account, contact, lead or opportunity
--   source_file        varchar  file the records were read from
--   owner_id           varchar  user who holds them; null when nobody known does
--   field              varchar  field without a value; null for all the records
--   record_count       bigint   records that lack it, or all of them
--   placeholder_count  bigint   of which those that hold a placeholder

with

joined as (
    select
        int_record.object,
        int_record.source_file,
        int_record.owner_id,
        int_record_gap.missing,
        int_record_gap.placeholders,
        count(*) as row_count
    from int_record
    left join int_record_gap
        on
            int_record.object = int_record_gap.object
            and int_record.record_id = int_record_gap.record_id
    group by
        int_record.object,
        int_record.source_file,
        int_record.owner_id,
        int_record_gap.missing,
        int_record_gap.placeholders
),

gaps as (
    select
        joined.object,
        joined.source_file,
        joined.owner_id,
        joined.placeholders,
        joined.row_count,
        unnest(string_split(joined.missing, ',')) as field
    from joined
    where joined.missing is not null
),

final as (
    select
        joined.object,
        joined.source_file,
        joined.owner_id,
        cast(null as varchar) as field,
        cast(sum(joined.row_count) as bigint) as record_count,
        cast(
            sum(
                case when joined.placeholders is null then 0 else joined.row_count end
            ) as bigint
        ) as placeholder_count
    from joined
    group by joined.object, joined.source_file, joined.owner_id
    union all
    select
        gaps.object,
        gaps.source_file,
        gaps.owner_id,
        gaps.field,
        cast(sum(gaps.row_count) as bigint) as record_count,
        cast(
            sum(
                case
                    when
                        list_contains(string_split(gaps.placeholders, ','), gaps.field)
                        then gaps.row_count
                    else 0
                end
            ) as bigint
        ) as placeholder_count
    from gaps
    group by gaps.object, gaps.source_file, gaps.owner_id, gaps.field
)

select * from final
