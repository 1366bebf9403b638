-- People and programs that use the CRM. Without a user export, whoever left a trace.
-- grain: user_id
-- columns:
--   user_id           varchar  identifier of the user
--   name              varchar  name, else e-mail, else identifier
--   email             varchar  e-mail address
--   team              varchar  team, else role, department or division
--   title             varchar  job title
--   license           varchar  licence
--   manager_id        varchar  user who manages this one
--   timezone          varchar  time zone of the user, else of the company
--   is_active         boolean  whether the account is open
--   is_program        boolean  whether it is no person: by hand, else by type or name
--   program_reason    varchar  chosen, user_type or name; null for a person
--   declared_profile  varchar  profile written in the export
--   work_share        double   working-time share, 0 to 1; by hand, else exported
--   created_day       date     local day the account was created; null if unknown
--   closed_day        date     local day the account was closed; null if unknown
--   modified_day      date     local day the account was last changed
--   last_login_day    date     local day of the last login that the export tells
--   is_derived        boolean  whether the user was found without a user export
--   chosen_program    boolean  what was said by hand; null when nothing was

with

-- A role is an identifier in some exports and its own name in others.
named as (
    select
        stg_user.*,
        coalesce(
            team_label.name,
            stg_user.team,
            role_label.name,
            case
                when regexp_matches(stg_user.role, '^00E[A-Za-z0-9]{12,15}$') then null
                else stg_user.role
            end,
            stg_user.department,
            stg_user.division
        ) as team_name,
        int_user_zone.timezone as zone
    from stg_user
    inner join int_user_zone on stg_user.user_id = int_user_zone.user_id
    left join stg_label as team_label on stg_user.team = team_label.label_id
    left join stg_label as role_label on stg_user.role = role_label.label_id
),

exported as (
    select
        named.user_id,
        coalesce(named.name, named.email, named.username, named.user_id) as name,
        named.email,
        named.team_name as team,
        named.title,
        named.license,
        manager.user_id as manager_id,
        named.zone as timezone,
        coalesce(named.is_active, named.left_at is null and named.left_date is null)
            as is_active,
        coalesce(
            chosen_user.is_program,
            named.user_type <> 'person' or int_machine_name.user_id is not null
        ) as is_program,
        case
            when chosen_user.is_program then 'chosen'
            when not chosen_user.is_program then null
            when named.user_type <> 'person' then 'user_type'
            when int_machine_name.user_id is not null then 'name'
        end as program_reason,
        named.declared_profile,
        coalesce(chosen_user.work_share, named.work_share) as work_share,
        coalesce(
            named.created_date,
            cast(timezone(named.zone, timezone('UTC', named.created_at)) as date)
        ) as created_day,
        coalesce(
            named.left_date,
            cast(timezone(named.zone, timezone('UTC', named.left_at)) as date)
        ) as closed_day,
        coalesce(
            named.modified_date,
            cast(timezone(named.zone, timezone('UTC', named.modified_at)) as date)
        ) as modified_day,
        coalesce(
            named.last_login_date,
            cast(timezone(named.zone, timezone('UTC', named.last_login_at)) as date)
        ) as last_login_day,
        false as is_derived,
        chosen_user.is_program as chosen_program
    from named
    left join chosen_user on named.user_id = chosen_user.user_id
    left join int_user_ref as manager on named.manager = manager.ref
    left join int_machine_name on named.user_id = int_machine_name.user_id
),

derived as (
    select
        int_user_zone.user_id,
        int_user_zone.timezone,
        coalesce(chosen_user.is_program, int_machine_name.user_id is not null)
            as is_program,
        case
            when chosen_user.is_program then 'chosen'
            when not chosen_user.is_program then null
            when int_machine_name.user_id is not null then 'name'
        end as program_reason,
        coalesce(chosen_user.work_share, 1) as work_share,
        chosen_user.is_program as chosen_program
    from int_user_zone
    left join chosen_user on int_user_zone.user_id = chosen_user.user_id
    left join int_machine_name on int_user_zone.user_id = int_machine_name.user_id
    where int_user_zone.is_derived
),

everyone as (
    select exported.* from exported
    union all
    select
        derived.user_id,
        derived.user_id,
        null,
        null,
        null,
        null,
        null,
        derived.timezone,
        true,
        derived.is_program,
        derived.program_reason,
        null,
        derived.work_share,
        null,
        null,
        null,
        null,
        true,
        derived.chosen_program
    from derived
)

select * from everyone
