-- Opportunities neither won nor lost: what is at stake, when each should close and when
-- somebody last worked on it, on its account or with its contact.
-- grain: opportunity_id
-- columns:
--   opportunity_id  varchar  opportunity
--   name            varchar  name
--   account_name    varchar  name of its account
--   owner_id        varchar  user who holds it; null when nobody known does
--   amount          double   amount in its currency
--   currency        varchar  ISO 4217 code of the amount
--   created_day     date     day it was made
--   close_day       date     day it should close
--   activity_day    date     day of the last activity; null for none

with

company as (
    select setting.timezone
    from setting
),

final as (
    select
        stg_opportunity.opportunity_id,
        stg_opportunity.name,
        stg_account.name as account_name,
        int_record.owner_id,
        stg_opportunity.amount,
        stg_opportunity.currency,
        int_record.created_day,
        coalesce(
            stg_opportunity.close_date,
            cast(
                timezone(
                    company.timezone, timezone('UTC', stg_opportunity.close_at)
                ) as date
            )
        ) as close_day,
        greatest(
            int_record.activity_day, account_touch.last_day, contact_touch.last_day
        ) as activity_day
    from stg_opportunity
    cross join company
    inner join int_record
        on
            stg_opportunity.opportunity_id = int_record.record_id
            and int_record.object = 'opportunity'
    left join int_record_touch as account_touch
        on
            int_record.account_id = account_touch.record_id
            and account_touch.object = 'account'
    left join int_record_touch as contact_touch
        on
            stg_opportunity.contact = contact_touch.record_id
            and contact_touch.object = 'contact'
    left join stg_account on int_record.account_id = stg_account.account_id
    where not stg_opportunity.is_closed
)

select * from final
