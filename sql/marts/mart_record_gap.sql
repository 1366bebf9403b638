-- Accounts and open opportunities that lack most of the fields asked for, the ones
-- worked on last coming first. 500 at most.
-- grain: object, record_id
-- params: account_fields, opportunity_fields
-- persons: owner_id, owner_name
-- columns:
--   object         varchar  account or opportunity
--   record_id      varchar  record
--   name           varchar  name
--   owner_id       varchar  user who holds it
--   owner_name     varchar  that user's name
--   team           varchar  that user's team
--   missing        varchar  fields asked for without a value, separated by commas
--   missing_count  bigint   how many they are
--   activity_day   date     day of its last activity

with

asked as (
    select
        'account' as object,
        string_split($account_fields, ',') as fields
    union all
    select
        'opportunity' as object,
        string_split($opportunity_fields, ',') as fields
),

gaps as (
    select
        int_record.object,
        int_record.record_id,
        int_record.name,
        int_record.owner_id,
        int_record.activity_day,
        list_sort(
            list_intersect(
                string_split(int_record_gap.missing, ','), asked.fields
            )
        ) as missing
    from int_record_gap
    inner join int_record
        on
            int_record_gap.object = int_record.object
            and int_record_gap.record_id = int_record.record_id
    inner join asked on int_record.object = asked.object
),

final as (
    select
        gaps.object,
        gaps.record_id,
        gaps.name,
        gaps.owner_id,
        int_user.name as owner_name,
        int_user.team,
        array_to_string(gaps.missing, ',') as missing,
        cast(len(gaps.missing) as bigint) as missing_count,
        gaps.activity_day
    from gaps
    left join int_user on gaps.owner_id = int_user.user_id
    where len(gaps.missing) > 0
    order by
        len(gaps.missing) desc,
        gaps.activity_day desc nulls last,
        gaps.record_id asc
    limit 500
)

select * from final
