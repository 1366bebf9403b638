-- In which import each row of a campaign first showed a click without a conversion, and
-- in which the conversion: what earlier imports tell of who was still to be called.
-- grain: record_key
-- columns:
--   record_key        varchar  identity of the record across imports
--   clicked_import    bigint   first import with the click and no conversion
--   converted_import  bigint   first import with the conversion

with

told as (
    select
        source.record_key,
        source.import_seq,
        coalesce(source.stage = 'converted', false)
        or coalesce(source.is_converted, false) as converts,
        coalesce(source.stage = 'clicked', false)
        or coalesce(source.is_clicked, false)
        or coalesce(source.click_count > 0, false)
        or (source.stage is null and coalesce(source.has_responded, false)) as clicks
    from raw_campaign_member as source
),

final as (
    select
        told.record_key,
        min(told.import_seq) filter (where not told.converts) as clicked_import,
        min(told.import_seq) filter (where told.converts) as converted_import
    from told
    where told.clicks or told.converts
    group by told.record_key
)

select * from final
