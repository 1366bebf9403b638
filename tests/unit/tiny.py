"""A tiny company: models of a few lines, logins by the handful."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings

SQL = {
    "staging/stg_login.sql": """-- Logins, the latest import's.
-- grain: record_key
with
placed as (
    select *, row_number() over (
        partition by record_key order by import_seq desc, source_line desc
    ) as place
    from raw_login
)
select
    "user" as user_id,
    timezone(setting.timezone, timezone('UTC', login_at)) as moment
from placed cross join setting
where place = 1
""",
    "intermediate/int_user.sql": """-- Who signed in; the team is the name's letter.
-- grain: user_id
select distinct
    user_id,
    concat('Name ', user_id) as name,
    concat(user_id, '@x.fr') as email,
    left(user_id, 1) as team
from stg_login
order by user_id
""",
    "intermediate/int_user_day.sql": """-- Days of each user.
-- grain: user_id, day
select
    user_id, cast(moment as date) as day, count(*) as login_count
from stg_login
group by all
order by user_id, day
""",
    "marts/mart_user.sql": """-- Everybody's days.
-- grain: user_id
-- persons: user_id, name, email
select
    int_user.user_id, int_user.name, int_user.email, int_user.team,
    'a0' as manager_id, count(*) as login_days, max(int_user_day.day) as last_day
from int_user inner join int_user_day on int_user.user_id = int_user_day.user_id
group by all
order by int_user.name
""",
    "marts/mart_history.sql": """-- One user's days.
-- grain: day
-- params: user_id
-- persons: user_id
select user_id, day from int_user_day where user_id = $user_id order by day
""",
    "marts/mart_team_month.sql": """-- Teams by month.
-- grain: team, month
-- people: people
select
    int_user.team, left(cast(int_user_day.day as varchar), 7) as month,
    count(distinct int_user.user_id) as people, count(*) as login_days
from int_user inner join int_user_day on int_user.user_id = int_user_day.user_id
group by all
order by team, month
""",
    "marts/mart_call_list.sql": """-- Customers to call.
-- grain: contact_id
-- persons: owner_id, owner_name, owner_email
-- contacts: name, email
select
    'customer-1' as contact_id, 'Zoé Client' as name, 'zoe@client.fr' as email,
    user_id as owner_id, name as owner_name, email as owner_email
from int_user order by user_id limit 1
""",
    "marts/mart_flow.sql": """-- Who came and who stayed, the company as a whole.
-- grain: month
-- people: active_people
-- parts: new_people, returning_people
select '2026-01' as month, 23 as active_people, 2 as new_people, 21 as returning_people
""",
    "marts/mart_level.sql": """-- Teams and, below, their people.
-- grain: level, team, user_id
-- persons: user_id, name
-- people: people
select
    'team' as level, team, null as user_id, null as name, count(*) as people
from int_user group by team
union all
select 'user', team, user_id, name, 1 from int_user
order by level, team, user_id
""",
    "marts/mart_setting.sql": """-- What the company decided.
-- grain: timezone
select setting.timezone, chosen_user.user_id, chosen_user.work_share
from setting left join chosen_user on true
""",
}


def write_sql(folder: Path, files: dict[str, str]) -> Path:
    """Write models into a folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def logins(path: Path, users: str, *, first: int) -> Path:
    """Write one login a day, from the day ``first`` on, for each name in ``users``."""
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    rows = []
    for number, user in enumerate(users.split(), start=first):
        moment = start + timedelta(days=number % 50)
        rows.append(f"L{number},{user},{moment:%Y-%m-%dT%H:%M:%SZ}")
    path.write_text("\n".join(["Login Id,User,Login Time", *rows, ""]))
    return path


def days(store: Store, sql: Path, settings: WorkspaceSettings) -> dict[str, int]:
    """Return the days with a login of each user."""
    workspace = Workspace(store, settings, Rights.of("admin"), sql=sql)
    frame = workspace.derive("mart_user")
    return dict(zip(frame["user_id"], frame["login_days"], strict=True))
