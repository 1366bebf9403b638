-- Records that say the same as another: how many, by what they have in common.
-- Names are compared without case, accents, signs and legal form.
-- grain: object, basis
-- columns:
--   object           varchar  account, contact or lead
--   basis            varchar  registration, name_place or email
--   record_count     bigint   records that have it
--   duplicate_count  bigint   of which those that repeat an earlier one

with

keys as (
    select
        'account' as object,
        'registration' as basis,
        regexp_replace(stg_account.registration, '\D', '', 'g') as key
    from stg_account
    where
        length(regexp_replace(stg_account.registration, '\D', '', 'g')) in (9, 14)
        and not stg_account.is_person
    union all
    select
        'account' as object,
        'name_place' as basis,
        concat(
            regexp_replace(
                regexp_replace(
                    lower(strip_accents(stg_account.name)),
                    '\b(s\.?a\.?r?\.?l?\.?|s\.?a\.?s\.?u?\.?|eurl|sci|snc|scop|gie'
                    || '|societe|ste|ets|etablissements|ltd|limited|inc|llc|gmbh'
                    || '|plc|corp|co|company)\b',
                    '',
                    'g'
                ),
                '[^a-z0-9]',
                '',
                'g'
            ),
            '|',
            coalesce(
                regexp_replace(stg_account.postcode, '\s', '', 'g'),
                lower(strip_accents(trim(stg_account.city)))
            )
        ) as key
    from stg_account
    where
        coalesce(stg_account.postcode, stg_account.city) is not null
        and length(stg_account.name) > 2
        and not stg_account.is_person
    union all
    select
        case when stg_contact.is_lead then 'lead' else 'contact' end as object,
        'email' as basis,
        stg_contact.email as key
    from stg_contact
    where stg_contact.email is not null and not stg_contact.is_converted
),

final as (
    select
        keys.object,
        keys.basis,
        count(*) as record_count,
        count(*) - count(distinct keys.key) as duplicate_count
    from keys
    where keys.key is not null
    group by keys.object, keys.basis
)

select * from final
