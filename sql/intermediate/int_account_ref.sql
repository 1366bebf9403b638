-- Which account each reference means: an identifier (15 or 18 characters alike), else a
-- name that one account only has.
-- grain: ref
-- columns:
--   ref           varchar  identifier, its first 15 characters, or the name
--   account_id    varchar  account
--   account_type  varchar  kind of account in the CRM
--   owner_id      varchar  user who holds the account
--   is_person     boolean  whether the account is a private person

with

aliases as (
    select
        1 as rank,
        stg_account.account_id as ref,
        stg_account.account_id
    from stg_account
    union all
    select
        2 as rank,
        left(stg_account.account_id, 15) as ref,
        stg_account.account_id
    from stg_account
    where length(stg_account.account_id) = 18
    union all
    select
        3 as rank,
        stg_account.name as ref,
        stg_account.account_id
    from stg_account
    where stg_account.name is not null
),

counted as (
    select
        aliases.ref,
        aliases.rank,
        min(aliases.account_id) as account_id,
        row_number() over (partition by aliases.ref order by aliases.rank) as choice
    from aliases
    group by aliases.ref, aliases.rank
    having count(*) = 1
),

final as (
    select
        counted.ref,
        stg_account.account_id,
        stg_account.account_type,
        int_user_ref.user_id as owner_id,
        stg_account.is_person
    from counted
    inner join stg_account on counted.account_id = stg_account.account_id
    left join int_user_ref on stg_account.owner = int_user_ref.ref
    where counted.choice = 1
)

select * from final
