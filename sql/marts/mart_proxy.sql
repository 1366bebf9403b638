-- Who entered records for whom, over the 13 whole weeks before the day of the report.
-- grain: creator_id, owner_id, kind, reason
-- params: as_of
-- persons: creator_id; owner_id
-- columns:
--   creator_id   varchar  user who entered the records
--   owner_id     varchar  user who holds them
--   kind         varchar  account, contact, opportunity, call, email, meeting, task, …
--   reason       varchar  own, proxy, or what else explains it: program, import, …
--   weeks        bigint   weeks in which it happened
--   entry_count  bigint   records

with

final as (
    select
        int_proxy_week.creator_id,
        int_proxy_week.owner_id,
        int_proxy_week.kind,
        int_proxy_week.reason,
        count(*) as weeks,
        cast(sum(int_proxy_week.entry_count) as bigint) as entry_count
    from int_proxy_week
    where
        int_proxy_week.week + 6 <= cast($as_of as date)
        and int_proxy_week.week + 6 > cast($as_of as date) - 91
    group by
        int_proxy_week.creator_id,
        int_proxy_week.owner_id,
        int_proxy_week.kind,
        int_proxy_week.reason
)

select * from final
