"""The retro-test: limits, ranks by hand, the mark in force, and the use measured."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import holidays
import pandas as pd
import pytest

from core.accounts.sessions import DEMO_WORKSPACE
from core.rules import DEFAULTS
from core.score_usage import (
    KEYS,
    Binding,
    agreement,
    is_binding,
    outcome_day,
    rank_correlation,
    ranks,
    use,
)
from core.scorecards import evidence, measured
from core.scorecards.measured import habits, mark_at, measure
from core.scorecards.model import KeptMark
from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings
from tests.demo.exports import table

REPORTS = "record:Compte_Rendu_de_Visite__c"
LAUNCH = date(2026, 3, 10)


@pytest.fixture(scope="module")
def store(demo_data: Path) -> Store:
    return Store(demo_data / "workspaces" / DEMO_WORKSPACE)


def company(store: Store, privacy: str = "names", k: int = 8) -> Workspace:
    settings = WorkspaceSettings(privacy=privacy, k=k)  # type: ignore[arg-type]
    return Workspace(store, settings, Rights.of("consultant"))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3.0, 1.0, 2.0], [3, 1, 2]),
        ([5.0, 5.0, 1.0], [2.5, 2.5, 1]),
        ([2.0, 2.0, 2.0, 9.0], [2, 2, 2, 4]),
    ],
)
def test_equal_values_share_their_rank(
    values: list[float], expected: list[float]
) -> None:
    assert ranks(values) == expected


def test_rank_correlation_by_hand() -> None:
    assert rank_correlation([1, 2, 3, 4], [10, 20, 30, 99]) == pytest.approx(1)
    assert rank_correlation([1, 2, 3, 4], [9, 7, 5, 1]) == pytest.approx(-1)
    # Without ties, 1 - 6 Σd² / n(n²-1): differences 0, 1, 1, 1, 1 give 1 - 24 / 120.
    found = rank_correlation([1, 2, 3, 4, 5], [1, 3, 2, 5, 4])
    assert found == pytest.approx(0.8)
    # Ties: ranks 1.5, 1.5, 3, 4 against 1, 2, 3, 4: 4.5 / √(4.5 × 5).
    found = rank_correlation([2, 2, 3, 4], [1, 2, 3, 4])
    assert found == pytest.approx(4.5 / (4.5 * 5) ** 0.5)
    assert rank_correlation([1, 2, 3], [7, 7, 7]) is None


@pytest.mark.parametrize(
    ("mark", "share", "expected"),
    [
        (4.3, 0.12, "right"),
        (4.3, 0.30, "half"),
        (4.3, 0.60, "wrong"),
        (5.0, 0.59, "right"),
        (7.5, 0.60, "right"),
        (7.5, 0.29, "wrong"),
        (6.0, 0.29, "half"),
    ],
)
def test_a_mark_is_right_when_what_it_announced_came_about(
    mark: float, share: float, expected: str
) -> None:
    assert agreement(mark, share, DEFAULTS) == expected
    assert use(share, DEFAULTS) in ("adopted", "partial", "rejected")


def test_the_mark_is_that_of_the_version_in_force() -> None:
    def at(day: int, hour: int) -> int:
        return int(datetime(2026, 3, day, hour, tzinfo=UTC).timestamp())

    kept = [
        KeptMark(1, at(1, 9), 3.0),
        KeptMark(2, at(10, 23), 4.3),
        KeptMark(3, at(11, 0), 9.0),
    ]
    found = mark_at(kept, LAUNCH, UTC)
    assert found is not None and found.mark == 4.3
    assert mark_at(kept[1:], date(2026, 3, 9), UTC) is None
    assert mark_at([], LAUNCH, UTC) is None


def test_what_a_binding_may_be() -> None:
    assert is_binding("call", "all", "")
    assert is_binding(REPORTS, "team", "Nord")
    assert not is_binding("call", "team", "")
    assert not is_binding("call", "all", "Nord")
    assert not is_binding("call", "someone", "x")
    assert not is_binding("", "all", "")
    assert not is_binding("a\x00b", "all", "")


def by_hand(exports: Path, chosen: pd.DataFrame, day: date) -> tuple[int, int]:
    """Return users and eligible people from the exports alone, with plain pandas.

    A week is worked when a weekday of it that is no holiday is no absence of theirs.
    """
    closed = holidays.country_holidays("FR", years=[2025, 2026])
    first = pd.Timestamp(LAUNCH) - pd.Timedelta(days=LAUNCH.weekday())
    mondays = [
        monday
        for monday in pd.date_range(first, pd.Timestamp(day), freq="7D")
        if monday + pd.Timedelta(days=6) <= pd.Timestamp(day)
    ]
    reports = table(exports, "Compte_Rendu_de_Visite__c")
    made = pd.to_datetime(reports["CreatedDate"], utc=True)
    made = made.dt.tz_convert("Europe/Paris").dt.tz_localize(None).dt.normalize()
    weeks = made - pd.to_timedelta(made.dt.day_of_week, unit="D")
    used = set(zip(reports["CreatedById"], weeks, strict=True))
    away = away_days(exports)
    users = eligible = 0
    for user, start in zip(chosen["user_id"], chosen["from"], strict=True):
        worked = []
        for monday in reversed(mondays):
            days = [monday + pd.Timedelta(days=n) for n in range(5)]
            free = away.get(user, set())
            there = [
                d
                for d in days
                if d.date() not in closed and d not in free and d >= start
            ]
            if there:
                worked.append((user, monday) in used)
        if len(worked) < 4:
            continue
        eligible += 1
        users += sum(worked[:4]) >= 3
    return users, eligible


def away_days(exports: Path) -> dict[str, set[pd.Timestamp]]:
    rows = pd.read_csv(
        exports / "Absences.csv", sep=";", encoding="utf-8-sig", dtype=str
    )
    people = table(exports, "User")
    known = dict(zip(people["Email"], people["Id"], strict=True))
    found: dict[str, set[pd.Timestamp]] = {}
    for who, start, end in rows.itertuples(index=False):
        first, last = pd.to_datetime([start, end], format="%d/%m/%Y")
        found.setdefault(known[who], set()).update(pd.date_range(first, last))
    return found


def test_adoption_is_what_plain_pandas_finds(store: Store, demo_exports: Path) -> None:
    workspace = company(store)
    day = outcome_day(LAUNCH, DEFAULTS)
    assert day == date(2026, 6, 8)
    users = workspace.query("mart_user", as_of=day.isoformat())
    out = ["integration", "left", "absent", "new"]
    users = users[~users["state"].isin(out)]
    chosen = users.assign(**{"from": pd.to_datetime(users["created_day"])})
    never = int(chosen["state"].eq("never_activated").sum())
    seen = chosen[chosen["state"] != "never_activated"]
    using, eligible = by_hand(demo_exports, seen, day)
    found = measure(workspace, Binding(REPORTS, LAUNCH)).outcome
    assert (found.found, found.day) == ("measured", day)
    assert (found.users, found.eligible) == (using, eligible + never)
    assert using > 10
    assert found.now_share == pytest.approx(0)


def test_nothing_is_measured_before_the_day_or_without_data(store: Store) -> None:
    workspace = company(store)
    late = measure(workspace, Binding("call", date(2026, 9, 1)))
    assert (late.outcome.found, late.outcome.share) == ("waiting", None)
    assert late.outcome.day == date(2026, 11, 30)
    assert late.weeks["share"].notna().all()
    early = measure(workspace, Binding("call", date(2024, 1, 1))).outcome
    assert (early.found, early.share) == ("no_data", None)
    gone = measure(workspace, Binding("record:Nowhere__c", LAUNCH)).outcome
    assert (gone.found, gone.share) == ("unknown", None)
    nobody = measure(workspace, Binding("call", LAUNCH, "team", "Nulle part")).outcome
    assert (nobody.found, nobody.share) == ("few", None)


def test_where_teams_are_shown_few_people_are_not_told(store: Store) -> None:
    workspace = company(store, "teams", k=20)
    named = measure(company(store), Binding(REPORTS, LAUNCH)).outcome
    assert named.users is not None and named.users < 20
    found = measure(workspace, Binding(REPORTS, LAUNCH))
    assert (found.outcome.found, found.outcome.users) == ("hidden", None)
    told = {sign.figure for sign in found.signs}
    assert "teams" not in told
    rows = measured.kinds(workspace).set_index("kind")
    assert bool(rows.loc["campaign", "is_suppressed"])
    assert rows["use_count"].isna()["campaign"]


def test_a_user_needs_three_of_the_last_four_worked_weeks() -> None:
    chosen = pd.DataFrame(
        {
            "user_id": ["a", "b", "c", "d"],
            "team": "x",
            "manager_id": None,
            "state": ["active", "active", "active", "never_activated"],
        }
    )
    uses = {"a": [1, 1, 0, 1], "b": [1, 1, 0, 0, 1], "c": [1, 1, 1]}
    rows = pd.DataFrame(
        [
            (user, number, bool(flag), number, 1)
            for user, flags in uses.items()
            for number, flag in enumerate(flags, start=1)
        ],
        columns=["user_id", "week", "is_used", "worked_back", "active_days"],
    )
    found = habits(chosen, rows, DEFAULTS).set_index("user_id")["is_user"]
    # c worked three weeks only: there are not four to look at.
    assert found.to_dict() == {"a": True, "b": False, "d": False}


def test_evidence_stands_beside_criteria_that_exist() -> None:
    assert set(evidence.entries()) <= set(KEYS)
    assert {e["figure"] for e in evidence.entries().values()} == set(evidence._FIGURES)
