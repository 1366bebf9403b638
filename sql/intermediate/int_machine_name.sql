-- Users whose name, user name or e-mail says that they are a program.
-- grain: user_id
-- columns:
--   user_id  varchar  user

with

people as (
    select
        stg_user.user_id,
        concat_ws(
            ' ',
            stg_user.name,
            split_part(stg_user.username, '@', 1),
            split_part(stg_user.email, '@', 1)
        ) as names
    from stg_user
    union all
    select
        int_user_ref.user_id,
        split_part(int_user_ref.user_id, '@', 1) as names
    from int_user_ref
    where int_user_ref.user_id is not null and not exists (select 1 from stg_user)
),

final as (
    select distinct people.user_id
    from people
    inner join stg_machine_word
        on regexp_matches(
            lower(strip_accents(people.names)),
            concat('(^|[^a-z])', stg_machine_word.word, '([^a-z]|$)')
        )
)

select * from final
