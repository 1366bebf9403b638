-- The conversation with each account, as it stands on a day.
-- grain: account_id
-- params: as_of
-- persons: owner_id, owner_name
-- columns:
--   account_id       varchar  account
--   name             varchar  name, else the identifier
--   account_type     varchar  kind of account in the CRM
--   owner_id         varchar  user who holds the account
--   owner_name       varchar  name of that user
--   team             varchar  team of that user
--   created_day      date     day it was made
--   contact_count    bigint   contacts of the account
--   first_day        date     first exchange; null without any
--   last_day         date     last exchange; null without any
--   told_day         date     last activity that the CRM tells of, when it is later
--   next_day         date     first exchange noted for a day to come
--   day_count        bigint   days with an exchange
--   exchange_count   bigint   exchanges
--   year_count       bigint   exchanges of the twelve months that end on the day's
--   longest_gap      bigint   longest run of days between two exchanges
--   has_one_user     boolean  one of our people alone took part in those twelve months
--   has_one_contact  boolean  one person of theirs alone took part in them

with

-- A month that the day cuts in two is counted again from the exchanges.
cut as (
    select distinct int_conversation_month.account_number
    from int_conversation_month
    where
        int_conversation_month.first_day <= cast($as_of as date)
        and int_conversation_month.last_day > cast($as_of as date)
),

parts as (
    select
        int_conversation_month.account_number,
        int_conversation_month.first_day,
        int_conversation_month.last_day,
        int_conversation_month.day_count,
        int_conversation_month.exchange_count,
        int_conversation_month.longest_gap,
        int_conversation_month.lowest_user,
        int_conversation_month.highest_user,
        int_conversation_month.lowest_contact,
        int_conversation_month.highest_contact
    from int_conversation_month
    left join cut on int_conversation_month.account_number = cut.account_number
    where
        cut.account_number is null
        and int_conversation_month.last_day <= cast($as_of as date)
    union all
    select
        int_conversation.account_number,
        int_conversation.day as first_day,
        int_conversation.day as last_day,
        1 as day_count,
        count(*) as exchange_count,
        int_conversation.day
        - lag(int_conversation.day) over (
            partition by int_conversation.account_number order by int_conversation.day
        ) as longest_gap,
        min(int_conversation.user_number) as lowest_user,
        max(int_conversation.user_number) as highest_user,
        min(int_conversation.contact_number) as lowest_contact,
        max(int_conversation.contact_number) as highest_contact
    from int_conversation
    inner join cut on int_conversation.account_number = cut.account_number
    where int_conversation.day <= cast($as_of as date)
    group by int_conversation.account_number, int_conversation.day
),

marked as (
    select
        parts.*,
        parts.first_day
        >= date_trunc('month', cast($as_of as date)) - interval '11' month as is_recent
    from parts
),

talked as (
    select
        marked.account_number,
        min(marked.first_day) as first_day,
        max(marked.last_day) as last_day,
        cast(sum(marked.day_count) as bigint) as day_count,
        cast(sum(marked.exchange_count) as bigint) as exchange_count,
        cast(sum(marked.exchange_count) filter (where marked.is_recent) as bigint)
            as year_count,
        max(marked.longest_gap) as longest_gap,
        min(marked.lowest_user) filter (where marked.is_recent)
        = max(marked.highest_user) filter (where marked.is_recent) as has_one_user,
        min(marked.lowest_contact) filter (where marked.is_recent)
        = max(marked.highest_contact) filter (where marked.is_recent)
            as has_one_contact
    from marked
    group by marked.account_number
),

coming as (
    select
        int_conversation_month.account_number,
        min(int_conversation_month.first_day) as next_day
    from int_conversation_month
    where
        int_conversation_month.is_later
        and int_conversation_month.first_day > cast($as_of as date)
    group by int_conversation_month.account_number
),

final as (
    select
        int_conversation_account.account_id,
        int_conversation_account.name,
        int_conversation_account.account_type,
        int_conversation_account.owner_id,
        int_user.name as owner_name,
        int_user.team,
        int_conversation_account.created_day,
        int_conversation_account.contact_count,
        talked.first_day,
        talked.last_day,
        case
            when
                int_conversation_account.told_day <= cast($as_of as date)
                and coalesce(int_conversation_account.told_day > talked.last_day, true)
                then int_conversation_account.told_day
        end as told_day,
        coming.next_day,
        coalesce(talked.day_count, 0) as day_count,
        coalesce(talked.exchange_count, 0) as exchange_count,
        coalesce(talked.year_count, 0) as year_count,
        talked.longest_gap,
        coalesce(talked.has_one_user, false) as has_one_user,
        coalesce(talked.has_one_contact, false) as has_one_contact
    from int_conversation_account
    left join int_user on int_conversation_account.owner_id = int_user.user_id
    left join talked
        on int_conversation_account.account_number = talked.account_number
    left join coming
        on int_conversation_account.account_number = coming.account_number
    where
        coalesce(int_conversation_account.created_day <= cast($as_of as date), true)
)

select * from final
