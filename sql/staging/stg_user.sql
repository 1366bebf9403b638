-- Users of the CRM, one row each: the latest import wins. Pseudo-users are left out.
-- grain: user_id
-- columns:
--   user_id           varchar    identifier, else e-mail, else user name, else name
--   username          varchar    user name in the CRM
--   email             varchar    e-mail address, lower case
--   name              varchar    first and last name
--   team              varchar    team column of the export
--   department        varchar    department
--   division          varchar    division
--   role              varchar    role, as the export writes it
--   profile_name      varchar    access profile, as the export writes it
--   title             varchar    job title
--   manager           varchar    manager, as the export writes it
--   is_active         boolean    whether the account is open; null when not said
--   declared_profile  varchar    always_connected, field or occasional, when declared
--   timezone          varchar    time zone name, when it is one
--   license           varchar    licence
--   created_at        timestamp  moment the account was created, UTC
--   created_date      date       day of it where the export has no time
--   left_at           timestamp  moment the account was closed, UTC
--   left_date         date       day of it where the export has no time
--   modified_at       timestamp  moment of the last change, UTC
--   modified_date     date       day of it where the export has no time
--   last_login_at     timestamp  moment of the last login, UTC
--   last_login_date   date       day of it where the export has no time
--   user_type         varchar    person, integration or guest
--   work_share        double     working-time share, 0 to 1

with

source as (
    select * from raw_user
),

zones as (
    select zone.name
    from pg_timezone_names() as zone
    group by zone.name
),

named as (
    select
        source.*,
        coalesce(
            source.name,
            nullif(trim(concat(source.first_name, ' ', source.last_name)), '')
        ) as full_name
    from source
    -- Salesforce lists the scratch users of its own licence manager beside persons.
    where not coalesce(lower(source.username) like '033%@00d%', false)
),

ranked as (
    select
        named.*,
        coalesce(
            named.user_id,
            named.email,
            named.username,
            named.full_name,
            named.record_key
        ) as identity_text,
        row_number() over (
            partition by
                coalesce(
                    named.user_id,
                    named.email,
                    named.username,
                    named.full_name,
                    named.record_key
                )
            order by named.import_seq desc, named.source_line desc
        ) as recency
    from named
),

final as (
    select
        ranked.identity_text as user_id,
        ranked.username,
        ranked.email,
        ranked.full_name as name,
        ranked.team,
        ranked.department,
        ranked.division,
        ranked.role,
        ranked.profile_name,
        ranked.title,
        ranked.manager,
        ranked.is_active,
        ranked.declared_profile,
        zones.name as timezone,
        ranked.license,
        ranked.created_at,
        ranked.created_date,
        ranked.left_at,
        ranked.left_date,
        ranked.modified_at,
        ranked.modified_date,
        ranked.last_login_at,
        ranked.last_login_date,
        coalesce(ranked.user_type, 'person') as user_type,
        case
            when ranked.work_share > 0 and ranked.work_share <= 1 then ranked.work_share
            when ranked.work_share > 1 and ranked.work_share <= 100
                then ranked.work_share / 100
            else 1.0
        end as work_share
    from ranked
    left join zones on ranked.timezone = zones.name
    where ranked.recency = 1
)

select * from final
