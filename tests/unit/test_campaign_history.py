"""Campaigns over time: sums over sums, eras of a tool, few employees behind a team."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.accounts.sessions import DEMO_WORKSPACE
from core.campaigns import history
from core.campaigns.counts import Campaign
from core.campaigns.history import Described
from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings


def sent(
    day: date | None, tool: str | None = "brevo", kind: str | None = None, **counts: Any
) -> Described:
    row = {"campaign_id": str(day), "start_day": day, "targeted": 1_000, **counts}
    return Described(Campaign.of(row), tool, kind)


def test_a_rate_of_several_campaigns_is_never_a_mean() -> None:
    day = date(2026, 3, 2)
    known = [
        sent(day, clicked=10, delivered=100),
        sent(day + timedelta(days=9), clicked=10, delivered=900),
        sent(day, clicked=None, delivered=5_000),
        sent(None, clicked=7, delivered=70),
    ]
    (point,) = history.everyone(known, "click")
    assert (point.month, point.rate.count, point.rate.whole) == ("2026-03", 20, 1_000)


def test_what_a_tool_counts_otherwise_starts_an_era() -> None:
    counts = {"opened": 50, "delivered": 100, "clicked": 5}
    days = (date(2025, 2, 5), date(2025, 2, 6), date(2025, 7, 7), date(2025, 7, 8))
    known = [sent(day, **counts) for day in days]
    assert history.changes(known, "open") == {
        date(2025, 2, 6): "brevo",
        date(2025, 7, 8): "brevo",
    }
    eras = [(p.month, p.era, p.rate.whole) for p in history.everyone(known, "open")]
    assert eras == [
        ("2025-02", 0, 100),
        ("2025-02", 1, 100),
        ("2025-07", 1, 100),
        ("2025-07", 2, 100),
    ]
    # Clicks are counted as before, and another tool did not change anything.
    assert history.changes(known, "click") == {}
    others = [sent(day, tool="mailchimp", **counts) for day in days]
    assert history.changes(others, "open") == {}
    # Who uses it since then only has nothing to compare with.
    assert history.changes(known[3:], "open") == {}


def test_small_volumes_have_an_interval_and_large_ones_none() -> None:
    small = sent(date(2026, 1, 1), clicked=1, delivered=50).rate("click")
    low, high = history.interval(small, 400)
    assert (low, high) == (
        pytest.approx(0.0035, abs=1e-4),
        pytest.approx(0.105, abs=1e-3),
    )
    large = sent(date(2026, 1, 1), clicked=10, delivered=500).rate("click")
    assert history.interval(large, 400) == (None, None)
    unknown = sent(date(2026, 1, 1), delivered=50).rate("click")
    assert history.interval(unknown, 400) == (None, None)


def test_the_largest_groups_come_first() -> None:
    day = date(2026, 3, 2)
    known = [
        sent(day, kind="a", clicked=1, delivered=10),
        sent(day, kind="b", clicked=1, delivered=90),
        sent(day, kind=None, clicked=1, delivered=50),
    ]
    points = history._summed(((one.campaign_type, one) for one in known), "click", ())
    assert history.largest(points, 2) == ["b", None]


@pytest.fixture
def store(demo_data: Path) -> Store:
    return Store(demo_data / "workspaces" / DEMO_WORKSPACE)


def test_groups_of_the_demo_add_up_to_all(store: Store) -> None:
    workspace = Workspace(
        store, WorkspaceSettings(privacy="names"), Rights.of("director")
    )
    known = history.described(workspace)
    tools = {"salesforce", "brevo", "hubspot", "mailchimp"}
    assert {one.tool for one in known} == tools
    for rate in history.RATES:
        every = {p.month: p.rate for p in history.everyone(known, rate)}
        # HubSpot's log tells no conversion: unknown, not zero.
        assert len(every) == (4 if rate == "conversion" else 5)
        for by in history.GROUPS:
            points = history.history(workspace, known, rate, by)
            for month, whole in every.items():
                mine = [p.rate for p in points if p.month == month]
                assert sum(r.count or 0 for r in mine) == whole.count, (by, rate)
                assert sum(r.whole or 0 for r in mine) == whole.whole, (by, rate)


def test_teams_of_few_owners_are_hidden_where_teams_are_shown(store: Store) -> None:
    settings = WorkspaceSettings(privacy="teams", k=12)
    workspace = Workspace(store, settings, Rights.of("director"))
    assert history.is_hidden(workspace, "team")
    assert not history.is_hidden(workspace, "account_type")
    known = history.described(workspace)
    shown = history.history(workspace, known, "click", "team")
    rows = workspace.derive("mart_campaign_team")
    few = {(r.month, r.team) for r in rows.itertuples() if 0 < r.owner_count < 12}
    assert few
    assert not {(p.month, p.group) for p in shown} & few
    assert shown


def test_some_people_of_the_demo_were_mailed_twice(store: Store) -> None:
    workspace = Workspace(
        store, WorkspaceSettings(privacy="names"), Rights.of("director")
    )
    once, twice = history.fatigue(workspace)
    delivered = workspace.query("mart_campaign_funnel")["delivered"].sum()
    assert (once.mails, twice.mails, twice.delivered) == (1, 2, 900)
    assert once.delivered + twice.delivered == delivered
