"""The same figures, computed in plain pandas from .github/REPORT.md.

Nothing here reads the SQL. The activity log is the third-party one when it is
there, and always an invented one whose hours straddle midnight in every zone.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import holidays
import pandas as pd
import pytest

from core import report
from core.workspace import Workspace
from tests.figures.conftest import SAMPLES, by_id, imported, write

GITLOG = SAMPLES / "gitlog" / "bigquery_etl_activity.csv"
ZONES = ["Europe/Paris", "America/New_York", "Pacific/Noumea"]
Read = Callable[[str, str, str], Workspace]


def invented() -> pd.DataFrame:
    """Nine months of traces of 25 users, at any hour, clock changes included."""
    chance = random.Random(7)
    start = datetime(2025, 9, 1, tzinfo=UTC)
    rows = []
    for user in range(25):
        pace = chance.uniform(0.1, 0.9)
        for day in range(270):
            if chance.random() > pace:
                continue
            for _ in range(chance.randint(1, 4)):
                at = start + timedelta(days=day, seconds=chance.randint(0, 86_399))
                rows.append((at, f"u{user:04d}"))
    return pd.DataFrame(rows, columns=["at", "user_id"])


@cache
def log(source: str) -> pd.DataFrame:
    """Return a log of traces: moment in UTC and user."""
    if source == "invented":
        return invented()
    rows = pd.read_csv(GITLOG)
    at = pd.to_datetime(rows["activity_time"], utc=True)
    return pd.DataFrame({"at": at, "user_id": rows["user_id"]})


def sources() -> list[str]:
    """Return the logs there are: the third-party one is an extra."""
    return ["invented", "third_party"] if GITLOG.exists() else ["invented"]


def local_days(rows: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Return the rows with the local day and month of each."""
    local = rows["at"].dt.tz_convert(zone)
    return rows.assign(day=local.dt.date, month=local.dt.strftime("%Y-%m"))


def working(month: str, until: date) -> int:
    """Count Monday to Friday less French holidays of a month, up to a day."""
    days = pd.date_range(f"{month}-01", periods=1).to_period("M")[0]
    off = holidays.France(years=days.year)
    every = pd.date_range(days.start_time, days.end_time).date
    return sum(d.weekday() < 5 and d not in off and d <= until for d in every)


def as_logins(rows: pd.DataFrame, path: Path) -> Path:
    """Write the log as a Salesforce login history, with failures nobody may count."""
    lines = [
        {
            "Id": f"0Ya{n:015d}",
            "UserId": user,
            "LoginTime": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "LoginType": "Application",
            "Status": status,
            "Application": "Browser",
        }
        for n, (at, user) in enumerate(zip(rows["at"], rows["user_id"], strict=True))
        for status in ["Success"]
    ]
    noise = [
        {**line, "Id": f"0Yb{n:015d}", "Status": "Invalid Password"}
        | {"LoginTime": "2026-01-31T23:30:00.000Z"}
        for n, line in enumerate(lines[:40])
    ]
    return write(path, lines + noise)


def as_tasks(rows: pd.DataFrame, path: Path) -> Path:
    """Write the log as Salesforce tasks, entered at the moment of each trace."""
    traces = zip(rows["at"], rows["user_id"], strict=True)
    return write(
        path,
        [
            {
                "Id": f"00T{n:015d}",
                "Subject": "Appel",
                "ActivityDate": at.strftime("%Y-%m-%d"),
                "Status": "Completed",
                "OwnerId": user,
                "CreatedById": user,
                "CreatedDate": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
                "IsDeleted": "false",
            }
            for n, (at, user) in enumerate(traces)
        ],
    )


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Return the company of a log, written as logins or tasks and read in a zone."""
    kinds = {"LoginHistory": as_logins, "Task": as_tasks}

    @cache
    def get(kind: str, source: str, zone: str) -> Workspace:
        folder = tmp_path_factory.mktemp("independent")
        path = kinds[kind](log(source), folder / f"{kind}-log.csv")
        return imported(folder, {f"{kind}.csv": path}, timezone=zone)

    return get


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("source", sources())
def test_login_days(read: Read, source: str, zone: str) -> None:
    rows = local_days(log(source), zone)
    found = report.build(read("LoginHistory", source, zone))
    assert found["as_of"] == rows["day"].max().isoformat()
    wanted = rows.groupby(["user_id", "month"])["day"].nunique()
    users = by_id(found)
    assert set(users) == set(rows["user_id"])
    got = {
        (user, month): days
        for user, figures in users.items()
        for month, days in figures["login_days"].items()
        if days
    }
    assert got == wanted.to_dict()
    assert all(figures["actions"] is None for figures in users.values())
    assert all(f["active_days"] == f["login_days"] for f in users.values())
    until = rows["day"].max()
    for figures in users.values():
        for month, days in figures["expected_days"].items():
            assert days == working(month, until), month


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("source", sources())
def test_actions(read: Read, source: str, zone: str) -> None:
    rows = local_days(log(source), zone)
    found = report.build(read("Task", source, zone))
    users = by_id(found)
    counts = rows.groupby(["user_id", "month"])["day"].agg(["size", "nunique"])
    for name, column in (("actions", "size"), ("active_days", "nunique")):
        got = {
            (user, month): count
            for user, figures in users.items()
            for month, count in figures[name].items()
            if count
        }
        assert got == counts[column].to_dict()
    assert all(figures["login_days"] is None for figures in users.values())
    assert {"users.login_days"} <= {m["figure"] for m in found["missing"]}


def evolution(rows: pd.DataFrame, until: date) -> dict[str, float | None]:
    """Return the change of active days per expected day, a running month cut."""
    month = f"{until:%Y-%m}"
    before = f"{(until.replace(day=1) - timedelta(days=1)):%Y-%m}"
    here = working(month, until)
    days = pd.period_range(before, before, freq="M")[0]
    span = pd.date_range(days.start_time, days.end_time).date
    cut = next((d for d in span if working(before, d) >= here), span[-1])
    if pd.Period(month, "M").end_time.date() == until:
        cut = span[-1]
    there = working(before, cut)
    active = rows.groupby("user_id")["day"].apply(set)
    found: dict[str, float | None] = {}
    for user, seen in active.items():
        now = sum(f"{d:%Y-%m}" == month and d <= until for d in seen)
        then = sum(f"{d:%Y-%m}" == before and d <= cut for d in seen)
        few = min(here, there) < 5 or not then
        found[str(user)] = None if few else (now / here) / (then / there) - 1
    return found


@pytest.mark.parametrize(
    "until", [date(2026, 4, 30), date(2026, 4, 14), date(2026, 4, 3)]
)
@pytest.mark.parametrize("source", sources())
def test_evolution(read: Read, source: str, until: date) -> None:
    rows = local_days(log(source), "Europe/Paris")
    found = report.build(read("Task", source, "Europe/Paris"), until)
    for user, wanted in evolution(rows, until).items():
        figures = by_id(found).get(user)
        if figures is None:
            continue
        got = figures["evolution"]["active_days"]
        assert got == (None if wanted is None else pytest.approx(wanted, abs=1e-5)), (
            user
        )
