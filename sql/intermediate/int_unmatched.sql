-- References to users that match nobody, by object.
-- grain: object
-- columns:
--   object           varchar  object of the rows
--   row_count        bigint   rows that carry one of them as creator or holder
--   total_row_count  bigint   rows that carry a reference
--   ref_count        bigint   references that match nobody

with

carried as (
    select
        stg_user_ref.object,
        coalesce(stg_user_ref.creator, stg_user_ref.owner) as ref,
        sum(stg_user_ref.row_count) as row_count
    from stg_user_ref
    group by stg_user_ref.object, coalesce(stg_user_ref.creator, stg_user_ref.owner)
),

final as (
    select
        carried.object,
        cast(
            sum(
                case when int_user_ref.user_id is null then carried.row_count else 0 end
            )
            as bigint
        ) as row_count,
        cast(sum(carried.row_count) as bigint) as total_row_count,
        count(*) filter (where int_user_ref.user_id is null) as ref_count
    from carried
    inner join int_user_ref on carried.ref = int_user_ref.ref
    where carried.object <> 'user'
    group by carried.object
)

select * from final
