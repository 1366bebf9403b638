"""Blunted tool: a slow fall that is real, or last arrivals below the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pandas as pd
import pytest

from core.symptoms import blunted_tool
from core.symptoms.known import Known
from core.symptoms.scene import Scene
from tests.unit.symptoms.scenes import (
    END,
    START,
    figures,
    month_names,
    months,
    people,
    scene,
)

NAMES = month_names()


def line(first: float, last: float, names: list[str] = NAMES) -> dict[str, float]:
    """Return a rate that goes from first to last over the months."""
    step = (last - first) / (len(names) - 1)
    return {month: first + step * n for n, month in enumerate(names)}


def company(rates: dict[str, float], **more: object) -> Scene:
    """Return 40 people who come at these rates, but for what is said."""
    rows = people((40, {}))
    return scene(rows, months=months(rows, rates), **more)


def test_a_slow_fall_is_present() -> None:
    found = blunted_tool.judge(company(line(0.9, 0.5)))
    assert (found.present, found.confidence) == (True, "high")
    told = figures(found.evidence)
    assert told["attendance_fall"] == pytest.approx(0.4, abs=0.03)
    assert told["same_people"] == pytest.approx(0.35, abs=0.06)
    assert told["still_there"] == 1.0


@pytest.mark.parametrize(
    ("first", "last", "present"),
    [(0.9, 0.7, True), (0.9, 0.8, False), (0.7, 0.7, False), (0.5, 0.9, False)],
)
def test_border(first: float, last: float, present: bool) -> None:
    # Rates this high keep the habit: it is the attendance that is looked at.
    assert blunted_tool.judge(company(line(first, last))).present == present


def test_august_and_december_make_no_trend() -> None:
    rates = dict.fromkeys(NAMES, 0.9) | {"2026-08": 0.3, "2025-12": 0.5}
    found = blunted_tool.judge(company(rates))
    assert found.state == "healthy"
    until = [month for month in NAMES if month <= "2026-08"]
    rates = dict.fromkeys(until, 0.9) | {"2026-07": 0.75, "2026-08": 0.3}
    rows = people((40, {}))
    end = date(2026, 8, 31)
    span = (START, end)
    summer = scene(
        rows,
        as_of=end,
        known=Known(START, end, START, span, span, span),
        months=months(rows, rates, names=until),
    )
    assert blunted_tool.judge(summer).state == "healthy"


def test_a_fall_that_was_made_good_is_over() -> None:
    rates = line(0.9, 0.5) | {"2026-09": 0.9, "2026-10": 0.9}
    assert not blunted_tool.judge(company(rates)).present


def test_noise_makes_no_trend() -> None:
    for seed in range(25):
        random = Random(seed)
        rows = people((12, {}))
        parts = []
        for user in rows["user_id"]:
            base = random.uniform(0.4, 0.9)
            rates = {m: min(1.0, max(0.05, random.gauss(base, 0.15))) for m in NAMES}
            parts.append(months(rows, rates, who=[user]))
        found = blunted_tool.judge(scene(rows, months=pd.concat(parts)))
        assert not found.present, seed


def test_few_people_left_are_not_blunted() -> None:
    rows = people((8, {}), (32, {"is_active": False}))
    found = blunted_tool.judge(scene(rows, months=months(rows, line(0.9, 0.1))))
    assert not found.present


def test_last_arrivals_of_a_dead_tool_are_not_blunted() -> None:
    dead = arrivals(20, 8)
    gone = dead.people.assign(is_active=[n % 5 == 0 for n in range(len(dead.people))])
    assert not blunted_tool.judge(replace(dead, people=gone)).present


def test_a_new_team_of_occasional_users_is_no_decay() -> None:
    rows = people(
        (20, {}), (20, {"team": "New", "created_day": pd.Timestamp(2026, 3, 2)})
    )
    first, last = list(rows["user_id"][:20]), list(rows["user_id"][20:])
    late = [month for month in NAMES if month >= "2026-03"]
    mixed = pd.concat(
        [
            months(rows, {}, who=first),
            months(rows, dict.fromkeys(late, 0.25), who=last, names=late),
        ]
    )
    found = blunted_tool.judge(scene(rows, months=mixed))
    assert not found.present
    assert "same_people" in figures(found.counter_evidence)


def test_leavers_who_used_it_most_are_no_decay() -> None:
    stays = people((20, {}))
    gone = people((20, {"state": "left", "is_judged": False, "is_member": False}))
    gone["user_id"] = [f"g{n}" for n in range(20)]
    early = [month for month in NAMES if month <= "2026-03"]
    rows = pd.concat([stays, gone], ignore_index=True)
    mixed = pd.concat(
        [
            months(stays, dict.fromkeys(NAMES, 0.5)),
            months(gone, dict.fromkeys(early, 1.0), names=early),
        ]
    )
    assert not blunted_tool.judge(scene(rows, months=mixed)).present


def test_logins_of_six_months_make_no_jump() -> None:
    rows = people((40, {}))
    late = [month for month in NAMES if month >= "2026-05"]
    data = months(rows, dict.fromkeys(NAMES, 0.5))
    data.loc[data["month"].isin(late), ["login_days", "active_days"]] = 18
    whole = scene(rows, months=data)
    known = replace(whole.known, logins=(date(2026, 5, 1), END))
    found = blunted_tool.judge(replace(whole, known=known))
    assert found.state == "healthy"
    # And a decline of the actions is seen over all the months that tell of them.
    data = months(rows, line(0.9, 0.4))
    data.loc[data["month"].isin(late), ["login_days", "active_days"]] = 18
    assert blunted_tool.judge(replace(whole, known=known, months=data)).present


def test_activities_that_end_early_make_no_fall() -> None:
    rows = people((40, {}))
    data = months(rows, dict.fromkeys(NAMES, 0.9))
    late = data["month"] >= "2026-06"
    data.loc[late, ["active_days", "login_days"]] = 8
    data.loc[late, "acted_days"] = 0
    data["login_days"] = 8
    whole = scene(rows, months=data)
    known = replace(whole.known, activities=(START, date(2026, 5, 31)))
    assert blunted_tool.judge(replace(whole, known=known)).state == "healthy"


def test_a_hole_of_a_month_makes_no_fall() -> None:
    rates = dict.fromkeys(NAMES, 0.8) | {"2026-05": 0.05, "2026-09": 0.05}
    assert blunted_tool.judge(company(rates)).state == "healthy"


def test_newcomers_below_their_elders_are_decay() -> None:
    """The old hands go on, those who replace them use it half as much."""
    rows = people((20, {}), (20, {"created_day": pd.Timestamp(2026, 2, 2)}))
    first, last = list(rows["user_id"][:20]), list(rows["user_id"][20:])
    late = [month for month in NAMES if month >= "2026-02"]
    mixed = pd.concat(
        [
            months(rows, {}, who=first),
            months(rows, line(0.8, 0.2, late), who=last, names=late),
        ]
    )
    found = blunted_tool.judge(scene(rows, months=mixed))
    assert found.present
    assert figures(found.evidence)["newcomers"] > 0.2


def arrivals(first: int, last: int, size: int = 20) -> Scene:
    """Return a first class and a last one, so many of each active in month three."""
    early, late = pd.Timestamp(START), pd.Timestamp(2026, 4, 6)
    rows = people(
        (size, {"created_day": early, "first_day": early}),
        (size, {"created_day": late, "first_day": late}),
    )
    users = list(rows["user_id"])
    spring = [month for month in NAMES if month >= "2026-04"]
    old = months(rows, {}, who=users[:size])
    new = months(rows, {}, who=users[size:], names=spring)
    idle_first = old["user_id"].isin(users[first:size]) & (old["month"] == "2025-12")
    idle_last = new["user_id"].isin(users[size + last :]) & (new["month"] == "2026-07")
    old.loc[idle_first, "active_days"] = 0
    new.loc[idle_last, "active_days"] = 0
    return scene(rows, months=pd.concat([old, new]))


@pytest.mark.parametrize(
    ("first", "last", "present"),
    [(20, 10, True), (20, 17, False), (12, 11, False), (10, 20, False)],
)
def test_last_arrivals_below_the_first(first: int, last: int, present: bool) -> None:
    found = blunted_tool.judge(arrivals(first, last))
    assert found.present == present
    facts = figures(found.evidence if present else found.counter_evidence)
    assert facts["late_arrivals"] == pytest.approx((first - last) / 20)


def test_too_few_arrivals_prove_nothing() -> None:
    assert not blunted_tool.judge(arrivals(3, 1, size=3)).present
    # Twenty points of ten people are chance.
    assert not blunted_tool.judge(arrivals(10, 8, size=10)).present


def test_not_enough() -> None:
    names = NAMES[-4:]
    rows = people((40, {}))
    start = date(2026, 7, 1)
    known = Known(start, END, start, (start, END), (start, END))
    data = months(rows, line(0.9, 0.3, names), names=names)
    found = blunted_tool.judge(scene(rows, known=known, months=data))
    assert found.confidence == "not_enough_data"
    assert figures(found.evidence)["months_known"] == 3
    none = scene(rows, known=Known(), has=frozenset({"user"}))
    assert blunted_tool.judge(none).missing == ("login", "activity")


def test_a_team_alone_may_be_blunted() -> None:
    rows = people((30, {}), (10, {"team": "Sud"}))
    users = list(rows["user_id"])
    data = pd.concat(
        [
            months(rows, {}, who=users[:30]),
            months(rows, line(0.9, 0.4), who=users[30:]),
        ]
    )
    whole = scene(rows, months=data)
    assert not blunted_tool.judge(whole).present
    assert blunted_tool.judge(whole.of("Sud")).present
    assert not blunted_tool.judge(whole.of("Nord")).present


def test_data_that_stop_before_the_end_tell_no_trend() -> None:
    whole = company(line(0.9, 0.5))
    past = END - timedelta(days=90)
    known = replace(
        whole.known, logins=(START, past), activities=(START, past), last=END
    )
    assert not blunted_tool.judge(replace(whole, known=known)).present
