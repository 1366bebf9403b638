-- Logins as the export gives them, one row each.
-- grain: record_key
-- stored: no
-- columns:
--   record_key  varchar    identity of the record across imports
--   login_at    timestamp  moment of the login, UTC
--   login_date  date       day of login_at where the export has no time
--   user_ref    varchar    user as the export writes it
--   is_success  boolean    whether the login succeeded
--   is_machine  boolean    whether a program logged in, not a person
--   is_mobile   boolean    whether it came from a telephone or a tablet

with

-- Later imports of a record replace the earlier ones. Rows that are not repeated are
-- only passed on: the table is read twice, by name, so that nothing is kept of it.
ranked as (
    select
        source.*,
        row_number() over (
            partition by source.record_key
            order by source.import_seq desc, source.source_line desc
        ) as recency
    from raw_login as source
    where source.is_repeated
),

latest as (
    select
        source.*,
        cast(1 as bigint) as recency
    from raw_login as source
    where not source.is_repeated
    union all
    select ranked.*
    from ranked
    where ranked.recency = 1
),

final as (
    select
        latest.record_key,
        latest.login_at,
        latest.login_date,
        latest.user as user_ref,
        coalesce(latest.outcome, 'success') = 'success' as is_success,
        coalesce(latest.channel, 'interactive') = 'machine' as is_machine,
        regexp_matches(
            lower(
                concat(latest.platform, ' ', latest.browser, ' ', latest.application)
            ),
            'android|ios|iphone|ipad|mobile'
        ) as is_mobile
    from latest
)

select * from final
