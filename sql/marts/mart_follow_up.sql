-- Who was on a campaign's call list, and what came of it. The list is as it was taken:
-- who clicked and had not converted. Who converted later stays on it, when the exports
-- tell so: a conversion dated after the click, an earlier import that showed the click
-- alone, or a call before the last change of the row that tells of the conversion. Who
-- converted at once never was to be called.
-- A call or a meeting counts from the day of the click (of the campaign, where no click
-- is dated) and for `days` days. Somebody was reached when an outcome says so, else
-- when the call lasted `seconds`; null when the export tells neither.
-- grain: person_id
-- params: campaign_id, days, seconds
-- persons: owner_id, owner_name
-- contacts: person_id
-- columns:
--   person_id      varchar  person
--   owner_id       varchar  user who holds the contact
--   owner_name     varchar  name of that user
--   owner_team     varchar  team of that user
--   from_day       date     day from which calls count
--   call_count     bigint   calls
--   call_day       date     day of the first call
--   last_call_day  date     day of the last one
--   is_reached     boolean  whether a call reached the person
--   meeting_day    date     day of the first meeting
--   is_converted   boolean  converted
--   is_after       boolean  converted, on the day of a call or meeting or later
--   do_not_call    boolean  whether the person refuses calls
--   state          varchar  converted, reached, called, met, refuses or waiting

with

traces as (
    select
        int_call_trace.person_id,
        count(*) filter (where int_call_trace.kind = 'call') as call_count,
        min(int_call_trace.day) filter (where int_call_trace.kind = 'call') as call_day,
        max(int_call_trace.day) filter (
            where int_call_trace.kind = 'call'
        ) as last_call_day,
        bool_or(
            case int_call_trace.outcome
                when 'reached' then true
                when 'missed' then false
                else int_call_trace.duration >= $seconds
            end
        ) filter (where int_call_trace.kind = 'call') as is_reached,
        min(int_call_trace.day) filter (
            where int_call_trace.kind = 'meeting'
        ) as meeting_day
    from int_call_trace
    inner join int_call_person
        on
            int_call_trace.campaign_id = int_call_person.campaign_id
            and int_call_trace.person_id = int_call_person.person_id
    where
        int_call_trace.campaign_id = $campaign_id
        and int_call_trace.day <= int_call_person.from_day + cast($days as integer)
    group by int_call_trace.person_id
),

listed as (
    select
        int_call_person.person_id,
        int_call_person.from_day,
        int_call_person.is_converted,
        traces.call_day,
        traces.last_call_day,
        traces.is_reached,
        traces.meeting_day,
        coalesce(traces.call_count, 0) as call_count,
        int_call_person.is_converted
        and coalesce(
            least(traces.call_day, traces.meeting_day)
            <= coalesce(int_call_person.converted_day, int_call_person.changed_day),
            false
        ) as is_after
    from int_call_person
    left join traces on int_call_person.person_id = traces.person_id
    where
        int_call_person.campaign_id = $campaign_id
        and (
            not int_call_person.is_converted
            or int_call_person.was_seen
            or int_call_person.converted_day > int_call_person.click_day
            or (
                int_call_person.converted_day is null
                and least(traces.call_day, traces.meeting_day)
                <= int_call_person.changed_day
            )
        )
),

final as (
    select
        listed.person_id,
        int_campaign_person.owner_id,
        int_user.name as owner_name,
        int_user.team as owner_team,
        listed.from_day,
        listed.call_count,
        listed.call_day,
        listed.last_call_day,
        listed.is_reached,
        listed.meeting_day,
        listed.is_converted,
        listed.is_after,
        int_campaign_person.do_not_call,
        case
            when listed.is_converted then 'converted'
            when listed.is_reached then 'reached'
            when listed.call_count > 0 then 'called'
            when listed.meeting_day is not null then 'met'
            when int_campaign_person.do_not_call then 'refuses'
            else 'waiting'
        end as state
    from listed
    inner join int_campaign_person
        on
            listed.person_id = int_campaign_person.person_id
            and int_campaign_person.campaign_id = $campaign_id
    left join int_user on int_campaign_person.owner_id = int_user.user_id
)

select * from final
order by from_day asc nulls last, person_id asc
