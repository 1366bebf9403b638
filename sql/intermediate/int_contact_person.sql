-- Which contacts are one person: those of one e-mail address and one name, whichever
-- tool they come from. People who share a mailbox under other names stay apart.
-- grain: contact_id
-- columns:
--   contact_id    varchar  contact
--   email         varchar  e-mail address without what follows a plus sign
--   is_in_base    boolean  whether some contact of the person is in the base
--   person_id     varchar  contact that stands for the person: held by somebody first
--   is_opted_out  boolean  whether the address refuses mails, whichever contact says so

with

named as (
    select
        int_contact.contact_id,
        regexp_replace(int_contact.email, '[+][^@]*@', '@') as email,
        int_contact.owner_id,
        int_contact.is_in_base,
        int_contact.is_opted_out,
        case
            when int_contact.name <> int_contact.email
                then array_to_string(
                    list_sort(
                        string_split(strip_accents(lower(trim(int_contact.name))), ' ')
                    ),
                    ' '
                )
        end as name
    from int_contact
),

-- A contact without a name is the first of its address.
known as (
    select
        named.contact_id,
        named.email,
        named.owner_id,
        named.is_in_base,
        named.is_opted_out,
        coalesce(
            named.name,
            first_value(named.name) over (
                partition by named.email
                order by
                    named.name is null,
                    not named.is_in_base,
                    named.owner_id is null,
                    named.contact_id
            ),
            ''
        ) as name
    from named
    where named.email is not null
),

final as (
    select
        known.contact_id,
        known.email,
        bool_or(known.is_in_base) over (partition by known.email, known.name)
            as is_in_base,
        first_value(known.contact_id) over (
            partition by known.email, known.name
            order by not known.is_in_base, known.owner_id is null, known.contact_id
        ) as person_id,
        bool_or(known.is_opted_out) over (partition by known.email) as is_opted_out
    from known
    union all
    select
        named.contact_id,
        named.email,
        named.is_in_base,
        named.contact_id as person_id,
        named.is_opted_out
    from named
    where named.email is null
)

select * from final
