-- Signs of a launch up to the day of the report: who makes the records, activities
-- apart, and whether the user export tells of last logins.
-- grain: people
-- params: as_of
-- people: people
-- columns:
--   people          bigint  people with an account
--   last_logins     bigint  of whom the user export tells the last login
--   created_count   bigint  records made
--   imported_count  bigint  of which by programs, or over 200 in ten minutes

with

made as (
    select
        sum(int_user_record_day.create_count) as created,
        sum(
            case
                when
                    int_user_contract.program_reason is null
                    then int_user_record_day.mass_count
                else int_user_record_day.create_count
            end
        ) as imported
    from int_user_record_day
    inner join int_user_contract
        on int_user_record_day.user_id = int_user_contract.user_id
    where int_user_record_day.day <= cast($as_of as date)
),

users as (
    select
        count(*) as people,
        count(int_user.last_login_day) as last_logins
    from int_user_contract
    inner join int_user on int_user_contract.user_id = int_user.user_id
    where int_user_contract.program_reason is null
),

final as (
    select
        users.people,
        users.last_logins,
        cast(coalesce(made.created, 0) as bigint) as created_count,
        cast(coalesce(made.imported, 0) as bigint) as imported_count
    from users
    cross join made
)

select * from final
