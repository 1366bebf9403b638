-- Every way in which the exports point to users, and how many rows do.
-- grain: object, creator, owner, modifier
-- columns:
--   object     varchar  object of the rows
--   creator    varchar  who made the rows (or logged in), as the export writes it
--   owner      varchar  who holds them (or manages), as the export writes it
--   modifier   varchar  who last changed them, as the export writes it
--   row_count  bigint   rows

with

final as (
    select
        'login' as object,
        raw_login.user as creator,
        cast(null as varchar) as owner,
        cast(null as varchar) as modifier,
        count(*) as row_count
    from raw_login
    group by raw_login.user
    union all
    select
        'absence' as object,
        raw_absence.user as creator,
        cast(null as varchar) as owner,
        cast(null as varchar) as modifier,
        count(*) as row_count
    from raw_absence
    group by raw_absence.user
    union all
    select
        'user' as object,
        cast(null as varchar) as creator,
        raw_user.manager as owner,
        cast(null as varchar) as modifier,
        count(*) as row_count
    from raw_user
    group by raw_user.manager
    union all
    select
        'account' as object,
        raw_account.created_by as creator,
        raw_account.owner,
        raw_account.modified_by as modifier,
        count(*) as row_count
    from raw_account
    group by raw_account.created_by, raw_account.owner, raw_account.modified_by
    union all
    select
        'contact' as object,
        raw_contact.created_by as creator,
        raw_contact.owner,
        raw_contact.modified_by as modifier,
        count(*) as row_count
    from raw_contact
    group by raw_contact.created_by, raw_contact.owner, raw_contact.modified_by
    union all
    select
        'activity' as object,
        raw_activity.created_by as creator,
        raw_activity.owner,
        raw_activity.modified_by as modifier,
        count(*) as row_count
    from raw_activity
    group by raw_activity.created_by, raw_activity.owner, raw_activity.modified_by
    union all
    select
        'opportunity' as object,
        raw_opportunity.created_by as creator,
        raw_opportunity.owner,
        raw_opportunity.modified_by as modifier,
        count(*) as row_count
    from raw_opportunity
    group by
        raw_opportunity.created_by, raw_opportunity.owner, raw_opportunity.modified_by
    union all
    select
        'campaign' as object,
        raw_campaign.created_by as creator,
        raw_campaign.owner,
        raw_campaign.modified_by as modifier,
        count(*) as row_count
    from raw_campaign
    group by raw_campaign.created_by, raw_campaign.owner, raw_campaign.modified_by
    union all
    select
        'record' as object,
        raw_record.created_by as creator,
        raw_record.owner,
        raw_record.modified_by as modifier,
        count(*) as row_count
    from raw_record
    group by raw_record.created_by, raw_record.owner, raw_record.modified_by
    union all
    select
        'campaign_member' as object,
        raw_campaign_member.created_by as creator,
        cast(null as varchar) as owner,
        raw_campaign_member.modified_by as modifier,
        count(*) as row_count
    from raw_campaign_member
    group by raw_campaign_member.created_by, raw_campaign_member.modified_by
)

select * from final
