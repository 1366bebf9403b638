"""The map of teams: shades by the share that came, words for each cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from core.charts.figure import Look
from core.ui import team_map
from core.ui.team_map import TeamRow

DAYS = [dt.date(2026, 10, 1), dt.date(2026, 10, 2), dt.date(2026, 10, 5)]
SOUTH = TeamRow("Sud <b>", 12, {DAYS[0]: 5, DAYS[1]: 12}, 2 / 12, "at_risk", 2.5, -0.6)


def drawn(row: TeamRow, language: str = "fr") -> str:
    closed = frozenset({DAYS[2]})
    return team_map.team_map([row], DAYS, Look(language), caption="c", closed=closed)


@pytest.mark.parametrize(
    ("share", "step"),
    [(0.01, 0), (0.2, 0), (0.21, 1), (0.6, 2), (0.61, 3), (0.95, 4), (0.96, 5), (1, 5)],
)
def test_shades_follow_the_bounds_of_the_key(share: float, step: int) -> None:
    assert team_map.shade(share) == step


def test_a_cell_says_how_many_of_how_many_came() -> None:
    body = drawn(SOUTH)
    assert "5 personnes sur 12 (42\u00a0%)" in body
    assert 'class="a2"' in body
    assert 'class="a5"' in body
    assert 'class="shut"' in body
    assert "Sud &lt;b&gt;" in body
    assert "<b>17\u00a0%</b>" in body
    assert "2,5" in body
    assert "0,6" in body


def test_a_state_has_its_word_and_a_name_its_way() -> None:
    body = drawn(replace(SOUTH, address="adoption?team=Sud&lang=en"), "en")
    assert "Needs support" in body
    assert 'href="adoption?team=Sud&amp;lang=en"' in body


def test_the_key_has_a_square_a_step() -> None:
    key = team_map.team_legend(Look("en"))
    assert key.count("<li>") == 7
    assert "95-100%" in key
