-- Calls and meetings with the persons of a campaign's call list, from the day of their
-- click on. A call names the person: by identifier, e-mail or a name nobody shares.
-- grain: campaign_id, person_id, record_key
-- columns:
--   campaign_id  varchar  campaign
--   person_id    varchar  person
--   record_key   varchar  activity
--   kind         varchar  call or meeting
--   day          date     day of the activity, in the company's time zone
--   outcome      varchar  reached or missed; null when the export does not tell
--   duration     double   seconds; null when the export does not tell

with

touches as (
    select
        stg_activity.record_key,
        stg_activity.kind,
        stg_activity.outcome,
        stg_activity.duration,
        coalesce(
            stg_activity.activity_date,
            cast(
                timezone(setting.timezone, timezone('UTC', stg_activity.activity_at))
                as date
            ),
            stg_activity.completed_date,
            cast(
                timezone(setting.timezone, timezone('UTC', stg_activity.completed_at))
                as date
            ),
            stg_activity.created_date,
            cast(
                timezone(setting.timezone, timezone('UTC', stg_activity.created_at))
                as date
            )
        ) as day,
        -- Several records in one cell are separated by a semicolon.
        unnest(
            string_split(
                coalesce(
                    stg_activity.contact, stg_activity.account, stg_activity.related
                ),
                ';'
            )
        ) as about
    from stg_activity
    cross join setting
    where
        stg_activity.kind in ('call', 'meeting')
        and coalesce(stg_activity.is_done, true)
        and not stg_activity.is_mass
),

spoken as (
    select
        int_call_person.campaign_id,
        int_call_person.person_id,
        int_call_person.from_day,
        int_conversation_ref.ref
    from int_call_person
    inner join int_conversation_contact
        on int_call_person.contact_id = int_conversation_contact.contact_id
    inner join int_conversation_ref
        on
            int_conversation_contact.contact_number
            = int_conversation_ref.contact_number
            and int_conversation_ref.object = 'contact'
    union
    select
        int_call_person.campaign_id,
        int_call_person.person_id,
        int_call_person.from_day,
        unnest([int_call_person.contact, int_call_person.email]) as ref
    from int_call_person
    where int_call_person.contact_id is null
),

final as (
    select distinct
        spoken.campaign_id,
        spoken.person_id,
        touches.record_key,
        touches.kind,
        touches.day,
        touches.outcome,
        touches.duration
    from touches
    inner join spoken on trim(touches.about) = spoken.ref
    where touches.day >= spoken.from_day
)

select * from final
