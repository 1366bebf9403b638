-- Records by who entered them and who holds them. What one entered for oneself is told
-- by week, the rest by day.
-- grain: creator_id, owner_id, kind, day, is_import, is_planned
-- columns:
--   creator_id   varchar  user who entered the records
--   owner_id     varchar  user who holds them
--   kind         varchar  account, contact, opportunity, record, call, email, task, …
--   day          date     day of entry; for one's own, the Monday of its week
--   is_import    boolean  entered for others at over 200 in ten minutes
--   is_planned   boolean  a call or a meeting entered before its day
--   entry_count  bigint   records

with

entries as (
    select
        stg_activity.kind,
        stg_activity.created_by as creator,
        stg_activity.owner,
        stg_activity.created_at as made_at,
        stg_activity.created_date as made_date,
        stg_activity.activity_at,
        stg_activity.activity_date
    from stg_activity
    where not stg_activity.is_mass
    union all by name
    select
        'account' as kind,
        stg_account.created_by as creator,
        stg_account.owner,
        stg_account.created_at as made_at,
        stg_account.created_date as made_date
    from stg_account
    union all by name
    select
        'contact' as kind,
        stg_contact.created_by as creator,
        stg_contact.owner,
        stg_contact.created_at as made_at,
        stg_contact.created_date as made_date
    from stg_contact
    union all by name
    select
        'opportunity' as kind,
        stg_opportunity.created_by as creator,
        stg_opportunity.owner,
        stg_opportunity.created_at as made_at,
        stg_opportunity.created_date as made_date
    from stg_opportunity
    union all by name
    select
        'record' as kind,
        stg_record.created_by as creator,
        stg_record.owner,
        stg_record.created_at as made_at,
        stg_record.created_date as made_date
    from stg_record
),

known as (
    select
        author.user_id as creator_id,
        holder.user_id as owner_id,
        entries.kind,
        entries.made_at,
        entries.activity_at,
        entries.activity_date,
        coalesce(entries.made_date, cast(entries.made_at as date)) as day
    from entries
    inner join int_user_ref as author on entries.creator = author.ref
    inner join int_user_ref as holder on entries.owner = holder.ref
    where author.user_id is not null and holder.user_id is not null
),

others as (
    select
        known.*,
        -- Over 200 in the same ten minutes is an import, as everywhere.
        case
            when known.made_at is not null
                then
                    count(*) over (
                        partition by
                            known.creator_id,
                            cast(floor(epoch(known.made_at) / 600) as bigint)
                    )
        end as rush
    from known
    where known.creator_id <> known.owner_id and known.day is not null
),

final as (
    select
        others.creator_id,
        others.owner_id,
        others.kind,
        others.day,
        coalesce(others.rush > 200, false) as is_import,
        others.kind in ('meeting', 'call')
        and coalesce(
            coalesce(others.activity_date, cast(others.activity_at as date))
            > others.day,
            false
        ) as is_planned,
        count(*) as entry_count
    from others
    group by
        others.creator_id,
        others.owner_id,
        others.kind,
        others.day,
        is_import,
        is_planned
    union all
    select
        known.creator_id,
        known.owner_id,
        known.kind,
        cast(date_trunc('week', known.day) as date) as day,
        false as is_import,
        false as is_planned,
        count(*) as entry_count
    from known
    where known.creator_id = known.owner_id and known.day is not null
    group by
        known.creator_id, known.owner_id, known.kind, date_trunc('week', known.day)
)

select * from final
