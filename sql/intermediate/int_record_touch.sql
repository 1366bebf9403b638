-- The last exchange about each account and contact, and about the opportunities that
-- have no account: the others are worked on with their account.
-- grain: object, record_id
-- columns:
--   object     varchar  account, contact or opportunity
--   record_id  varchar  record
--   last_day   date     day of its last exchange, in the time zone of who had it

with

accounts as (
    select
        int_conversation.account_number,
        max(int_conversation.day) as last_day
    from int_conversation
    where int_conversation.account_number is not null
    group by int_conversation.account_number
),

contacts as (
    select
        int_conversation.contact_number,
        max(int_conversation.day) as last_day
    from int_conversation
    where int_conversation.contact_number is not null
    group by int_conversation.contact_number
),

alone as (
    select int_conversation_opportunity.opportunity_id
    from int_conversation_opportunity
    where int_conversation_opportunity.account_number is null
),

final as (
    select
        'account' as object,
        int_conversation_account.account_id as record_id,
        accounts.last_day
    from accounts
    inner join int_conversation_account
        on accounts.account_number = int_conversation_account.account_number
    union all
    select
        'contact' as object,
        int_conversation_contact.contact_id as record_id,
        contacts.last_day
    from contacts
    inner join int_conversation_contact
        on contacts.contact_number = int_conversation_contact.contact_number
    union all
    select
        'opportunity' as object,
        stg_activity.related as record_id,
        max(
            coalesce(
                stg_activity.activity_date,
                cast(stg_activity.activity_at as date),
                cast(stg_activity.completed_at as date)
            )
        ) as last_day
    from stg_activity
    inner join alone on stg_activity.related = alone.opportunity_id
    where coalesce(stg_activity.is_done, true)
    group by stg_activity.related
)

select * from final
