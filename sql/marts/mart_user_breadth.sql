-- What each user worked on in the four whole weeks before the day of the report.
-- Types that an export gives its activities are not objects of their own.
-- grain: user_id, kind
-- params: as_of
-- persons: user_id
-- columns:
--   user_id      varchar  user
--   kind         varchar  account, call, …, record:<object>
--   weeks        bigint   weeks of the four in which the user worked on it
--   touch_count  bigint   records made or changed, activities entered

with

final as (
    select
        int_user_kind_week.user_id,
        int_user_kind_week.kind,
        count(*) as weeks,
        cast(
            sum(int_user_kind_week.created_count + int_user_kind_week.changed_count)
            as bigint
        ) as touch_count
    from int_user_kind_week
    where
        int_user_kind_week.week + 6 <= cast($as_of as date)
        and int_user_kind_week.week + 6 > cast($as_of as date) - 28
        and int_user_kind_week.kind not like 'activity:%'
    group by int_user_kind_week.user_id, int_user_kind_week.kind
)

select * from final
