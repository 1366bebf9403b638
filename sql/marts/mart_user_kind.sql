-- What each user worked on in the twelve weeks that end with the last whole week.
-- Types that an export gives its activities are not objects of their own.
-- grain: user_id, kind
-- params: as_of
-- persons: user_id
-- columns:
--   user_id  varchar  user
--   kind     varchar  account, call, …, record:<object>
--   weeks    bigint   weeks in which the user worked on it

with

final as (
    select
        int_user_kind_week.user_id,
        int_user_kind_week.kind,
        count(*) as weeks
    from int_user_kind_week
    where
        int_user_kind_week.week + 6 <= cast($as_of as date)
        and int_user_kind_week.week + 6 > cast($as_of as date) - 84
        and int_user_kind_week.kind not like 'activity:%'
    group by int_user_kind_week.user_id, int_user_kind_week.kind
)

select * from final
