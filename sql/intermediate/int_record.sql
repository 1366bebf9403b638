-- Accounts, contacts, leads and open opportunities: who holds each, and since when
-- nothing happened to it. Private persons and converted leads are left out.
-- grain: object, record_id
-- columns:
--   object        varchar  account, contact, lead or opportunity
--   record_id     varchar  record
--   name          varchar  name
--   source_file   varchar  file it was read from
--   account_id    varchar  account it belongs to, when it is in the exports
--   owner_id      varchar  user who holds it; null when nobody known does
--   created_day   date     day it was made
--   modified_day  date     day of its last change
--   activity_day  date     day of its last activity, as the record or an activity tells

with

records as (
    select
        'account' as object,
        stg_account.account_id as record_id,
        stg_account.name,
        stg_account.source_file,
        stg_account.account_id as account_ref,
        stg_account.owner,
        stg_account.created_at,
        stg_account.created_date,
        stg_account.modified_at,
        stg_account.modified_date,
        stg_account.last_activity_at,
        stg_account.last_activity_date
    from stg_account
    where not stg_account.is_person
    union all
    select
        case when stg_contact.is_lead then 'lead' else 'contact' end as object,
        stg_contact.contact_id as record_id,
        coalesce(stg_contact.name, stg_contact.email) as name,
        stg_contact.source_file,
        stg_contact.account as account_ref,
        stg_contact.owner,
        stg_contact.created_at,
        stg_contact.created_date,
        stg_contact.modified_at,
        stg_contact.modified_date,
        stg_contact.last_activity_at,
        stg_contact.last_activity_date
    from stg_contact
    where not stg_contact.is_converted
    union all
    select
        'opportunity' as object,
        stg_opportunity.opportunity_id as record_id,
        stg_opportunity.name,
        stg_opportunity.source_file,
        stg_opportunity.account as account_ref,
        stg_opportunity.owner,
        stg_opportunity.created_at,
        stg_opportunity.created_date,
        stg_opportunity.modified_at,
        stg_opportunity.modified_date,
        null as last_activity_at,
        null as last_activity_date
    from stg_opportunity
    where not stg_opportunity.is_closed
),

final as (
    select
        records.object,
        records.record_id,
        records.name,
        records.source_file,
        int_account_ref.account_id,
        holder.user_id as owner_id,
        coalesce(
            records.created_date,
            cast(
                timezone(setting.timezone, timezone('UTC', records.created_at)) as date
            )
        ) as created_day,
        coalesce(
            records.modified_date,
            cast(
                timezone(setting.timezone, timezone('UTC', records.modified_at)) as date
            )
        ) as modified_day,
        greatest(
            int_record_touch.last_day,
            records.last_activity_date,
            cast(
                timezone(setting.timezone, timezone('UTC', records.last_activity_at))
                as date
            )
        ) as activity_day
    from records
    cross join setting
    left join int_user_ref as holder on records.owner = holder.ref
    left join int_account_ref on records.account_ref = int_account_ref.ref
    left join int_record_touch
        on
            records.record_id = int_record_touch.record_id
            and case when records.object = 'lead' then 'contact' else records.object end
            = int_record_touch.object
)

select * from final
