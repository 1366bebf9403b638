-- References to users that match nobody in the user export, by object.
-- grain: object
-- columns:
--   object           varchar  object of the rows
--   ref_count        bigint   references that match nobody
--   row_count        bigint   rows that carry one of them
--   total_row_count  bigint   rows that carry a reference

with

final as (
    select
        int_unmatched.object,
        int_unmatched.ref_count,
        int_unmatched.row_count,
        int_unmatched.total_row_count
    from int_unmatched
)

select * from final
order by object
