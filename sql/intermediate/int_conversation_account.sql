-- Accounts that a conversation may be held with; private persons are left out.
-- grain: account_number
-- columns:
--   account_number  bigint   rank of the account, short to sort and join by
--   account_id      varchar  account
--   name            varchar  name, else the identifier
--   account_type    varchar  kind of account in the CRM
--   owner_id        varchar  user who holds the account
--   created_day     date     day it was made, in the company's time zone
--   told_day        date     day of the last activity that the CRM itself tells
--   contact_count   bigint   contacts of the account, leads apart

with

contacts as (
    select
        int_contact.account_id,
        count(*) as contact_count
    from int_contact
    where int_contact.is_in_base and not int_contact.is_lead
    group by int_contact.account_id
),

final as (
    select
        row_number() over (order by stg_account.account_id) as account_number,
        stg_account.account_id,
        coalesce(stg_account.name, stg_account.account_id) as name,
        stg_account.account_type,
        int_user_ref.user_id as owner_id,
        coalesce(
            stg_account.created_date,
            cast(
                timezone(
                    setting.timezone, timezone('UTC', stg_account.created_at)
                ) as date
            )
        ) as created_day,
        coalesce(
            stg_account.last_activity_date,
            cast(
                timezone(
                    setting.timezone, timezone('UTC', stg_account.last_activity_at)
                )
                as date
            )
        ) as told_day,
        coalesce(contacts.contact_count, 0) as contact_count
    from stg_account
    cross join setting
    left join int_user_ref on stg_account.owner = int_user_ref.ref
    left join contacts on stg_account.account_id = contacts.account_id
    where not stg_account.is_person
)

select * from final
