-- Records made and changed, in slots of ten minutes of each user's local time.
-- A record is one action when it is made (by its creator, else its owner) and one more
-- at its last change when that is over 60 seconds later (by who changed it).
-- grain: user_id, day, object, verb, hour, tenth
-- columns:
--   user_id        varchar  user
--   day            date     local day
--   object         varchar  object of the records; record:<type> for the others
--   verb           varchar  create or update
--   hour           bigint   hour of the day; null when the export has no time
--   tenth          bigint   ten-minute slot of the hour, 0 to 5
--   first_in_hour  bigint   minute of the hour of the first action
--   last_in_hour   bigint   minute of the hour of the last one
--   row_count      bigint   actions

with

records as (
    select
        'account' as object,
        coalesce(stg_account.created_by, stg_account.owner) as creator,
        stg_account.created_at,
        stg_account.created_date,
        stg_account.modified_by,
        stg_account.modified_at,
        stg_account.modified_date
    from stg_account
    union all
    select
        'contact' as object,
        coalesce(stg_contact.created_by, stg_contact.owner) as creator,
        stg_contact.created_at,
        stg_contact.created_date,
        stg_contact.modified_by,
        stg_contact.modified_at,
        stg_contact.modified_date
    from stg_contact
    union all
    select
        'opportunity' as object,
        coalesce(stg_opportunity.created_by, stg_opportunity.owner) as creator,
        stg_opportunity.created_at,
        stg_opportunity.created_date,
        stg_opportunity.modified_by,
        stg_opportunity.modified_at,
        stg_opportunity.modified_date
    from stg_opportunity
    union all
    select
        'campaign' as object,
        coalesce(stg_campaign.created_by, stg_campaign.owner) as creator,
        stg_campaign.created_at,
        stg_campaign.created_date,
        stg_campaign.modified_by,
        stg_campaign.modified_at,
        stg_campaign.modified_date
    from stg_campaign
    union all
    select
        'campaign' as object,
        stg_campaign_member.created_by as creator,
        stg_campaign_member.created_at,
        stg_campaign_member.created_date,
        stg_campaign_member.modified_by,
        stg_campaign_member.modified_at,
        stg_campaign_member.modified_date
    from stg_campaign_member
    union all
    select
        concat_ws(':', 'record', stg_record.record_type) as object,
        coalesce(stg_record.created_by, stg_record.owner) as creator,
        stg_record.created_at,
        stg_record.created_date,
        stg_record.modified_by,
        stg_record.modified_at,
        stg_record.modified_date
    from stg_record
),

traces as (
    select
        records.object,
        'create' as verb,
        records.creator as ref,
        records.created_at as acted_at,
        records.created_date as acted_date
    from records
    union all
    select
        records.object,
        'update' as verb,
        records.modified_by as ref,
        records.modified_at as acted_at,
        records.modified_date as acted_date
    from records
    where
        records.modified_at > records.created_at + interval '60' second
        or records.modified_date > coalesce(
            records.created_date, cast(records.created_at as date)
        )
),

localised as (
    select
        int_user_zone.user_id,
        traces.object,
        traces.verb,
        traces.acted_date,
        timezone(int_user_zone.timezone, timezone('UTC', traces.acted_at)) as local_at
    from traces
    inner join int_user_ref on traces.ref = int_user_ref.ref
    inner join int_user_zone on int_user_ref.user_id = int_user_zone.user_id
),

timed as (
    select
        localised.user_id,
        localised.object,
        localised.verb,
        coalesce(localised.acted_date, cast(localised.local_at as date)) as day,
        cast(extract(hour from localised.local_at) as bigint) as hour,
        cast(extract(minute from localised.local_at) as bigint) as minute_of_hour,
        cast(floor(extract(minute from localised.local_at) / 10) as bigint) as tenth
    from localised
),

final as (
    select
        timed.user_id,
        timed.day,
        timed.object,
        timed.verb,
        timed.hour,
        timed.tenth,
        min(timed.minute_of_hour) as first_in_hour,
        max(timed.minute_of_hour) as last_in_hour,
        count(*) as row_count
    from timed
    where timed.day is not null
    group by
        timed.user_id, timed.day, timed.object, timed.verb, timed.hour, timed.tenth
)

select * from final
