-- Each user's months: days connected, days active, days expected, actions.
-- A row for every month of the data in which the user is expected or leaves a trace;
-- the last month is whole here, marts cut it at the day of the report.
-- grain: user_id, month
-- columns:
--   expected_days      double   working days expected of the user
--   user_id            varchar  user
--   month              varchar  month, YYYY-MM
--   login_days         bigint   days with a login
--   active_days        bigint   days with a login or an action
--   idle_days          bigint   days with a login and no action
--   actions            bigint   actions
--   mass_actions       bigint   of which imports and mass mails
--   call_count         bigint   calls entered
--   email_count        bigint   mails entered
--   meeting_count      bigint   meetings entered
--   mobile_login_days  bigint   days with a login from a telephone or a tablet
--   objects            bigint   most kinds of objects touched in one day

with

months as (
    select
        int_calendar.month,
        min(int_calendar.day) as first_day,
        max(int_calendar.day) as last_day
    from int_calendar
    inner join int_period
        on
            int_calendar.month >= left(cast(int_period.first_day as varchar), 7)
            and int_calendar.month <= left(cast(int_period.last_day as varchar), 7)
    group by int_calendar.month
),

spans as (
    select
        int_user_contract.user_id,
        int_user_contract.work_share,
        months.month,
        greatest(
            months.first_day,
            coalesce(int_user_contract.contract_from, months.first_day)
        )
            as from_day,
        least(months.last_day, coalesce(int_user_contract.contract_to, months.last_day))
            as to_day
    from int_user_contract
    cross join months
),

worked as (
    select
        spans.user_id,
        spans.month,
        spans.work_share,
        last_one.working_to_date
        - first_one.working_to_date
        + case when first_one.is_working then 1 else 0 end as working_days
    from spans
    inner join int_calendar as first_one on spans.from_day = first_one.day
    inner join int_calendar as last_one on spans.to_day = last_one.day
    where spans.from_day <= spans.to_day
),

off as (
    select
        spans.user_id,
        spans.month,
        sum(int_absence_day.share) as days_off
    from int_absence_day
    inner join spans
        on
            int_absence_day.user_id = spans.user_id
            and int_absence_day.day >= spans.from_day
            and int_absence_day.day <= spans.to_day
    group by spans.user_id, spans.month
),

traces as (
    select
        int_user_day.user_id,
        cast(sum(int_user_day.action_count) as bigint) as actions,
        cast(sum(int_user_day.mass_action_count) as bigint) as mass_actions,
        cast(sum(int_user_day.call_count) as bigint) as call_count,
        cast(sum(int_user_day.email_count) as bigint) as email_count,
        cast(sum(int_user_day.meeting_count) as bigint) as meeting_count,
        left(cast(int_user_day.day as varchar), 7) as month,
        count(*) filter (where int_user_day.login_count > 0) as login_days,
        count(*) as active_days,
        count(*) filter (
            where int_user_day.login_count > 0 and int_user_day.action_count = 0
        ) as idle_days,
        count(*) filter (where int_user_day.mobile_login_count > 0)
            as mobile_login_days,
        max(int_user_day.object_count) as objects
    from int_user_day
    group by int_user_day.user_id, left(cast(int_user_day.day as varchar), 7)
),

final as (
    select
        cast(
            coalesce(
                (worked.working_days - coalesce(off.days_off, 0)) * worked.work_share, 0
            ) as double
        ) as expected_days,
        coalesce(worked.user_id, traces.user_id) as user_id,
        coalesce(worked.month, traces.month) as month,
        coalesce(traces.login_days, 0) as login_days,
        coalesce(traces.active_days, 0) as active_days,
        coalesce(traces.idle_days, 0) as idle_days,
        coalesce(traces.actions, 0) as actions,
        coalesce(traces.mass_actions, 0) as mass_actions,
        coalesce(traces.call_count, 0) as call_count,
        coalesce(traces.email_count, 0) as email_count,
        coalesce(traces.meeting_count, 0) as meeting_count,
        coalesce(traces.mobile_login_days, 0) as mobile_login_days,
        coalesce(traces.objects, 0) as objects
    from worked
    full outer join traces
        on worked.user_id = traces.user_id and worked.month = traces.month
    left join off on worked.user_id = off.user_id and worked.month = off.month
)

select * from final
order by user_id, month
