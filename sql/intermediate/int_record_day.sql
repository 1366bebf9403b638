-- Records by holder and day of what last happened to each: its making, its last change
-- or its last activity.
-- grain: object, owner_id, last_day
-- columns:
--   object        varchar  account, contact, lead or opportunity
--   owner_id      varchar  user who holds them; null when nobody known does
--   last_day      date     day of what last happened; null when no date is known
--   record_count  bigint   records

with

final as (
    select
        int_record.object,
        int_record.owner_id,
        greatest(
            int_record.created_day, int_record.modified_day, int_record.activity_day
        ) as last_day,
        count(*) as record_count
    from int_record
    group by
        int_record.object,
        int_record.owner_id,
        greatest(
            int_record.created_day, int_record.modified_day, int_record.activity_day
        )
)

select * from final
