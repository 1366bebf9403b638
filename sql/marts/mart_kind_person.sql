-- Who worked on one kind, up to the day of the report; programs apart.
-- grain: user_id
-- params: as_of, kind
-- persons: user_id
-- columns:
--   user_id     varchar  user
--   first_week  date     Monday of the first week
--   last_week   date     Monday of the last one
--   weeks       bigint   weeks in which the user worked on it

with

final as (
    select
        int_user_kind_week.user_id,
        min(int_user_kind_week.week) as first_week,
        max(int_user_kind_week.week) as last_week,
        count(*) as weeks
    from int_user_kind_week
    inner join int_user_contract
        on int_user_kind_week.user_id = int_user_contract.user_id
    where
        int_user_kind_week.kind = $kind
        and int_user_kind_week.week + 6 <= cast($as_of as date)
        and int_user_contract.program_reason is null
    group by int_user_kind_week.user_id
)

select * from final
