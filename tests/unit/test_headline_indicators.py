"""Figures of adoption from rows of people: who counts, and who stands out."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from core import indicators
from core.indicators import Team, Usage

NAN = float("nan")


def person(user_id: str, verdict: str = "healthy", **more: object) -> dict[str, object]:
    row: dict[str, object] = {
        "user_id": user_id,
        "team": "Nord",
        "state": "active",
        "verdict": verdict,
        "login_days": 10,
        "active_days": 12,
        "idle_days": 1,
        "expected_days": 20.0,
        "actions": 60,
        "change": "steady",
        "previous_login_days": 10,
        "previous_active_days": 12,
        "previous_actions": 48,
    }
    return row | more


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


PEOPLE = frame(
    person("a"),
    person("b", "watch", active_days=6, change="down", idle_days=2),
    person("c", "at_risk", login_days=8, idle_days=8, actions=0, active_days=8),
    person("d", "at_risk", active_days=0, login_days=0, change="unknown"),
    person("new", "not_enough_data", active_days=20, actions=900, state="new"),
    person("gone", "excluded", state="left", active_days=1),
    person("robot", "excluded", state="integration", actions=99999),
    person("leave", "excluded", state="absent", active_days=0),
)


def test_only_people_with_a_verdict_count() -> None:
    found = indicators.usage(PEOPLE)
    assert (found.people, found.in_range, found.below) == (4, 1, 3)
    assert found.active_days == 7  # of 12, 6, 8 and 0
    assert (found.up, found.down, found.stable, found.compared) == (0, 1, 2, 3)


def test_idle_is_most_days_without_action() -> None:
    found = indicators.usage(PEOPLE)
    assert found.idle == 1
    assert found.idle_share == pytest.approx(12 / 28)


def test_actions_per_day_is_a_median_no_import_can_move() -> None:
    usual = indicators.usage(PEOPLE).actions_per_day
    import_day = PEOPLE.assign(
        actions=PEOPLE["actions"].where(PEOPLE["user_id"] != "a", 100_000)
    )
    assert usual == 5.0
    assert indicators.usage(import_day).actions_per_day == 10.0


def test_nobody_gives_no_figure_and_no_error() -> None:
    found = indicators.usage(PEOPLE.iloc[:0])
    assert (found.people, found.active_days, found.idle_share) == (0, None, None)


def test_falling_twice_counts_the_same_people() -> None:
    before = frame(person("a", change="down"), person("b", change="down"))
    assert indicators.falling_twice(PEOPLE, before) == 1
    assert indicators.falling_twice(PEOPLE, before.iloc[:1]) == 0


def test_months_end_with_the_one_asked_and_leave_later_ones_out() -> None:
    months = pd.DataFrame(
        {
            "user_id": ["a"] * 4,
            "month": ["2026-08", "2026-09", "2026-10", "2026-11"],
            "active_days": [5, 11, 3, 9],
            "expected_days": [20.0, 22.0, 22.0, 20.0],
            "actions": [10, 44, 3, 9],
        }
    )
    found = indicators.by_month(months, PEOPLE.iloc[:1], "2026-10", count=2)
    assert found["month"].tolist() == ["2026-09", "2026-10"]
    assert found["days"].tolist() == [11, 12]
    assert found["actions_per_day"].tolist() == [4, 5]


USAGE = Usage(40, 25, 15, 10, 12, 12, 5, 5, 0, 0.0, 5, 12, 20, 37)
NORTH = Team("Nord", 10, 9, 8, 10, -3.0)
SOUTH = Team("Sud", 12, 2, 2, 12, 0.0)
TINY = Team("Siège", 3, 3, 2, 3, -4.0)
EAST = Team("Est", 15, 1, 0, 12, 0.1)


def test_lagging_names_the_team_that_holds_most_of_it() -> None:
    teams = (SOUTH, NORTH, TINY, EAST)
    assert indicators.lagging(teams, USAGE) == (NORTH,)
    assert indicators.falling(teams, USAGE) == NORTH


def test_no_team_stands_out_where_all_are_alike() -> None:
    alike = tuple(replace(NORTH, name=name, below=4, down=3) for name in "abcd")
    assert indicators.lagging(alike, USAGE) == ()
    assert indicators.falling(alike, USAGE) is None
    assert indicators.falling((NORTH,), USAGE) is None


def test_teams_hidden_for_their_size_are_never_named() -> None:
    groups = pd.DataFrame(
        {
            "team": ["Nord", "Sud", None],
            "people": [10, None, 4],
            "judged": [9, None, 4],
            "below": [3, None, 1],
            "down": [1, None, 0],
            "compared": [8, None, 4],
            "days_moved": [NAN, None, 0.5],
            "is_suppressed": [False, True, False],
        }
    )
    assert indicators.teams(groups) == (Team("Nord", 9, 3, 1, 8, None),)


@pytest.mark.parametrize(
    ("bought", "price", "cost"),
    [(130, 80.0, 2800.0), (None, 80.0, 1280.0), (130, None, None), (90, 80.0, 0.0)],
)
def test_licences_asleep(
    bought: int | None, price: float | None, cost: float | None
) -> None:
    assert indicators.asleep(bought, 111, 95, price) == cost
