-- Responses to campaigns before an opportunity was won (or up to the last day of the
-- data): of its contact, else of its account's contacts where it names none. A response
-- is a click or a conversion; being a member of a campaign is none. Where no day is
-- told for it, it is the campaign's first day.
-- grain: opportunity_id, campaign_id, response_day
-- columns:
--   opportunity_id  varchar  opportunity
--   campaign_id     varchar  campaign responded to
--   response_day    date     day of the response
--   days_before     bigint   days from the response to the opportunity's last day

with

dated as (
    select
        int_campaign_row.campaign_id,
        int_campaign_row.person_id,
        least(
            int_campaign_row.clicked_date,
            int_campaign_row.converted_day,
            cast(
                timezone(
                    setting.timezone, timezone('UTC', int_campaign_row.clicked_at)
                ) as date
            )
        ) as day
    from int_campaign_row
    cross join setting
    where int_campaign_row.clicks or int_campaign_row.converts
),

answered as (
    select
        dated.campaign_id,
        dated.person_id,
        min(dated.day) as day
    from dated
    group by dated.campaign_id, dated.person_id
),

response as (
    select
        int_campaign_person.campaign_id,
        int_campaign_person.contact_id,
        int_campaign_person.account_id,
        coalesce(answered.day, int_campaign.start_day) as response_day
    from int_campaign_person
    inner join int_campaign
        on int_campaign_person.campaign_id = int_campaign.campaign_id
    inner join answered
        on
            int_campaign_person.campaign_id = answered.campaign_id
            and int_campaign_person.person_id = answered.person_id
    where int_campaign_person.is_clicked and int_campaign_person.contact_id is not null
),

found as (
    select
        int_campaign_opportunity.opportunity_id,
        int_campaign_opportunity.last_day,
        response.campaign_id,
        response.response_day
    from int_campaign_opportunity
    inner join response on int_campaign_opportunity.contact_id = response.contact_id
    union all
    select
        int_campaign_opportunity.opportunity_id,
        int_campaign_opportunity.last_day,
        response.campaign_id,
        response.response_day
    from int_campaign_opportunity
    inner join response on int_campaign_opportunity.account_id = response.account_id
    where int_campaign_opportunity.contact_id is null
),

final as (
    select distinct
        found.opportunity_id,
        found.campaign_id,
        found.response_day,
        date_diff('day', found.response_day, found.last_day) as days_before
    from found
    where found.response_day <= found.last_day
)

select * from final
