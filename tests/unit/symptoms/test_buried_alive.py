"""Buried alive: most gone, or narrow use without calls; never for other reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.rules import Rules
from core.symptoms import buried_alive
from core.symptoms.known import Known
from tests.unit.symptoms import scenes
from tests.unit.symptoms.scenes import END, figures, never, people, scene, silent

DEAD = {"shape": "diamond", "calls_per_contact": 0.3, "months_observed": 12}
ALIVE = {"shape": "pyramid", "calls_per_contact": 2.0, "months_observed": 12}


def test_most_people_gone_is_present() -> None:
    found = buried_alive.judge(scene(people((8, {}), (32, silent(60)))))
    assert found.present
    assert (found.state, found.confidence) == ("sick", "high")
    assert found.lead is not None
    assert (found.lead.figure, found.lead.value, found.lead.threshold) == (
        "active",
        0.2,
        0.3,
    )
    assert found.severity > 0.5


@pytest.mark.parametrize(
    ("active", "present", "state"),
    [
        (11, True, "sick"),
        (12, False, "watch"),
        (15, False, "watch"),
        (16, False, "healthy"),
    ],
)
def test_border(active: int, present: bool, state: str) -> None:
    rows = people((active, {"is_habitual": False}), (40 - active, silent(60)))
    found = buried_alive.judge(scene(rows))
    assert (found.present, found.state) == (present, state)


def test_people_who_never_came_are_not_counted() -> None:
    rows = people((9, {"is_habitual": False}), (1, silent(90)), (20, never()))
    found = buried_alive.judge(scene(rows))
    assert not found.present
    assert figures(found.counter_evidence)["active"] == pytest.approx(0.9)


def test_what_was_never_launched_cannot_be_buried() -> None:
    kinds = scenes.weekly({"task": [5] * 60})
    few = {"objects": 0, "is_habitual": False}
    rows = people((8, few), (4, silent(90)), (60, never()))
    assert not buried_alive.judge(scene(rows, pyramid=DEAD, kinds=kinds)).present


def test_people_who_cannot_be_judged_are_not_counted() -> None:
    away = silent(90, state="absent", is_judged=False)
    found = buried_alive.judge(scene(people((9, {}), (60, away))))
    assert found.state == "healthy"


def test_a_thriving_team_is_no_burial() -> None:
    rows = people((8, {"team": "Sud"}), (40, silent(60)))
    found = buried_alive.judge(scene(rows))
    assert not found.present
    assert figures(found.counter_evidence)["thriving_team"] == 1.0


def test_a_team_of_its_own_may_be_buried() -> None:
    rows = people((2, {}), (10, silent(60)), (30, {"team": "Sud"}))
    assert buried_alive.judge(scene(rows).of("Nord")).present
    assert not buried_alive.judge(scene(rows).of("Sud")).present


def test_narrow_use_without_calls_is_present() -> None:
    rows = people((30, {"objects": 2}), (10, {}))
    kinds = scenes.weekly({"task": [5] * 60})
    found = buried_alive.judge(scene(rows, pyramid=DEAD, kinds=kinds))
    assert found.present
    assert found.lead is not None
    assert (found.lead.figure, found.lead.value) == ("narrow", 0.75)
    assert figures(found.evidence)["calls_per_contact"] == 0.3


@pytest.mark.parametrize(
    "more",
    [
        {"pyramid": ALIVE},  # they call: a narrow use may be their job
        {"pyramid": None},
        {"pyramid": DEAD, "has": frozenset({"login", "account", "contact"})},
        {"pyramid": DEAD, "kinds": scenes.weekly({})},  # too few kinds exported
        {
            "pyramid": DEAD,
            "known": Known(
                *(scenes.START, END, scenes.START, (scenes.START, END)),
                activities=(scenes.START, END - timedelta(days=60)),
            ),
        },
    ],
)
def test_narrow_use_needs_everything(more: dict[str, object]) -> None:
    kinds = scenes.weekly({"task": [5] * 60})
    rows = people((30, {"objects": 2}), (10, {}))
    found = buried_alive.judge(scene(rows, **{"kinds": kinds, **more}))
    assert not found.present


def test_wide_use_without_calls_is_another_matter() -> None:
    rows = people((20, {"objects": 2}), (20, {}))
    kinds = scenes.weekly({"task": [5] * 60})
    assert not buried_alive.judge(scene(rows, pyramid=DEAD, kinds=kinds)).present


def test_summer_looks_twice_as_far_back() -> None:
    rows = people((10, {"is_habitual": False}), (30, silent(40)))
    assert buried_alive.judge(scene(rows)).present
    august = scene(rows, as_of=date(2026, 8, 31))
    assert not buried_alive.judge(august).present


def test_too_few_people_or_months() -> None:
    few = buried_alive.judge(scene(people((4, silent(90)))))
    assert few.confidence == "not_enough_data"
    whole = scene(people((40, silent(60))))
    short = replace(whole.known, first=END - timedelta(days=60))
    found = buried_alive.judge(replace(whole, known=short, has=frozenset({"login"})))
    assert found.state == "not_enough_data"
    assert "activity" in found.missing


def test_rules_move_the_line() -> None:
    rows = people((18, {"is_habitual": False}), (22, silent(60)))
    assert not buried_alive.judge(scene(rows)).present
    rules = Rules({"symptom.buried_alive.active": 0.5})
    assert buried_alive.judge(scene(rows, rules=rules)).present


def test_small_companies_are_less_sure() -> None:
    found = buried_alive.judge(scene(people((1, {}), (7, silent(60)))))
    assert found.present
    assert found.confidence == "medium"


def test_without_a_user_export_leavers_are_not_known() -> None:
    has = frozenset({"login", "account", "contact", "activity"})
    alone = {"is_habitual": False}
    rows = people((2, alone), (10, silent(60)))
    found = buried_alive.judge(scene(rows, has=has))
    assert (found.present, found.confidence) == (True, "low")
    assert "user" in found.missing
