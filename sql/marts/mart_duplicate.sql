-- Records that repeat another one, by what they have in common.
-- grain: object, basis
-- columns:
--   object           varchar  account, contact or lead
--   basis            varchar  registration, name_place or email
--   record_count     bigint   records that have it
--   duplicate_count  bigint   of which those that repeat an earlier one

with

final as (
    select
        int_record_duplicate.object,
        int_record_duplicate.basis,
        int_record_duplicate.record_count,
        int_record_duplicate.duplicate_count
    from int_record_duplicate
)

select * from final
