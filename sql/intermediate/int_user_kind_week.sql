-- What each user worked on, by week: kinds of objects and of activities.
-- Imports and mass mails are left out. An activity counts under its kind, and once more
-- under the type that the export gives it.
-- grain: user_id, week, kind
-- columns:
--   user_id        varchar  user
--   week           date     Monday of the week
--   kind           varchar  account, call, …, record:<object>, activity:<type>
--   created_count  bigint   records made, activities entered
--   changed_count  bigint   records changed

with

slots as (
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

-- What the export could not name is not one kind of work.
subtypes as (
    select
        int_user_ref.user_id,
        stg_activity.subtype,
        coalesce(
            stg_activity.created_date,
            cast(stg_activity.created_at as date),
            stg_activity.activity_date,
            cast(stg_activity.activity_at as date)
        ) as day,
        count(*) as row_count
    from stg_activity
    inner join int_user_ref
        on coalesce(stg_activity.created_by, stg_activity.owner) = int_user_ref.ref
    where
        stg_activity.subtype is not null
        and length(stg_activity.subtype) <= 80
        and not stg_activity.is_mass
        and int_user_ref.user_id is not null
    group by all
),

traces as (
    select
        slots.user_id,
        slots.day,
        slots.object as kind,
        case when slots.verb = 'create' then slots.row_count else 0 end as created,
        case when slots.verb = 'update' then slots.row_count else 0 end as changed
    from slots
    where
        slots.verb = 'update'
        or slots.hour is null
        or slots.created_in_slot <= 200
    union all
    select
        days.user_id,
        days.day,
        days.kind,
        -- Mass mails are mails; what else is massive may be of any kind.
        greatest(
            0,
            days.row_count
            - case
                when days.kind = 'email' then days.mass_count
                else greatest(0, days.mass_count - days.email_count)
            end
        ) as created,
        0 as changed
    from (
        select
            int_user_activity_day.user_id,
            int_user_activity_day.day,
            int_user_activity_day.mass_count,
            int_user_activity_day.email_count,
            unnest(['call', 'email', 'meeting', 'task']) as kind,
            unnest([
                int_user_activity_day.call_count,
                int_user_activity_day.email_count,
                int_user_activity_day.meeting_count,
                int_user_activity_day.task_count
            ]) as row_count
        from int_user_activity_day
    ) as days
    union all
    select
        subtypes.user_id,
        subtypes.day,
        concat('activity:', subtypes.subtype) as kind,
        subtypes.row_count as created,
        0 as changed
    from subtypes
),

final as (
    select
        traces.user_id,
        cast(date_trunc('week', traces.day) as date) as week,
        traces.kind,
        cast(sum(traces.created) as bigint) as created_count,
        cast(sum(traces.changed) as bigint) as changed_count
    from traces
    where traces.day is not null
    group by traces.user_id, date_trunc('week', traces.day), traces.kind
    having sum(traces.created) + sum(traces.changed) > 0
)

select * from final
order by user_id, week, kind
