-- Fields without a value in the records that the exports hold, by file and holder.
-- grain: object, source_file, owner_id, field
-- persons: owner_id
-- columns:
--   object             varchar  account, contact, lead or opportunity
--   source_file        varchar  file the records were read from
--   owner_id           varchar  user who holds them; null when nobody known does
--   team               varchar  team of the holder
--   field              varchar  field without a value; null for all the records
--   record_count       bigint   records that lack it, or all of them
--   placeholder_count  bigint   of which those that hold a placeholder

with

final as (
    select
        int_record_field.object,
        int_record_field.source_file,
        int_record_field.owner_id,
        int_user.team,
        int_record_field.field,
        int_record_field.record_count,
        int_record_field.placeholder_count
    from int_record_field
    left join int_user on int_record_field.owner_id = int_user.user_id
)

select * from final
