-- Persons for a second mail: they opened, did not click, and did not refuse.
-- grain: person_id
-- params: campaign_id
-- persons: owner_id, owner_name
-- contacts: person_id, name, email, phone, mobile
-- columns:
--   person_id             varchar  person
--   name                  varchar  name
--   company               varchar  account, else company
--   title                 varchar  job title
--   phone                 varchar  telephone
--   mobile                varchar  mobile telephone
--   email                 varchar  e-mail address
--   owner_id              varchar  user who holds the contact
--   owner_name            varchar  name of that user
--   owner_team            varchar  team of that user
--   click_count           double   clicks; null when the export does not count them
--   clicked_day           date     day of the last click
--   last_activity_day     date     day of the last activity with the person
--   do_not_call           boolean  whether the person refuses calls
--   has_open_opportunity  boolean  whether the person or the account has one

with

final as (
    select
        int_campaign_person.person_id,
        int_campaign_person.name,
        int_campaign_person.company,
        int_campaign_person.title,
        int_campaign_person.phone,
        int_campaign_person.mobile,
        int_campaign_person.email,
        int_campaign_person.owner_id,
        int_user.name as owner_name,
        int_user.team as owner_team,
        int_campaign_person.click_count,
        int_campaign_person.clicked_day,
        int_contact_activity.last_activity_day,
        int_campaign_person.do_not_call,
        coalesce(int_contact_activity.has_open_opportunity, false)
            as has_open_opportunity
    from int_campaign_person
    left join int_user on int_campaign_person.owner_id = int_user.user_id
    left join int_contact_activity
        on int_campaign_person.contact_id = int_contact_activity.contact_id
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
