-- Exchanges with customers, one row each, in the order of the account and the day: what
-- is asked of one account reads few blocks of the file.
-- An activity is an exchange once it took place; mass mails are none. It belongs to the
-- account that it names, else to its person's, else to its opportunity's.
-- grain: none
-- columns:
--   account_number  bigint   account; null when none was found
--   day             date     day of the exchange
--   channel         varchar  call, email (_in, _out), meeting, chat and so on
--   user_number     bigint   one of our people: who holds it, else who entered it
--   contact_number  bigint   person at the customer's
--   match           varchar  account, contact, opportunity; else lead, unknown or none

with

dated as (
    select
        stg_activity.created_at,
        coalesce(about.account_number, about_contact.contact_account_number)
            as first_number,
        coalesce(holder.user_number, author.user_number) as user_number,
        coalesce(
            about_contact.contact_number, about.contact_number, related.contact_number
        ) as contact_number,
        case
            when about.account_number is not null then about.object
            when about_contact.contact_account_number is not null then 'contact'
            when related.account_number is not null then related.object
            when about_contact.account_number is not null then about_contact.object
            when
                about.is_lead or about_contact.is_lead or related.is_lead
                then 'lead'
            when
                stg_activity.account is null
                and stg_activity.contact is null
                and stg_activity.related is null
                then 'none'
            else 'unknown'
        end as match,
        case
            when stg_activity.kind = 'email'
                then concat('email', '_' || stg_activity.direction)
            when
                stg_activity.kind = 'meeting' and stg_activity.channel = 'web_meeting'
                then 'web_meeting'
            when stg_activity.kind in ('call', 'meeting') then stg_activity.kind
            when
                stg_activity.channel in ('chat', 'social', 'note')
                then stg_activity.channel
            else stg_activity.kind
        end as channel,
        coalesce(related.account_number, about_contact.account_number) as second_number,
        coalesce(holder.timezone, author.timezone, setting.timezone) as zone,
        case
            when stg_activity.kind = 'task' then stg_activity.completed_at
        end as finished_at,
        case
            when stg_activity.kind = 'task' then stg_activity.completed_date
        end as finished_date,
        case
            when stg_activity.activity_at is null then stg_activity.activity_date
        end as activity_date,
        coalesce(
            stg_activity.activity_at,
            case
                when stg_activity.activity_date is null then stg_activity.completed_at
            end
        ) as happened_at,
        coalesce(stg_activity.completed_date, stg_activity.created_date) as other_date
    from stg_activity
    cross join setting
    left join int_conversation_user as holder on stg_activity.owner = holder.ref
    left join int_conversation_user as author on stg_activity.created_by = author.ref
    -- Several records in one cell are separated by a semicolon: the first is meant.
    left join int_conversation_ref as about
        on trim(split_part(stg_activity.account, ';', 1)) = about.ref
    left join int_conversation_ref as about_contact
        on trim(split_part(stg_activity.contact, ';', 1)) = about_contact.ref
    left join int_conversation_ref as related on stg_activity.related = related.ref
    where coalesce(stg_activity.is_done, true) and not stg_activity.is_mass
),

-- A task is done on the day it was ticked, whatever the day it was due.
final as (
    select
        coalesce(dated.first_number, dated.second_number) as account_number,
        coalesce(
            dated.finished_date,
            cast(timezone(dated.zone, timezone('UTC', dated.finished_at)) as date),
            dated.activity_date,
            cast(timezone(dated.zone, timezone('UTC', dated.happened_at)) as date),
            dated.other_date,
            cast(timezone(dated.zone, timezone('UTC', dated.created_at)) as date)
        ) as day,
        dated.channel,
        dated.user_number,
        dated.contact_number,
        dated.match
    from dated
)

select * from final
order by account_number, day
