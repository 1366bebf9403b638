-- People by month: who came, who came back, who went. A person on leave all month, or
-- never seen, is in none; new means that the account was created in the month.
-- grain: month
-- params: as_of
-- people: active_people
-- parts: new_people, returning_people, resurrected_people, dormant_people, left_people
-- columns:
--   month               varchar  month, YYYY-MM
--   new_people          bigint   active, account created in the month
--   returning_people    bigint   active, and active the month before
--   resurrected_people  bigint   active, not the month before, not new
--   dormant_people      bigint   not active though expected, active the month before
--   left_people         bigint   account closed in the month
--   active_people       bigint   new, returning and resurrected

with

months as (
    select
        int_user_month.user_id,
        int_user_month.month,
        int_user_month.active_days > 0 as is_active,
        int_user_month.expected_days > 0 as is_expected,
        left(cast(int_user_contract.contract_from as varchar), 7) = int_user_month.month
            as is_created,
        left(cast(int_user_contract.contract_to as varchar), 7) = int_user_month.month
            as is_closed,
        left(
            cast(
                cast(concat(int_user_month.month, '-01') as date) - interval '1' day
                as varchar
            ),
            7
        ) as previous_month
    from int_user_month
    inner join int_user_contract on int_user_month.user_id = int_user_contract.user_id
    where
        int_user_contract.program_reason is null
        and int_user_month.month <= left(cast(cast($as_of as date) as varchar), 7)
),

-- Before the first month nothing is known: whoever is active in it did not come back.
start as (
    select min(months.month) as first_month
    from months
    where months.is_active
),

placed as (
    select
        months.month,
        months.is_active,
        months.is_expected,
        coalesce(months.is_created, false) as is_created,
        coalesce(months.is_closed, false) as is_closed,
        coalesce(earlier.is_active, false)
        or (months.is_active and months.month = start.first_month) as was_active
    from months
    cross join start
    left join months as earlier
        on
            months.user_id = earlier.user_id
            and months.previous_month = earlier.month
),

final as (
    select
        placed.month,
        count(*) filter (where placed.is_active and placed.is_created) as new_people,
        count(*) filter (
            where placed.is_active and not placed.is_created and placed.was_active
        ) as returning_people,
        count(*) filter (
            where placed.is_active and not placed.is_created and not placed.was_active
        ) as resurrected_people,
        count(*) filter (
            where
            not placed.is_active
            and placed.is_expected
            and placed.was_active
            and not placed.is_closed
        ) as dormant_people,
        count(*) filter (where placed.is_closed) as left_people,
        count(*) filter (where placed.is_active) as active_people
    from placed
    group by placed.month
)

select * from final
order by month
