-- Opportunities neither won nor lost at the day of the report, and how long nobody has
-- worked on each.
-- grain: opportunity_id
-- params: as_of
-- persons: owner_id, owner_name
-- columns:
--   opportunity_id  varchar  opportunity
--   name            varchar  name
--   account_name    varchar  name of its account
--   owner_id        varchar  user who holds it
--   owner_name      varchar  that user's name
--   team            varchar  that user's team
--   amount          double   amount in its currency
--   currency        varchar  ISO 4217 code of the amount
--   close_day       date     day it should close
--   activity_day    date     day of the last activity; null for none
--   overdue_days    bigint   days since it should have closed; null when not yet
--   silent_days     bigint   days without an activity, since it was made at most

with

final as (
    select
        int_open_opportunity.opportunity_id,
        int_open_opportunity.name,
        int_open_opportunity.account_name,
        int_open_opportunity.owner_id,
        int_user.name as owner_name,
        int_user.team,
        int_open_opportunity.amount,
        int_open_opportunity.currency,
        int_open_opportunity.close_day,
        int_open_opportunity.activity_day,
        case
            when int_open_opportunity.close_day < cast($as_of as date)
                then cast($as_of as date) - int_open_opportunity.close_day
        end as overdue_days,
        cast($as_of as date)
        - greatest(int_open_opportunity.activity_day, int_open_opportunity.created_day)
            as silent_days
    from int_open_opportunity
    left join int_user on int_open_opportunity.owner_id = int_user.user_id
    where
        int_open_opportunity.created_day is null
        or int_open_opportunity.created_day <= cast($as_of as date)
)

select * from final
