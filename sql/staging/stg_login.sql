-- Logins as the export gives them, one row each.
-- grain: record_key
-- columns:
--   record_key  varchar    identity of the record across imports
--   login_at    timestamp  moment of the login, UTC
--   login_date  date       day of login_at where the export has no time
--   user_ref    varchar    user as the export writes it
--   is_success  boolean    whether the login succeeded
--   is_machine  boolean    whether a program logged in, not a person
--   is_mobile   boolean    whether it came from a telephone or a tablet

with

source as (
    select * from raw_login
),

-- Records of a large table rarely repeat: only those that do are ranked.
repeated as (
    select source.record_key
    from source
    group by source.record_key
    having count(*) > 1
),

ranked as (
    select
        source.*,
        row_number() over (
            partition by source.record_key
            order by source.import_seq desc, source.source_line desc
        ) as recency
    from source
    inner join repeated on source.record_key = repeated.record_key
),

latest as (
    select
        source.*,
        cast(1 as bigint) as recency
    from source
    left join repeated on source.record_key = repeated.record_key
    where repeated.record_key is null
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
