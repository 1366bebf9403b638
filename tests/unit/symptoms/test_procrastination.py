"""Procrastination: licences that wait; never people who came before the data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from core.symptoms import procrastination
from core.symptoms.known import Known
from tests.unit.symptoms.scenes import END, figures, never, people, scene, silent

RECENT = pd.Timestamp(END) - pd.Timedelta(days=30)


def test_waiting_licences_are_present() -> None:
    rows = people((8, {}), (32, never()))
    found = procrastination.judge(scene(rows, creations=1000, imported=900))
    assert (found.present, found.confidence) == (True, "high")
    assert figures(found.evidence)["activated"] == 0.2
    assert figures(found.evidence)["imported"] == 0.9


@pytest.mark.parametrize(
    ("used", "state"), [(11, "sick"), (12, "watch"), (15, "watch"), (16, "healthy")]
)
def test_border(used: int, state: str) -> None:
    rows = people((used, {}), (40 - used, never()))
    assert procrastination.judge(scene(rows)).state == state


def test_a_team_that_started_is_no_procrastination() -> None:
    rows = people((6, {"team": "Sud"}), (4, never(team="Sud")), (40, never()))
    found = procrastination.judge(scene(rows))
    assert found.state == "healthy"
    assert figures(found.counter_evidence)["best_activated"] == 0.6
    assert procrastination.judge(scene(rows).of("Nord")).present


def test_licences_of_this_month_do_not_wait_yet() -> None:
    fresh = never(created_day=RECENT, state="new", is_judged=False)
    assert (
        procrastination.judge(scene(people((12, {}), (40, fresh)))).state == "healthy"
    )


def test_who_stopped_coming_is_not_never() -> None:
    rows = people((4, {}), (36, silent(200)))
    assert procrastination.judge(scene(rows)).state == "healthy"


def test_leavers_are_left_out() -> None:
    gone = never(state="left", is_member=False, is_judged=False)
    assert procrastination.judge(scene(people((9, {}), (90, gone)))).state == "healthy"


def test_a_short_history_does_not_make_never() -> None:
    # Nobody knows who came before the six months that the exports hold.
    begin = END - timedelta(days=180)
    known = Known(begin, END, begin, (begin, END), (begin, END))
    rows = people((8, {}), (32, never()))
    told = procrastination.judge(scene(rows, known=known))
    assert told.present  # the user export tells that they never signed in
    found = procrastination.judge(scene(rows, known=known, knows_last_login=False))
    assert found.confidence == "not_enough_data"
    assert found.missing == ("user.last_login_at",)
    assert figures(found.evidence)["unknown_before"] == 0.8


def test_accounts_of_the_launch_are_known_without_last_login() -> None:
    day = pd.Timestamp(scene(people((5, {}))).known.first) - pd.Timedelta(days=20)
    rows = people((8, {"created_day": day}), (32, never(created_day=day)))
    assert procrastination.judge(scene(rows, knows_last_login=False)).present


def test_records_made_by_hand_leave_a_doubt() -> None:
    rows = people((8, {}), (32, never()))
    found = procrastination.judge(scene(rows, creations=1000, imported=100))
    assert found.present
    assert found.confidence == "medium"
    assert figures(found.counter_evidence)["imported"] == 0.1


def test_not_enough() -> None:
    rows = people((1, {}), (3, never()))
    assert procrastination.judge(scene(rows)).state == "not_enough_data"
    many = scene(people((8, {}), (32, never())))
    new = replace(many.known, oldest=END - timedelta(days=50))
    assert procrastination.judge(replace(many, known=new)).state == "not_enough_data"
    found = procrastination.judge(replace(many, has=frozenset({"login"})))
    assert found.missing == ("user",)


def test_months_add_up() -> None:
    rows = people((8, {}), (32, never(created_day=RECENT)))
    found = procrastination.by_month(scene(rows))
    assert list(found["month"])[-1] == "2026-10"
    assert (found["assigned"].iloc[-1], found["activated"].iloc[-1]) == (40, 8)
    assert found["assigned"].is_monotonic_increasing
    assert (found["activated"] <= found["assigned"]).all()
