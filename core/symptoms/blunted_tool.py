"""Blunted tool: slow, silent decay; the last arrivals use it less than the first.

Two ways to be so. The share of people with the habit, or the days active per day
expected, falls over the months while people are still there; August and December are
left out. Or those who arrived lately are active less, in their third month, than the
first ones were.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from core.symptoms import arrivals, model, statistics
from core.symptoms.followed import Followed, newcomers, same_people
from core.symptoms.model import Fact, Symptom
from core.symptoms.scene import HOLIDAYS, Scene
from core.symptoms.series import Series, series

CODE: model.Code = "blunted_tool"
Seen = tuple[str, float]  # a month, and the share measured in it
# Beliefs. People present all along must show this part of the fall, else it is only
# the company that changed; and by so many standard errors, else it is chance.
SHARED = 0.4
SURE = 2.0
# A fall that the last months have made good is over.
RECOVERED = 0.4
# From a first month that shows less than this part of the fall, nothing is told.
ODD = 0.5
_NEAR = 0.6
_CHANCE = "symptom.blunted_tool.chance"


@dataclass(frozen=True)
class Trend:
    """How one series went: from the first month to the last, along a fitted line."""

    figure: str
    months: int
    first: float
    last: float
    chance: float
    followed: Followed | None
    newcomers: Followed | None
    points: pd.DataFrame

    @property
    def fall(self) -> float:
        """Return by how many points (0..1) it fell."""
        return float(self.first - self.last)

    @property
    def seen(self) -> tuple[Seen, Seen]:
        """Return what was measured in the first month and in the last.

        A first month so odd that the fall does not show from it gives way to the
        highest.
        """
        months, values = list(self.points["month"]), list(self.points["value"])
        start = 0
        if values[0] - values[-1] < ODD * self.fall:
            start = values.index(max(values))
        ends = ((months[at], float(values[at])) for at in (start, -1))
        return next(ends), next(ends)


def judge(scene: Scene) -> Symptom:
    """Return whether use wears away."""
    if scene.is_short or scene.judged["is_activated"].sum() < scene.fewest:
        missing = () if {"login", "activity"} & scene.has else ("login", "activity")
        return model.unknown(CODE, missing)
    found = trends(scene)
    classes = arrivals.compare(scene)
    if not found and classes is None:
        months = scene.rules["symptom.blunted_tool.months"]
        known = Fact("months_known", _comparable(scene), months, "months")
        return model.unknown(CODE, (), [known])
    active = _active(scene)
    there = active >= scene.rules["symptom.blunted_tool.active"]
    falls = [one for one in found if _is_fall(scene, one)]
    # Where hardly anybody is left, it is buried or was never launched.
    late = there and classes is not None and classes.is_worse(scene.rules)
    present = there and (bool(falls) or late)
    lead = max(falls or found, key=lambda one: one.fall, default=None)
    line = scene.rules["symptom.blunted_tool.fall"]
    near = (
        not present
        and there
        and any(
            one.fall >= _NEAR * line
            and one.chance < scene.rules[_CHANCE]
            and (_is_shared(one) or _is_turnover(scene, one))
            for one in found
        )
    )
    evidence, counter = _facts(scene, lead, falls, classes, late, active)
    if not (present or near):
        evidence, counter = [], [*evidence, *counter]
    size = lead.fall / line - 1 if lead is not None else 0.0
    if late and not falls and classes is not None:
        size = classes.gap / scene.rules["symptom.blunted_tool.cohort_fall"] - 1
    people = int(scene.judged["is_activated"].sum())
    doubts = int(present and not late and lead is not None and not _is_shared(lead))
    return model.found(
        CODE,
        present=present,
        near=near,
        margin=size if present else abs(size),
        people=people,
        doubts=doubts,
        evidence=evidence,
        counter_evidence=counter,
    )


def _active(scene: Scene) -> float:
    return float(scene.judged["is_active"].mean())


def trends(scene: Scene) -> list[Trend]:
    """Return how the habit and the attendance went, over all months that can tell."""
    known = series(scene)
    found = []
    for figure in ("attendance", "habit"):
        one = _trend(scene, known, figure)
        if one is not None:
            found.append(one)
    return found


def _comparable(scene: Scene) -> int:
    """Return how many months can be compared."""
    known = series(scene)
    return max(len(_points(scene, known, name)) for name in ("attendance", "habit"))


def _points(scene: Scene, known: Series, figure: str) -> pd.DataFrame:
    """Return the months that count: with enough people, holidays apart."""
    rows = known.frame.dropna(subset=[figure])
    is_holiday = rows["month"].str[-2:].isin(HOLIDAYS)
    return rows[~is_holiday & (rows["people"] >= scene.fewest)]


def _trend(scene: Scene, known: Series, figure: str) -> Trend | None:
    rows = _points(scene, known, figure)
    asked = int(scene.rules["symptom.blunted_tool.months"])
    # The fall must take that many months, so that it takes one more to see it.
    if len(rows) < asked - 1 or rows["number"].max() - rows["number"].min() < asked - 1:
        return None
    xs = [float(x) for x in rows["number"]]
    ys = [float(y) for y in rows[figure]]
    rate = statistics.slope(xs, ys)
    middle = pd.Series([y - rate * x for x, y in zip(xs, ys, strict=True)]).median()
    months = list(rows["month"])
    teams = scene.people.set_index("user_id")["team"]
    return Trend(
        figure=figure,
        months=int(max(xs) - min(xs)) + 1,
        first=float(min(1.0, middle + rate * min(xs))),
        last=float(max(0.0, middle + rate * max(xs))),
        chance=statistics.falling(ys),
        followed=same_people(known.rows, figure, months),
        newcomers=newcomers(known.rows, figure, months, teams),
        points=rows[["month", figure]].rename(columns={figure: "value"}),
    )


def _is_fall(scene: Scene, one: Trend) -> bool:
    if (
        one.fall < scene.rules["symptom.blunted_tool.fall"]
        or one.chance >= scene.rules[_CHANCE]
    ):
        return False
    values = one.points["value"]
    recent = float(values.iloc[-2:].mean())
    if one.first - recent < RECOVERED * one.fall:
        return False
    return _is_shared(one) or _is_turnover(scene, one)


def _is_shared(one: Trend) -> bool:
    """Tell whether the people present all along fell too."""
    if one.followed is None:
        return one.newcomers is None
    least = max(SHARED * one.fall, SURE * one.followed.error)
    return one.followed.fall >= least


def _is_turnover(scene: Scene, one: Trend) -> bool:
    """Tell whether newcomers are well below the elders of their own team."""
    if one.newcomers is None:
        return False
    limit = scene.rules["symptom.blunted_tool.cohort_fall"]
    return one.newcomers.fall >= max(limit, SURE * one.newcomers.error)


def _facts(
    scene: Scene,
    lead: Trend | None,
    falls: list[Trend],
    classes: arrivals.Classes | None,
    late: bool,
    active: float,
) -> tuple[list[Fact], list[Fact]]:
    rules = scene.rules
    evidence: list[Fact] = []
    counter: list[Fact] = []
    for one in sorted(falls or ([lead] if lead else []), key=lambda t: -t.fall):
        values: dict[str, str | float] = {
            "first": round(100 * one.first),
            "last": round(100 * one.last),
            "months": one.months,
        }
        for end, (month, share) in zip(("start", "end"), one.seen, strict=True):
            values |= {f"{end}_month": month, f"{end}_share": round(share, 4)}
        fact = Fact(
            f"{one.figure}_fall",
            one.fall,
            rules["symptom.blunted_tool.fall"],
            "points",
            values,
        )
        evidence.append(fact)
    if classes is not None:
        fact = Fact(
            "late_arrivals",
            classes.gap,
            rules["symptom.blunted_tool.cohort_fall"],
            "points",
            {
                "first": round(100 * classes.first_share),
                "last": round(100 * classes.last_share),
                "people": classes.last_people,
            },
        )
        (evidence if late else counter).append(fact)
        if late and not falls:
            evidence[:] = [fact]
    if lead is not None:
        for fact, supports in _alike(scene, lead):
            (evidence if falls and supports else counter).append(fact)
    still = Fact("still_there", active, rules["symptom.blunted_tool.active"])
    (evidence if falls or late else counter).append(still)
    return evidence, counter


def _alike(scene: Scene, one: Trend) -> list[tuple[Fact, bool]]:
    """Return what like with like shows, and whether it supports the fall."""
    found = []
    if one.followed is not None:
        size: dict[str, str | float] = {"people": one.followed.people}
        fall = max(0.0, one.followed.fall)
        fact = Fact("same_people", fall, None, "points", size)
        found.append((fact, _is_shared(one)))
    if one.newcomers is not None and _is_turnover(scene, one):
        more: dict[str, str | float] = {"people": one.newcomers.people}
        fact = Fact("newcomers", one.newcomers.fall, None, "points", more)
        found.append((fact, True))
    return found
