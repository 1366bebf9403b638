-- Accounts and contacts by holder, kind of account and day they were made. Deleted
-- ones, leads and private persons are left out.
-- grain: object, user_id, account_type, created_day
-- columns:
--   object        varchar  account or contact
--   user_id       varchar  user who holds them; null when nobody known does
--   account_type  varchar  kind of account
--   created_day   date     day they were made; null if unknown
--   record_count  bigint   accounts or contacts

with

bases as (
    select
        'account' as object,
        int_user_ref.user_id,
        stg_account.account_type,
        coalesce(
            stg_account.created_date,
            cast(
                timezone(
                    setting.timezone, timezone('UTC', stg_account.created_at)
                ) as date
            )
        ) as created_day
    from stg_account
    cross join setting
    left join int_user_ref on stg_account.owner = int_user_ref.ref
    where not stg_account.is_person
    union all
    select
        'contact' as object,
        int_contact.owner_id as user_id,
        int_contact.account_type,
        int_contact.created_day
    from int_contact
    where int_contact.is_in_base and not int_contact.is_lead
),

final as (
    select
        bases.object,
        bases.user_id,
        bases.account_type,
        bases.created_day,
        count(*) as record_count
    from bases
    group by bases.object, bases.user_id, bases.account_type, bases.created_day
)

select * from final
