-- Contacts and leads with the account they belong to.
-- grain: contact_id
-- columns:
--   contact_id         varchar  identifier, else the e-mail
--   email              varchar  e-mail address, lower case
--   title              varchar  job title
--   phone              varchar  telephone
--   mobile             varchar  mobile telephone
--   account_id         varchar  account, when it is in the exports
--   account_type       varchar  kind of account
--   is_lead            boolean  whether it is a lead, not yet a contact
--   is_opted_out       boolean  whether the person refuses mails; null when not said
--   is_bounced         boolean  whether mails to the person come back
--   do_not_call        boolean  whether the person refuses calls
--   name               varchar  name
--   company            varchar  account's name, else the company written on a lead
--   owner_id           varchar  user who holds the contact, else its account
--   is_in_base         boolean  neither converted lead nor private person
--   created_day        date     day it was made, in the company's time zone
--   last_activity_day  date     day of the last activity that the export tells

with

final as (
    select
        stg_contact.contact_id,
        stg_contact.email,
        stg_contact.title,
        stg_contact.phone,
        stg_contact.mobile,
        int_account_ref.account_id,
        int_account_ref.account_type,
        stg_contact.is_lead,
        stg_contact.is_opted_out,
        stg_contact.is_bounced,
        stg_contact.do_not_call,
        coalesce(stg_contact.name, stg_contact.email) as name,
        coalesce(
            stg_account.name,
            stg_contact.company,
            -- An account that is not in the exports has a name or only an identifier.
            case
                when not regexp_matches(stg_contact.account, '^001[A-Za-z0-9]{12,15}$')
                    then stg_contact.account
            end
        ) as company,
        coalesce(int_user_ref.user_id, int_account_ref.owner_id) as owner_id,
        not stg_contact.is_converted and not coalesce(int_account_ref.is_person, false)
            as is_in_base,
        coalesce(
            stg_contact.created_date,
            cast(
                timezone(
                    setting.timezone, timezone('UTC', stg_contact.created_at)
                ) as date
            )
        ) as created_day,
        coalesce(
            stg_contact.last_activity_date,
            cast(
                timezone(
                    setting.timezone, timezone('UTC', stg_contact.last_activity_at)
                )
                as date
            )
        ) as last_activity_day
    from stg_contact
    cross join setting
    left join int_account_ref on stg_contact.account = int_account_ref.ref
    left join stg_account on int_account_ref.account_id = stg_account.account_id
    left join int_user_ref on stg_contact.owner = int_user_ref.ref
)

select * from final
