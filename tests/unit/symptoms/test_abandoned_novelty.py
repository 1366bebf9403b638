"""Abandoned novelty: new, taken up, dropped; never a decline, a season, a hole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from core.symptoms import abandoned_novelty
from core.symptoms.scene import Scene
from tests.unit.symptoms.scenes import END, START, figures, people, scene, weekly

KIND = "record:Visit_Report__c"


def story(numbers: list[int], kind: str = KIND, **more: object) -> Scene:
    """Return a company of 40 in which so many people used the kind each week."""
    kinds = weekly({kind: numbers}, **more)  # type: ignore[arg-type]
    return scene(people((40, {})), kinds=kinds)


DROPPED = [10] * 12 + [5] + [0] * 20


def test_new_then_dropped_is_present() -> None:
    found = abandoned_novelty.judge(story(DROPPED))
    assert (found.present, found.confidence) == (True, "high")
    assert found.subject == {"kind": KIND}
    told = figures(found.evidence)
    assert told["novelty_peak"] == 0.25
    assert told["novelty_left"] == pytest.approx(0.0)
    assert told["quiet_weeks"] == 20


@pytest.mark.parametrize(
    "kind", ["activity:Compte rendu", "email", "campaign", "opportunity"]
)
def test_any_kind_may_be_the_novelty(kind: str) -> None:
    found = abandoned_novelty.judge(story(DROPPED, kind))
    assert found.subject == {"kind": kind}


@pytest.mark.parametrize(
    ("numbers", "present"),
    [
        ([4] * 3 + [0] * 20, True),  # a tenth of the people for three weeks: just so
        ([4] * 2 + [0] * 20, False),
        ([4] * 8 + [0] * 6, True),
        ([4] * 8 + [0] * 5, False),  # not quiet for long enough
        ([3] * 8 + [0] * 20, False),  # never a tenth of the people
        ([0, 12, 0, 0, 12, 0] + [0] * 20, False),  # a trial now and then
        ([10] * 12 + [3] * 20, False),  # a third of them still use it
        ([10] * 12 + [2] * 20, True),
        ([10] * 32, False),
        ([10] * 12 + [0] * 9 + [8] * 6, False),  # it came back
    ],
)
def test_borders(numbers: list[int], present: bool) -> None:
    assert abandoned_novelty.judge(story(numbers)).present == present


def test_on_its_way_out_is_to_watch() -> None:
    found = abandoned_novelty.judge(story([10] * 12 + [0] * 4))
    assert (found.present, found.state) == (False, "watch")
    assert found.subject == {"kind": KIND}


def test_one_odd_week_does_not_break_the_silence() -> None:
    numbers = [10] * 12 + [0] * 8 + [4] + [0] * 8
    assert abandoned_novelty.judge(story(numbers)).present


def test_what_was_there_from_the_start_is_no_novelty() -> None:
    whole = [10] * 30 + [0] * 30
    assert not abandoned_novelty.judge(story(whole)).present
    just_late = [0, 0, 10] + [10] * 27 + [0] * 30
    assert not abandoned_novelty.judge(story(just_late)).present
    late = [0] * 4 + [10] * 26 + [0] * 30
    assert abandoned_novelty.judge(story(late)).present


def test_a_general_decline_is_no_novelty_dropped() -> None:
    # People still sign in, and do hardly anything any more.
    acting = [40] * 40 + [10] * 20
    kinds = weekly({KIND: DROPPED}, acting=acting)
    found = abandoned_novelty.judge(scene(people((40, {})), kinds=kinds))
    assert not found.present
    assert figures(found.counter_evidence)["all_work_fell"] == pytest.approx(0.25)


def test_a_share_and_not_a_count() -> None:
    # The company shrinks, the kind shrinks with it.
    kinds = weekly({KIND: [10] * 12 + [2] * 20})
    few = kinds["week"] > kinds["week"].max() - pd.Timedelta(weeks=20)
    kinds.loc[few & kinds["kind"].isin(["any", "action"]), "people"] = 8
    assert not abandoned_novelty.judge(scene(people((40, {})), kinds=kinds)).present


def test_a_season_is_no_drop() -> None:
    season = [0] * 6 + [12] * 6 + [0] * 30 + [12] * 6 + [0] * 12
    found = abandoned_novelty.judge(story(season))
    assert not found.present
    assert figures(found.counter_evidence)["came_back"] == 30


def users(rows: dict[str, list[str]]) -> object:
    """Return rows of mart_kind_person: who used a kind, until the end."""

    def of(kind: str) -> pd.DataFrame:
        names = rows.get(kind, [])
        return pd.DataFrame(
            {
                "user_id": names,
                "first_week": pd.Timestamp(START),
                "last_week": pd.Timestamp(END),
                "weeks": 9,
            }
        )

    return of


def test_what_another_kind_replaced_is_no_drop() -> None:
    new = [0] * 12 + [9] * 21
    kinds = weekly({KIND: DROPPED, "record:Visit__c": new})
    mine, others = [f"u{n}" for n in range(10)], [f"u{n}" for n in range(20, 30)]
    same = users({KIND: mine, "record:Visit__c": mine})
    found = abandoned_novelty.judge(scene(people((40, {})), kinds=kinds, users_of=same))
    assert not found.present
    assert figures(found.counter_evidence)["replaced"] == 1.0
    # Taken up by other people, it replaced nothing.
    apart = users({KIND: mine, "record:Visit__c": others})
    assert abandoned_novelty.judge(
        scene(people((40, {})), kinds=kinds, users_of=apart)
    ).present


def test_exports_that_stop_make_no_drop() -> None:
    whole = story(DROPPED)
    span = (START, END - timedelta(days=120))
    records = replace(whole, known=replace(whole.known, records=span))
    assert not abandoned_novelty.judge(records).present
    # The file of this object was not exported again.
    old = replace(whole, fresh={KIND: END - timedelta(days=140)})
    assert not abandoned_novelty.judge(old).present
    mails = replace(
        story(DROPPED, "email"), known=replace(whole.known, activities=span)
    )
    assert not abandoned_novelty.judge(mails).present


def test_activities_that_begin_late_are_no_novelty() -> None:
    begun = [10] * 12 + [0] * 20
    whole = story(begun, "meeting")
    start = END - timedelta(weeks=32)
    late = replace(whole, known=replace(whole.known, activities=(start, END)))
    assert not abandoned_novelty.judge(late).present


def test_holiday_weeks_do_not_make_the_silence() -> None:
    # Six weeks with hardly anybody there prove nothing.
    kinds = weekly({KIND: [10] * 20 + [0] * 6})
    last = kinds["week"] > kinds["week"].max() - pd.Timedelta(weeks=6)
    kinds.loc[last & kinds["kind"].isin(["any", "action"]), "people"] = 3
    assert not abandoned_novelty.judge(scene(people((40, {})), kinds=kinds)).present


def test_a_novelty_in_use_is_told() -> None:
    found = abandoned_novelty.judge(story([10] * 32))
    assert found.state == "healthy"
    assert figures(found.counter_evidence)["novelty_in_use"] == pytest.approx(0.25)


def test_not_enough() -> None:
    whole = story(DROPPED)
    nothing = replace(whole, has=frozenset({"user", "login"}))
    assert "activity" in abandoned_novelty.judge(nothing).missing
    known = replace(whole.known, first=date(2026, 9, 1))
    short = abandoned_novelty.judge(replace(whole, known=known))
    assert short.confidence == "not_enough_data"
    empty = replace(whole, kinds=whole.kinds.iloc[:0])
    assert not abandoned_novelty.judge(empty).present


def test_a_team_drops_what_the_company_keeps() -> None:
    kinds = pd.concat(
        [
            weekly({KIND: DROPPED}, active=20),
            weekly({KIND: [15] * 33}, active=20, team="Sud"),
        ]
    )
    whole = scene(people((20, {}), (20, {"team": "Sud"})), kinds=kinds)
    assert not abandoned_novelty.judge(whole).present
    assert abandoned_novelty.judge(whole.of("Nord")).present
    assert not abandoned_novelty.judge(whole.of("Sud")).present
