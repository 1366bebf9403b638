-- What a text beside an activity means: an account, a person there, an opportunity.
-- It is an identifier (15 or 18 characters alike), an e-mail, or a name that nothing
-- else of that kind has; an account comes before a person, a person before an
-- opportunity.
-- grain: ref
-- columns:
--   ref                     varchar  text as the exports write it
--   object                  varchar  account, contact or opportunity
--   account_number          bigint   account meant, or of the person or opportunity
--   contact_number          bigint   person that the text means, when it means one
--   contact_account_number  bigint   account of that person
--   is_lead                 boolean  whether that person is a lead

with

opportunities as (
    select
        6 as rank,
        int_conversation_opportunity.opportunity_id as ref,
        int_conversation_opportunity.account_number
    from int_conversation_opportunity
    union all
    select
        7 as rank,
        left(int_conversation_opportunity.opportunity_id, 15) as ref,
        int_conversation_opportunity.account_number
    from int_conversation_opportunity
    where length(int_conversation_opportunity.opportunity_id) = 18
    union all
    select
        8 as rank,
        int_conversation_opportunity.name as ref,
        int_conversation_opportunity.account_number
    from int_conversation_opportunity
),

persons as (
    select
        2 as rank,
        int_conversation_contact.contact_id as ref,
        int_conversation_contact.contact_number
    from int_conversation_contact
    union all
    select
        3 as rank,
        left(int_conversation_contact.contact_id, 15) as ref,
        int_conversation_contact.contact_number
    from int_conversation_contact
    where length(int_conversation_contact.contact_id) = 18
    union all
    select
        4 as rank,
        int_conversation_contact.email as ref,
        int_conversation_contact.contact_number
    from int_conversation_contact
    union all
    select
        5 as rank,
        int_conversation_contact.name as ref,
        int_conversation_contact.contact_number
    from int_conversation_contact
),

aliases as (
    select
        1 as rank,
        int_account_ref.ref,
        int_conversation_account.account_number,
        cast(null as bigint) as contact_number
    from int_account_ref
    inner join int_conversation_account
        on int_account_ref.account_id = int_conversation_account.account_id
    union all
    select
        persons.rank,
        persons.ref,
        max(int_conversation_contact.account_number) as account_number,
        max(persons.contact_number) as contact_number
    from persons
    inner join int_conversation_contact
        on persons.contact_number = int_conversation_contact.contact_number
    where persons.ref is not null
    group by persons.rank, persons.ref
    having count(distinct persons.contact_number) = 1
    union all
    select
        opportunities.rank,
        opportunities.ref,
        max(opportunities.account_number) as account_number,
        cast(null as bigint) as contact_number
    from opportunities
    group by opportunities.rank, opportunities.ref
    having count(*) = 1
),

best as (
    select
        aliases.ref,
        min(aliases.rank) as rank,
        arg_min(aliases.account_number, aliases.rank) as account_number,
        arg_min(aliases.contact_number, aliases.rank) as contact_number
    from aliases
    group by aliases.ref
),

final as (
    select
        best.ref,
        case
            when best.rank = 1 then 'account'
            when best.rank <= 5 then 'contact'
            else 'opportunity'
        end as object,
        best.account_number,
        best.contact_number,
        int_conversation_contact.account_number as contact_account_number,
        coalesce(int_conversation_contact.is_lead, false) as is_lead
    from best
    left join int_conversation_contact
        on best.contact_number = int_conversation_contact.contact_number
)

select * from final
