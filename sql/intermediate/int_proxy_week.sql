-- Who entered records that somebody else holds, by week; and how many each entered for
-- oneself. Each row says why it may not be entry in somebody's place.
-- grain: creator_id, owner_id, kind, reason, week
-- columns:
--   creator_id   varchar  user who entered the records
--   owner_id     varchar  user who holds them
--   kind         varchar  account, contact, opportunity, record, call, email, task, …
--   reason       varchar  own, proxy, or what else explains it: program, import, …
--   week         date     Monday of the week they were entered
--   entry_count  bigint   records

with

judged as (
    select
        int_entry_day.creator_id,
        int_entry_day.owner_id,
        int_entry_day.kind,
        int_entry_day.entry_count,
        cast(date_trunc('week', int_entry_day.day) as date) as week,
        case
            when int_entry_day.creator_id = int_entry_day.owner_id then 'own'
            when author.is_program or holder.is_program then 'program'
            when int_entry_day.is_import then 'import'
            when int_entry_day.day < holder.contract_from then 'before_owner'
            when author.contract_to is not null then 'creator_left'
            when
                int_entry_day.creator_id
                in (first_line.manager_id, second_line.manager_id)
                then 'manager'
            when int_entry_day.kind = 'task' then 'assigned'
            when int_entry_day.is_planned then 'planned'
            else 'proxy'
        end as reason
    from int_entry_day
    inner join int_user_contract as author on int_entry_day.creator_id = author.user_id
    inner join int_user_contract as holder on int_entry_day.owner_id = holder.user_id
    inner join int_user as first_line on int_entry_day.owner_id = first_line.user_id
    left join int_user as second_line on first_line.manager_id = second_line.user_id
),

final as (
    select
        judged.creator_id,
        judged.owner_id,
        judged.kind,
        judged.reason,
        judged.week,
        cast(sum(judged.entry_count) as bigint) as entry_count
    from judged
    group by
        judged.creator_id, judged.owner_id, judged.kind, judged.reason, judged.week
)

select * from final
