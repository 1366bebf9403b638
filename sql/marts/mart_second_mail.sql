-- Persons for a second mail: they opened, did not click, and neither refused,
-- complained nor bounced.
-- grain: person_id
-- params: campaign_id
-- persons: owner_id, owner_name, owner_email
-- contacts: person_id, name, first_name, last_name, email, phone, mobile
-- columns:
--   person_id             varchar  person
--   campaign_id           varchar  campaign
--   contact_id            varchar  contact, when it is in the exports
--   name                  varchar  name
--   first_name            varchar  first name; null when the exports do not part it
--   last_name             varchar  last name, likewise
--   company               varchar  account, else company
--   title                 varchar  job title
--   phone                 varchar  telephone
--   mobile                varchar  mobile telephone
--   email                 varchar  e-mail address
--   owner_id              varchar  user who holds the contact
--   owner_name            varchar  name of that user
--   owner_email           varchar  e-mail address of that user
--   owner_team            varchar  team of that user
--   last_activity_day     date     day of the last activity with the person
--   do_not_call           boolean  whether the person refuses calls
--   has_open_opportunity  boolean  whether the person or the account has one
--   opportunity_amount    double   amount of the open ones; null when not told
--   currency              varchar  its currency, when there is one only
--   opportunity_stage     varchar  stage of the largest one

with

final as (
    select
        int_campaign_person.person_id,
        int_campaign_person.campaign_id,
        int_campaign_person.contact_id,
        int_campaign_person.name,
        coalesce(stg_contact.first_name, int_campaign_trace.first_name) as first_name,
        coalesce(stg_contact.last_name, int_campaign_trace.last_name) as last_name,
        int_campaign_person.company,
        int_campaign_person.title,
        int_campaign_person.phone,
        int_campaign_person.mobile,
        int_campaign_person.email,
        int_campaign_person.owner_id,
        int_user.name as owner_name,
        int_user.email as owner_email,
        int_user.team as owner_team,
        int_contact_activity.last_activity_day,
        int_campaign_person.do_not_call,
        int_contact_opportunity.contact_id is not null as has_open_opportunity,
        int_contact_opportunity.opportunity_amount,
        int_contact_opportunity.currency,
        int_contact_opportunity.opportunity_stage
    from int_campaign_person
    inner join int_campaign_trace
        on
            int_campaign_person.campaign_id = int_campaign_trace.campaign_id
            and int_campaign_person.person_id = int_campaign_trace.person_id
    left join int_user on int_campaign_person.owner_id = int_user.user_id
    left join stg_contact on int_campaign_person.contact_id = stg_contact.contact_id
    left join int_contact_activity
        on int_campaign_person.contact_id = int_contact_activity.contact_id
    left join int_contact_opportunity
        on int_campaign_person.contact_id = int_contact_opportunity.contact_id
    where
        int_campaign_person.campaign_id = $campaign_id
        and int_campaign_person.is_opened
        and not int_campaign_person.is_clicked
        and not int_campaign_person.is_opted_out
        and not int_campaign_person.is_complained
        and not int_campaign_person.is_bounced
)

select * from final
order by company, name, person_id
