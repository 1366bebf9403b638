"""Gaulish village: one team lives in the tool, the others stay out."""

from __future__ import annotations

import pytest

from core.symptoms import gaulish_village
from tests.unit.symptoms.scenes import END, figures, people, scene, silent

OUT = {"is_habitual": False}


def village(best: int, *others: int, size: int = 10) -> object:
    """Return teams of ``size`` with so many habitual people each."""
    groups = []
    for n, part in enumerate((best, *others)):
        team = {"team": f"T{n}"}
        groups += [(part, team), (size - part, {**team, **OUT})]
    return scene(people(*groups))


@pytest.mark.parametrize(
    ("teams", "state"),
    [
        ((9, 1, 0), "sick"),
        ((7, 3, 3), "sick"),  # on both lines
        ((9, 9, 1, 0), "sick"),  # two teams are a village too
        ((6, 3, 3), "watch"),
        ((9, 4, 4), "watch"),
        ((9, 5, 6), "healthy"),
        ((9, 9, 1), "healthy"),  # the median of the others is not low
        ((3, 1, 0), "healthy"),  # nobody adopted it: not a village
    ],
)
def test_shares(teams: tuple[int, ...], state: str) -> None:
    found = gaulish_village.judge(village(*teams))
    assert found.state == state
    assert found.present == (state == "sick")


def test_it_names_the_village() -> None:
    found = gaulish_village.judge(village(9, 1, 0))
    assert found.subject == {"team": "T0"}
    assert figures(found.evidence) == {"best_team": 0.9, "other_teams": 0.05}
    assert found.confidence == "high"


def test_too_few_teams_or_too_small() -> None:
    assert gaulish_village.judge(village(9, 0)).confidence == "not_enough_data"
    small = gaulish_village.judge(village(4, 0, 0, 0, size=4))
    assert small.state == "not_enough_data"
    no_team = scene(people((30, {"team": None})))
    assert gaulish_village.judge(no_team).missing == ("user.team",)


def test_newcomers_and_absent_do_not_make_the_others_low() -> None:
    away = {**OUT, "is_judged": False, "state": "absent"}
    rows = people(
        (10, {"team": "A"}),
        *((6, {"team": t}) for t in "BC"),
        *((30, {**away, "team": t}) for t in "BC"),
    )
    assert gaulish_village.judge(scene(rows)).state == "healthy"


def test_people_without_a_team_are_no_team() -> None:
    rows = people(
        (10, {"team": "A"}),
        (20, silent(90, team=None)),
        *((10, {"team": t}) for t in "BC"),
    )
    assert gaulish_village.judge(scene(rows, as_of=END)).state == "healthy"
