-- Records with a field that is empty or holds a placeholder ("x", "n/a", "0600000000").
-- grain: object, record_id
-- columns:
--   object        varchar  account, contact, lead or opportunity
--   record_id     varchar  record
--   missing       varchar  fields without a value, separated by commas
--   placeholders  varchar  of which those that hold a placeholder; null for none

with

cells as (
    select
        'account' as object,
        stg_account.account_id as record_id,
        unnest(
            [
                'name', 'account_type', 'industry', 'phone', 'website', 'city',
                'postcode', 'registration', 'owner'
            ]
        ) as field,
        unnest(
            [
                stg_account.name, stg_account.account_type, stg_account.industry,
                stg_account.phone, stg_account.website, stg_account.city,
                stg_account.postcode, stg_account.registration, stg_account.owner
            ]
        ) as value
    from stg_account
    where not stg_account.is_person
    union all
    select
        case when stg_contact.is_lead then 'lead' else 'contact' end as object,
        stg_contact.contact_id as record_id,
        unnest(['name', 'account', 'email', 'phone', 'title', 'owner']) as field,
        unnest(
            [
                stg_contact.name,
                case
                    when stg_contact.is_lead
                        then coalesce(stg_contact.company, stg_contact.account)
                    else coalesce(stg_contact.account, stg_contact.company)
                end,
                stg_contact.email,
                coalesce(stg_contact.phone, stg_contact.mobile),
                stg_contact.title,
                stg_contact.owner
            ]
        ) as value
    from stg_contact
    where not stg_contact.is_converted
    union all
    select
        'opportunity' as object,
        stg_opportunity.opportunity_id as record_id,
        unnest(
            ['name', 'account', 'amount', 'stage', 'close', 'next_step', 'owner']
        ) as field,
        unnest(
            [
                stg_opportunity.name,
                stg_opportunity.account,
                -- An amount of one is typed to get past a required field.
                case
                    when stg_opportunity.amount in (0, 1) then 'x'
                    when stg_opportunity.amount is not null then 'known'
                end,
                stg_opportunity.stage,
                case
                    when
                        stg_opportunity.close_at is not null
                        or stg_opportunity.close_date is not null
                        then 'known'
                end,
                stg_opportunity.next_step,
                stg_opportunity.owner
            ]
        ) as value
    from stg_opportunity
    where not stg_opportunity.is_closed
),

plain as (
    select
        cells.object,
        cells.record_id,
        cells.field,
        lower(trim(cells.value)) as value,
        case
            when cells.field = 'phone' then ltrim(
                regexp_replace(cells.value, '^\s*(\+|00)33|\D', '', 'g'), '0'
            )
        end as digits
    from cells
),

judged as (
    select
        plain.object,
        plain.record_id,
        plain.field,
        case
            when plain.value is null or plain.value = '' then 'empty'
            when
                plain.field = 'phone'
                and (
                    length(plain.digits) < 5
                    or length(replace(plain.digits, right(plain.digits, 1), '')) < 2
                    or plain.digits in ('102030405', '123456789', '612345678')
                )
                then 'placeholder'
            when
                plain.field = 'email'
                and (
                    not regexp_matches(plain.value, '^[^@\s]+@[^@\s]+\.[^@\s]+$')
                    or regexp_matches(
                        plain.value,
                        '^(test\d*|x+|na|aucun|none|inconnu|nomail|noemail|sans)@'
                        || '|@(test|aucun|none|nomail|noemail)\.'
                    )
                )
                then 'placeholder'
            when
                length(plain.value) < 4
                and not regexp_matches(plain.value, '[\p{L}\p{N}]')
                then 'placeholder'
            -- One sign over and over: "xxx", "000", "...".
            when
                length(replace(plain.value, left(plain.value, 1), '')) = 0
                and (length(plain.value) > 3 or left(plain.value, 1) in ('x', '0', 'z'))
                then 'placeholder'
            when stg_placeholder.word is not null then 'placeholder'
        end as state
    from plain
    left join stg_placeholder on strip_accents(plain.value) = stg_placeholder.word
),

final as (
    select
        judged.object,
        judged.record_id,
        string_agg(judged.field, ',' order by judged.field) as missing,
        string_agg(judged.field, ',' order by judged.field) filter (
            where judged.state = 'placeholder'
        ) as placeholders
    from judged
    where judged.state is not null
    group by judged.object, judged.record_id
)

select * from final
