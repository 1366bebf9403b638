-- Records made and changed per user and local day, activities apart.
-- A record is one action when it is made (by its creator, else its owner) and one more
-- at its last change when that is over 60 seconds later (by who changed it).
-- grain: user_id, day
-- columns:
--   user_id       varchar  user
--   day           date     local day
--   create_count  bigint   records made
--   update_count  bigint   records changed
--   mass_count    bigint   records made over 200 in the same ten minutes: an import
--   night_count   bigint   actions between 22:00 and 06:00
--   timed_count   bigint   actions whose time of day is known
--   first_minute  bigint   minute of the day of the first action
--   last_minute   bigint   minute of the day of the last one
--   hour_mask     bigint   bit h is set when there was an action at hour h
--   object_mask   bigint   account 1, contact 2, opportunity 4, campaign 8, other 16

with

bursts as (
    select
        int_record_slot.*,
        sum(
            case when int_record_slot.verb = 'create' then int_record_slot.row_count end
        ) over (
            partition by
                int_record_slot.user_id,
                int_record_slot.day,
                int_record_slot.hour,
                int_record_slot.tenth
        ) as created_in_slot
    from int_record_slot
),

final as (
    select
        bursts.user_id,
        bursts.day,
        cast(
            coalesce(sum(bursts.row_count) filter (where bursts.verb = 'create'), 0)
            as bigint
        ) as create_count,
        cast(
            coalesce(sum(bursts.row_count) filter (where bursts.verb = 'update'), 0)
            as bigint
        ) as update_count,
        cast(
            coalesce(
                sum(bursts.row_count) filter (
                    where
                    bursts.verb = 'create'
                    and bursts.hour is not null
                    and bursts.created_in_slot > 200
                ),
                0
            ) as bigint
        ) as mass_count,
        cast(
            coalesce(
                sum(bursts.row_count) filter (
                    where bursts.hour >= 22 or bursts.hour < 6
                ),
                0
            ) as bigint
        ) as night_count,
        cast(
            coalesce(
                sum(bursts.row_count) filter (where bursts.hour is not null), 0
            ) as bigint
        ) as timed_count,
        min(bursts.hour * 60 + bursts.first_in_hour) as first_minute,
        max(bursts.hour * 60 + bursts.last_in_hour) as last_minute,
        bit_or(cast(power(2, bursts.hour) as bigint)) as hour_mask,
        bit_or(
            cast(
                case bursts.object
                    when 'account' then 1
                    when 'contact' then 2
                    when 'opportunity' then 4
                    when 'campaign' then 8
                    else 16
                end as bigint
            )
        ) as object_mask
    from bursts
    group by bursts.user_id, bursts.day
)

select * from final
