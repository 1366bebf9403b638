-- Persons at the accounts, with a number that is short to sort and join by.
-- grain: contact_number
-- columns:
--   contact_number  bigint   rank of the contact
--   contact_id      varchar  contact
--   name            varchar  name, else the e-mail
--   title           varchar  job title
--   email           varchar  e-mail address, lower case
--   is_lead         boolean  whether it is a lead, not yet a contact
--   account_number  bigint   account of the contact; null when not in the exports

with

final as (
    select
        row_number() over (order by int_contact.contact_id) as contact_number,
        int_contact.contact_id,
        int_contact.name,
        int_contact.title,
        int_contact.email,
        int_contact.is_lead,
        int_conversation_account.account_number
    from int_contact
    left join int_conversation_account
        on int_contact.account_id = int_conversation_account.account_id
)

select * from final
