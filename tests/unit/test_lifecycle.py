"""Comings and goings and arrivals, worked out again from days with plain pandas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core import cohorts, lifecycle, people
from core.accounts.sessions import DEMO_WORKSPACE
from core.store import Store
from core.workspace import Rights, Workspace
from core.workspace_settings import PRIVACY, WorkspaceSettings

DAY = date(2026, 10, 31)
RUNNING = date(2026, 10, 14)


@pytest.fixture
def demo(demo_data: Path, request: pytest.FixtureRequest) -> Workspace:
    """The demo company in the privacy that the test asks, with names else."""
    store = Store(demo_data / "workspaces" / DEMO_WORKSPACE)
    mode = getattr(request, "param", "names")
    return Workspace(store, WorkspaceSettings(privacy=mode), Rights.of("director"))


def days(demo: Workspace, until: date) -> pd.DataFrame:
    """Return who left a trace on which day."""
    return demo.derive("mart_user_day", first_day="2025-01-01", last_day=str(until))


def persons(demo: Workspace, until: date) -> pd.DataFrame:
    frame = people.everyone(demo, until)
    return frame[frame["state"] != "integration"].set_index("user_id")


@pytest.mark.parametrize("until", [DAY, RUNNING])
def test_months_are_those_of_the_days(demo: Workspace, until: date) -> None:
    users = persons(demo, until)
    seen = days(demo, until)
    seen = seen[seen["user_id"].isin(users.index)]
    active = seen.groupby(seen["day"].dt.strftime("%Y-%m"))["user_id"].agg(set)
    expected = demo.derive("mart_user_months", as_of="2026-11-30")
    expected = {
        (user, month)
        for user, month, worked in zip(
            expected["user_id"],
            expected["month"],
            expected["expected_days"],
            strict=True,
        )
        if worked > 0
    }
    created = users["created_day"].dt.strftime("%Y-%m")
    left = users["left_day"].dt.strftime("%Y-%m")
    months = sorted(active.index)
    told = lifecycle.by_month(demo, until).set_index("month")
    assert list(told.index) == months[1:]
    for place, month in enumerate(months[1:], start=1):
        counts = dict.fromkeys((*lifecycle.STAGES, "first"), 0)
        for user in users.index:
            here = user in active[month]
            # The last month that is not wholly on leave.
            earlier = [
                m for m in months[:place] if user in active[m] or (user, m) in expected
            ]
            before = bool(earlier) and user in active[earlier[-1]]
            counts["left"] += left[user] == month
            if here and created[user] == month:
                counts["new"] += 1
            elif here and before:
                counts["returning"] += 1
            elif here:
                counts["resurrected"] += 1
                counts["first"] += all(user not in active[m] for m in months[:place])
            elif before and (user, month) in expected and left[user] != month:
                counts["dormant"] += 1
        row = told.loc[month]
        runs = until == RUNNING and month == "2026-10"
        assert bool(row["is_running"]) is runs
        if runs:
            assert pd.isna(row["dormant"])
            counts.pop("dormant")
        assert {name: int(row[name]) for name in counts} == counts, month
        assert row["active"] == len(active[month])


def test_arrivals_are_those_of_the_days(demo: Workspace) -> None:
    users = persons(demo, DAY)
    seen = days(demo, DAY)
    first_day = seen["day"].min()
    by_user = {user: set(part["day"]) for user, part in seen.groupby("user_id")}
    rows = demo.derive("mart_cohort", as_of=str(DAY))
    rows = rows[rows["from_day"] >= first_day]
    found = {
        (row.user_id, row.months_since): (row.is_active, row.is_complete)
        for row in rows.itertuples()
    }
    checked = 0
    for user, person in users.iterrows():
        for since in range(13):
            start = person["created_day"] + pd.DateOffset(months=since)
            end = person["created_day"] + pd.DateOffset(months=since + 1)
            end -= pd.Timedelta(days=1)
            if start < first_day or start > pd.Timestamp(DAY):
                continue
            if pd.notna(person["left_day"]) and person["left_day"] <= end:
                assert (user, since) not in found
                continue
            is_active = any(start <= day <= end for day in by_user.get(user, ()))
            if (user, since) not in found:
                # Left out for leave only, and then without a trace.
                assert not is_active
                continue
            is_complete = end <= pd.Timestamp(DAY)
            assert found[(user, since)] == (is_active, is_complete), (user, since)
            checked += 1
    assert checked > 1000


def test_table_counts_each_complete_month_once(demo: Workspace) -> None:
    table = cohorts.table(demo, DAY)
    assert table["share"].between(0, 1).all()
    assert (table["active"] <= table["people"]).all()
    assert (table["people"] <= table["arrived"]).all()
    sizes = table.groupby("first_month")["arrived"].first()
    assert (sizes >= cohorts.FEWEST).all()
    rows = demo.derive("mart_cohort", as_of=str(DAY))
    rows = rows[rows["from_day"] >= pd.Timestamp(cohorts.basis(demo).first_day)]
    assert sizes.sum() == rows["user_id"].nunique()
    done = table[table["is_complete"]]
    assert done["people"].sum() == rows["is_complete"].sum()


def test_the_last_arrivals_are_set_against_the_first(demo: Workspace) -> None:
    found = cohorts.compare(demo, DAY)
    assert found is not None
    assert found.first_to < found.last_from
    assert found.first_active / found.first > 0.9
    # The demo's last arrivals were trained in minutes.
    assert found.last_active / found.last < 0.7
    assert cohorts.compare(demo, DAY, set()) is None


def test_first_action_keeps_those_who_did_nothing(demo: Workspace) -> None:
    found = cohorts.first_action(demo, DAY)
    assert found is not None
    users = persons(demo, DAY)
    here = users[users["state"] != "left"]
    arrived = here[here["created_day"] >= pd.Timestamp("2025-09-01")]
    assert found.people == len(arrived)
    acted = days(demo, DAY)
    acted = acted[acted["action_count"] > 0].groupby("user_id")["day"].min()
    delay = (arrived.index.map(acted) - arrived["created_day"]).dt.days
    assert found.not_yet == delay.isna().sum() == 6
    assert found.median_days == delay.fillna(10**6).median()
    assert cohorts.first_action(demo, DAY, set()) is None


def test_recent_days_count_everybody_at_work_once(demo: Workspace) -> None:
    rows = people.everyone(demo, DAY)
    spread = lifecycle.recent_days(rows)
    at_work = rows[rows["state"].isin(["active", "dormant", "never_activated"])]
    assert spread["people"].sum() == len(at_work)
    assert spread["days"].tolist() == list(range(29))
    weighted = (spread["days"] * spread["people"]).sum()
    assert weighted == at_work["recent_active_days"].sum()


@pytest.mark.parametrize("demo", PRIVACY, indirect=True)
def test_teams_tell_no_coming_and_going(demo: Workspace) -> None:
    months = lifecycle.by_month(demo, DAY)
    classes = months[[*lifecycle.STAGES, "first"]]
    hides = demo.privacy == "teams"
    assert classes.isna().all(axis=None) == hides
    assert months["active"].notna().all()
    assert (lifecycle.movement(demo, DAY) is None) == hides
    table = cohorts.table(demo, DAY)
    assert table[["arrived", "people", "active"]].isna().all(axis=None) == hides


@pytest.mark.parametrize("demo", ["teams"], indirect=True)
def test_teams_tell_nothing_of_a_few(demo: Workspace) -> None:
    rows = demo.derive("mart_lifecycle_person", as_of=str(DAY))
    few = set(rows["user_id"].unique()[:5])
    months = lifecycle.by_month(demo, DAY, few)
    assert months["active"].isna().all()
    assert not len(cohorts.table(demo, DAY, few))
    assert cohorts.first_action(demo, DAY, few) is None


def test_movement_counts_the_year(demo: Workspace) -> None:
    moved = lifecycle.movement(demo, DAY)
    assert moved is not None
    months = lifecycle.by_month(demo, DAY)
    year = months[months["month"] >= "2026-01"]
    assert moved.since == "2026-01"
    assert (moved.new, moved.left) == (year["new"].sum(), year["left"].sum())
    # Somebody may come back twice.
    assert 0 < moved.back <= (year["resurrected"] - year["first"]).sum()
    early = lifecycle.movement(demo, date(2026, 1, 31))
    assert early is not None
    assert early.since < "2026-01"


def test_report_says_the_same(demo: Workspace) -> None:
    report = lifecycle.report(demo, DAY)
    months = lifecycle.by_month(demo, DAY)
    assert [row["month"] for row in report["months"]] == months["month"].tolist()
    assert report["months"][-1]["dormant"] == months["dormant"].iloc[-1]
    assert sum(group["people"] for group in report["cohorts"]) == sum(
        cohorts.table(demo, DAY).groupby("first_month")["arrived"].first()
    )
    assert report["first_action"]["not_yet"] == 6
    assert report["licences"]["assigned"] == 111
    early = lifecycle.report(demo, date(2025, 9, 10))
    assert early["months"] == []
