-- Names of roles, profiles and teams that other files point to.
-- grain: label_id
-- columns:
--   label_id  varchar  identifier
--   name      varchar  name

with

source as (
    select * from raw_label
),

ranked as (
    select
        source.*,
        row_number() over (
            partition by source.label_id
            order by source.import_seq desc, source.source_line desc
        ) as recency
    from source
),

final as (
    select
        ranked.label_id,
        ranked.name
    from ranked
    where
        ranked.recency = 1
        and coalesce(ranked.is_deleted, false) = false
)

select * from final
