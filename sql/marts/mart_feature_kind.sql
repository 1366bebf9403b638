-- What the exports can tell of a feature's use, with how many people used it: kinds of
-- objects and of activities, mails that a person logged, fields of the records made.
-- grain: kind
-- params: as_of
-- people: people
-- columns:
--   kind        varchar  account, call, record:<object>, logged_email, field:<field>, …
--   people      bigint   people who used it; who hold the records, for a field
--   use_count   bigint   records made and changed, entries, records that hold the field
--   first_week  date     Monday of the first week of use; null for a field

with

known as (
    select int_user_contract.user_id
    from int_user_contract
    where int_user_contract.program_reason is null
),

uses as (
    select
        int_user_kind_week.user_id,
        int_user_kind_week.kind,
        int_user_kind_week.week,
        int_user_kind_week.created_count + int_user_kind_week.changed_count as use_count
    from int_user_kind_week
    where int_user_kind_week.week <= cast($as_of as date)
    union all
    select
        int_user_email_day.user_id,
        'logged_email' as kind,
        cast(date_trunc('week', int_user_email_day.day) as date) as week,
        int_user_email_day.logged_count as use_count
    from int_user_email_day
    where
        int_user_email_day.logged_count > 0
        and int_user_email_day.day <= cast($as_of as date)
),

-- A closed opportunity is in no count of fields: opportunities are left out.
names as (
    select
        'account' as object,
        unnest(
            [
                'account_type', 'industry', 'phone', 'website', 'city', 'postcode',
                'registration'
            ]
        ) as field
    union all
    select
        unnest(['contact', 'lead']) as object,
        parts.field
    from (
        select unnest(['account', 'email', 'phone', 'title']) as field
    ) as parts
),

holders as (
    select
        int_record_field.object,
        int_record_field.owner_id,
        sum(int_record_field.record_count) as record_count
    from int_record_field
    inner join known on int_record_field.owner_id = known.user_id
    where int_record_field.field is null
    group by int_record_field.object, int_record_field.owner_id
),

lacking as (
    select
        int_record_field.object,
        int_record_field.owner_id,
        int_record_field.field,
        sum(int_record_field.record_count) as record_count
    from int_record_field
    where int_record_field.field is not null
    group by
        int_record_field.object, int_record_field.owner_id, int_record_field.field
),

fields as (
    select
        holders.owner_id,
        concat('field:', holders.object, '.', names.field) as kind,
        holders.record_count - coalesce(lacking.record_count, 0) as use_count
    from holders
    inner join names on holders.object = names.object
    left join lacking
        on
            holders.object = lacking.object
            and holders.owner_id = lacking.owner_id
            and names.field = lacking.field
),

final as (
    select
        uses.kind,
        count(distinct uses.user_id) as people,
        cast(sum(uses.use_count) as bigint) as use_count,
        min(uses.week) as first_week
    from uses
    inner join known on uses.user_id = known.user_id
    group by uses.kind
    union all
    select
        fields.kind,
        count(distinct fields.owner_id) as people,
        cast(sum(fields.use_count) as bigint) as use_count,
        cast(null as date) as first_week
    from fields
    where fields.use_count > 0
    group by fields.kind
)

select * from final
order by kind
