-- Records made, changed or with an activity in the twelve months that end on the day of
-- the report, by holder, among all the records that the exports hold.
-- grain: object, owner_id
-- params: as_of
-- persons: owner_id
-- columns:
--   object         varchar  account, contact, lead or opportunity
--   owner_id       varchar  user who holds them; null when nobody known does
--   team           varchar  team of the holder
--   record_count   bigint   records
--   fresh_count    bigint   of which fresh ones
--   undated_count  bigint   of which those that no export dates

with

final as (
    select
        int_record_day.object,
        int_record_day.owner_id,
        int_user.team,
        cast(sum(int_record_day.record_count) as bigint) as record_count,
        cast(
            coalesce(
                sum(int_record_day.record_count) filter (
                    where
                    int_record_day.last_day
                    > cast($as_of as date) - interval '12' month
                ),
                0
            ) as bigint
        ) as fresh_count,
        cast(
            coalesce(
                sum(int_record_day.record_count) filter (
                    where int_record_day.last_day is null
                ),
                0
            ) as bigint
        ) as undated_count
    from int_record_day
    left join int_user on int_record_day.owner_id = int_user.user_id
    group by int_record_day.object, int_record_day.owner_id, int_user.team
)

select * from final
