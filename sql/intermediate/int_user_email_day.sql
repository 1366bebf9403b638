-- Mails logged in the CRM per user and local day of entry, by how they came there.
-- A person logged those that a person entered; a program captured the others for the
-- user who holds them. Mails sent to many at once are counted apart.
-- grain: user_id, day
-- columns:
--   user_id         varchar  user
--   day             date     local day
--   logged_count    bigint   mails that the user entered
--   mass_count      bigint   mails of a mass mailing
--   captured_count  bigint   mails that a program entered in the user's name

with

known as (
    select
        int_email_day.day,
        int_email_day.email_count,
        int_email_day.mass_count,
        coalesce(author.is_program and not holder.is_program, false) as is_captured,
        case
            when author.is_program and not holder.is_program then holder.user_id
            else author.user_id
        end as user_id
    from int_email_day
    inner join int_user_contract as author on int_email_day.creator_id = author.user_id
    left join int_user_contract as holder on int_email_day.owner_id = holder.user_id
),

final as (
    select
        known.user_id,
        known.day,
        cast(
            sum(case when known.is_captured then 0 else known.email_count end) as bigint
        ) as logged_count,
        cast(sum(known.mass_count) as bigint) as mass_count,
        cast(
            sum(case when known.is_captured then known.email_count else 0 end) as bigint
        ) as captured_count
    from known
    group by known.user_id, known.day
)

select * from final
