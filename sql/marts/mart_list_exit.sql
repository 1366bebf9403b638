-- Who is left out of the two lists of a campaign, each person under the first reason
-- that holds: bounced, opted out, complained, converted; or who clicked, for the second
-- mail, since the call list holds them.
-- grain: list, reason
-- params: campaign_id
-- columns:
--   list          varchar  call, or second_mail
--   reason        varchar  bounced, opted_out, complained, converted or clicked
--   person_count  bigint   persons

with

traced as (
    select
        int_campaign_trace.has_clicked or int_campaign_trace.is_converted as clicks,
        int_campaign_trace.has_opened
        or int_campaign_trace.has_clicked
        or int_campaign_trace.is_converted as opens,
        case
            when int_campaign_person.is_bounced then 'bounced'
            when int_campaign_person.is_opted_out then 'opted_out'
            when int_campaign_person.is_complained then 'complained'
            when int_campaign_person.is_converted then 'converted'
            when int_campaign_person.is_clicked then 'clicked'
        end as reason
    from int_campaign_trace
    inner join int_campaign_person
        on
            int_campaign_trace.campaign_id = int_campaign_person.campaign_id
            and int_campaign_trace.person_id = int_campaign_person.person_id
    where int_campaign_trace.campaign_id = $campaign_id
),

final as (
    select
        'call' as list,
        traced.reason,
        count(*) as person_count
    from traced
    where traced.clicks and traced.reason <> 'clicked'
    group by traced.reason
    union all
    select
        'second_mail' as list,
        traced.reason,
        count(*) as person_count
    from traced
    where traced.opens and traced.reason is not null
    group by traced.reason
)

select * from final
order by list asc, person_count desc, reason asc
