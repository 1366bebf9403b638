-- Mails logged in the CRM by who entered them, who holds them and local day of entry.
-- grain: creator_id, owner_id, day
-- columns:
--   creator_id   varchar  user who entered the mails, else who holds them
--   owner_id     varchar  user who holds them; null when nobody known does
--   day          date     day of entry, in the time zone of who entered them
--   email_count  bigint   mails, mass mailings apart
--   mass_count   bigint   mails of a mass mailing

with

mails as (
    select
        coalesce(stg_activity.created_by, stg_activity.owner) as actor,
        stg_activity.owner,
        stg_activity.is_mass,
        case
            when stg_activity.created_at is null
                then coalesce(stg_activity.created_date, stg_activity.activity_date)
        end as acted_date,
        case
            when stg_activity.created_at is not null then stg_activity.created_at
            when stg_activity.created_date is null then stg_activity.activity_at
        end as acted_at
    from stg_activity
    where stg_activity.kind = 'email'
),

known as (
    select
        author.user_id as creator_id,
        holder.user_id as owner_id,
        mails.is_mass,
        coalesce(
            cast(
                timezone(
                    int_user_zone.timezone, timezone('UTC', mails.acted_at)
                ) as date
            ),
            mails.acted_date
        ) as day
    from mails
    inner join int_user_ref as author on mails.actor = author.ref
    inner join int_user_zone on author.user_id = int_user_zone.user_id
    left join int_user_ref as holder on mails.owner = holder.ref
),

final as (
    select
        known.creator_id,
        known.owner_id,
        known.day,
        count(*) filter (where not known.is_mass) as email_count,
        count(*) filter (where known.is_mass) as mass_count
    from known
    where known.day is not null
    group by known.creator_id, known.owner_id, known.day
)

select * from final
