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
        coalesce(
            stg_activity.created_date, cast(stg_activity.created_at as date)
        ) as day,
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
        coalesce(stg_account.created_date, cast(stg_account.created_at as date)) as day
    from stg_account
    union all by name
    select
        'contact' as kind,
        stg_contact.created_by as creator,
        stg_contact.owner,
        stg_contact.created_at as made_at,
        coalesce(stg_contact.created_date, cast(stg_contact.created_at as date)) as day
    from stg_contact
    union all by name
    select
        'opportunity' as kind,
        stg_opportunity.created_by as creator,
        stg_opportunity.owner,
        stg_opportunity.created_at as made_at,
        coalesce(
            stg_opportunity.created_date, cast(stg_opportunity.created_at as date)
        ) as day
    from stg_opportunity
    union all by name
    select
        'record' as kind,
        stg_record.created_by as creator,
        stg_record.owner,
        stg_record.created_at as made_at,
        coalesce(stg_record.created_date, cast(stg_record.created_at as date)) as day
    from stg_record
),

-- One's own are most of them: they are counted before anybody is looked up.
alike as (
    select
        entries.creator,
        entries.kind,
        date_trunc('week', entries.day) as week,
        count(*) as row_count
    from entries
    where entries.creator = entries.owner and entries.day is not null
    group by entries.creator, entries.kind, date_trunc('week', entries.day)
),

known as (
    select
        author.user_id as creator_id,
        holder.user_id as owner_id,
        entries.*
    from entries
    inner join int_user_ref as author on entries.creator = author.ref
    inner join int_user_ref as holder on entries.owner = holder.ref
    where entries.creator <> entries.owner and entries.day is not null
),

-- Over 200 in the same ten minutes is an import, as everywhere.
others as (
    select
        known.*,
        count(known.made_at) over (
            partition by
                known.creator_id, cast(floor(epoch(known.made_at) / 600) as bigint)
        ) > 200 and known.made_at is not null as is_import,
        coalesce(
            known.kind in ('meeting', 'call')
            and coalesce(known.activity_date, cast(known.activity_at as date))
            > known.day,
            false
        ) as is_planned
    from known
    where known.creator_id <> known.owner_id
),

own as (
    select
        int_user_ref.user_id,
        alike.kind,
        alike.week,
        alike.row_count
    from alike
    inner join int_user_ref on alike.creator = int_user_ref.ref
    union all
    select
        known.creator_id as user_id,
        known.kind,
        date_trunc('week', known.day) as week,
        1 as row_count
    from known
    where known.creator_id = known.owner_id
),

final as (
    select
        others.creator_id,
        others.owner_id,
        others.kind,
        others.day,
        others.is_import,
        others.is_planned,
        count(*) as entry_count
    from others
    group by all
    union all
    select
        own.user_id as creator_id,
        own.user_id as owner_id,
        own.kind,
        cast(own.week as date) as day,
        false as is_import,
        false as is_planned,
        cast(sum(own.row_count) as bigint) as entry_count
    from own
    where own.user_id is not null
    group by own.user_id, own.kind, own.week
)

select * from final
