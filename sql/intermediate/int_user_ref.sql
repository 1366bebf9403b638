-- Which user each reference of the exports means.
-- It is an identifier (15 or 18 characters alike), else an e-mail, a user name or a
-- name that nobody shares. Without a user export, every reference is a user.
-- grain: ref
-- columns:
--   ref        varchar  the user as the exports write it
--   row_count  bigint   rows that carry the reference
--   user_id    varchar  the user meant; null when nobody is

with

refs as (
    select
        pointers.ref,
        cast(sum(pointers.row_count) as bigint) as row_count
    from (
        select
            stg_user_ref.creator as ref,
            stg_user_ref.row_count
        from stg_user_ref
        union all
        select
            stg_user_ref.owner as ref,
            stg_user_ref.row_count
        from stg_user_ref
        union all
        select
            stg_user_ref.modifier as ref,
            stg_user_ref.row_count
        from stg_user_ref
    ) as pointers
    where pointers.ref is not null
    group by pointers.ref
),

aliases as (
    select
        1 as rank,
        stg_user.user_id as alias,
        stg_user.user_id
    from stg_user
    union all
    select
        2 as rank,
        left(stg_user.user_id, 15) as alias,
        stg_user.user_id
    from stg_user
    where length(stg_user.user_id) in (15, 18)
    union all
    select
        3 as rank,
        lower(stg_user.email) as alias,
        stg_user.user_id
    from stg_user
    union all
    select
        4 as rank,
        lower(stg_user.username) as alias,
        stg_user.user_id
    from stg_user
    union all
    select
        5 as rank,
        lower(nfc_normalize(regexp_replace(trim(stg_user.name), '\s+', ' ', 'g')))
            as alias,
        stg_user.user_id
    from stg_user
),

unique_aliases as (
    select
        aliases.rank,
        aliases.alias,
        min(aliases.user_id) as user_id
    from aliases
    where aliases.alias is not null
    group by aliases.rank, aliases.alias
    having count(distinct aliases.user_id) = 1
),

keys as (
    select
        1 as rank,
        refs.ref as alias,
        refs.ref
    from refs
    union all
    select
        2 as rank,
        left(refs.ref, 15) as alias,
        refs.ref
    from refs
    where length(refs.ref) in (15, 18)
    union all
    select
        3 as rank,
        lower(refs.ref) as alias,
        refs.ref
    from refs
    union all
    select
        4 as rank,
        lower(refs.ref) as alias,
        refs.ref
    from refs
    union all
    select
        5 as rank,
        lower(nfc_normalize(regexp_replace(trim(refs.ref), '\s+', ' ', 'g'))) as alias,
        refs.ref
    from refs
),

matches as (
    select
        keys.ref,
        unique_aliases.user_id,
        row_number() over (partition by keys.ref order by keys.rank) as choice
    from keys
    inner join unique_aliases
        on keys.rank = unique_aliases.rank and keys.alias = unique_aliases.alias
),

-- Spellings of one name are one user; an identifier keeps its upper and lower case.
derived as (
    select
        keys.ref,
        min(keys.ref) over (
            partition by
                case
                    when regexp_matches(keys.ref, '^[A-Za-z0-9]*[0-9][A-Za-z0-9]*$')
                        then keys.ref
                    else keys.alias
                end
        ) as user_id
    from keys
    where keys.rank = 5 and not exists (select 1 from stg_user)
),

final as (
    select
        refs.ref,
        refs.row_count,
        coalesce(matches.user_id, derived.user_id) as user_id
    from refs
    left join matches on refs.ref = matches.ref and matches.choice = 1
    left join derived on refs.ref = derived.ref
)

select * from final
