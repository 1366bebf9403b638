-- The conversation with one account up to a day: exchanges, what was opened and won,
-- and who answered a campaign.
-- grain: event, day, channel, user_id, contact_id
-- params: account_id, as_of
-- persons: user_id, user_name
-- contacts: contact_id, contact_name, contact_title
-- columns:
--   event          varchar  exchange, opened, won or response
--   day            date     day of it
--   channel        varchar  channel of an exchange; else opportunity or campaign
--   user_id        varchar  one of our people
--   user_name      varchar  name of that user
--   contact_id     varchar  person at the customer's
--   contact_name   varchar  name of that person
--   contact_title  varchar  job title of that person
--   event_count    bigint   exchanges, opportunities or answers alike on that day
--   amount         double   amount of the opportunities, when they have one currency
--   currency       varchar  that currency

with

asked as (
    select
        int_conversation_account.account_number,
        int_conversation_account.account_id
    from int_conversation_account
    where int_conversation_account.account_id = $account_id
),

people as (
    select distinct
        int_conversation_user.user_number,
        int_conversation_user.user_id
    from int_conversation_user
    where int_conversation_user.user_number is not null
),

exchanges as (
    select
        'exchange' as event,
        int_conversation.day,
        int_conversation.channel,
        people.user_id,
        int_conversation_contact.contact_id,
        cast(null as double) as amount,
        cast(null as varchar) as currency
    from int_conversation
    inner join asked on int_conversation.account_number = asked.account_number
    left join people on int_conversation.user_number = people.user_number
    left join int_conversation_contact
        on int_conversation.contact_number = int_conversation_contact.contact_number
),

deals as (
    select int_conversation_opportunity.*
    from int_conversation_opportunity
    inner join asked
        on int_conversation_opportunity.account_number = asked.account_number
),

events as (
    select exchanges.* from exchanges
    union all
    select
        'opened' as event,
        deals.opened_day as day,
        'opportunity' as channel,
        deals.owner_id as user_id,
        null as contact_id,
        deals.amount,
        deals.currency
    from deals
    union all
    select
        'won' as event,
        deals.closed_day as day,
        'opportunity' as channel,
        deals.owner_id as user_id,
        null as contact_id,
        deals.amount,
        deals.currency
    from deals
    where deals.is_won
    union all
    select
        'response' as event,
        int_campaign_person.clicked_day as day,
        'campaign' as channel,
        null as user_id,
        int_campaign_person.contact_id,
        null as amount,
        null as currency
    from int_campaign_person
    inner join asked on int_campaign_person.account_id = asked.account_id
    where int_campaign_person.is_clicked
),

final as (
    select
        events.event,
        events.day,
        events.channel,
        events.user_id,
        int_user.name as user_name,
        events.contact_id,
        int_conversation_contact.name as contact_name,
        int_conversation_contact.title as contact_title,
        count(*) as event_count,
        case
            when count(distinct coalesce(events.currency, '')) = 1
                then sum(events.amount)
        end as amount,
        min(events.currency) as currency
    from events
    left join int_user on events.user_id = int_user.user_id
    left join int_conversation_contact
        on events.contact_id = int_conversation_contact.contact_id
    where events.day <= cast($as_of as date)
    group by
        events.event,
        events.day,
        events.channel,
        events.user_id,
        int_user.name,
        events.contact_id,
        int_conversation_contact.name,
        int_conversation_contact.title
)

select * from final
order by day, event, channel
