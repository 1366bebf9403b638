"""The months of a company, measured alike from the first to the last.

Exports rarely begin and end together: logins of six months beside activities of three
years would make a jump. So the months are counted on what is known all along: logins
and actions where both are, else the one that goes back further.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from core.symptoms.known import LATE_DAYS
from core.symptoms.scene import HABIT_SHARE, Scene

Basis = Literal["active", "login", "acted"]
# Beliefs. Logins and actions are taken together where they share this part of the time.
SHARED_TIME = 0.8
# A month with less than this part of the traces of both months beside it is a hole.
HOLE = 0.35
FEWEST_DAYS = 4.0
FEWEST_WEEKS = 8


@dataclass(frozen=True)
class Series:
    """The company by month, and the rows of people it comes from.

    ``frame`` has month, number (months since the first), people, attendance (days
    active per day expected) and habit (share of people with the habit). ``rows`` are
    the months of people counted in it.
    """

    basis: Basis
    frame: pd.DataFrame
    rows: pd.DataFrame


def _span(scene: Scene, basis: Basis) -> tuple[date, date] | None:
    logins, acts = scene.known.logins, scene.known.activities
    if acts is None and logins is None:
        acts = scene.known.records
    if basis == "login":
        return logins
    if basis == "acted":
        return acts
    if logins is None or acts is None:
        return None
    first, last = max(logins[0], acts[0]), min(logins[1], acts[1])
    return (first, last) if first < last else None


def basis(scene: Scene) -> tuple[Basis, tuple[date, date]] | None:
    """Return on what the months are counted and from when to when, None for nothing.

    The time must reach the end: a decline that nobody can see to the end is none.
    """
    found: list[tuple[int, Basis, tuple[date, date]]] = []
    names: tuple[Basis, ...] = ("active", "login", "acted")
    for name in names:
        span = _span(scene, name)
        if span is None or (scene.as_of - span[1]).days > LATE_DAYS:
            continue
        found.append(((span[1] - span[0]).days, name, span))
    if not found:
        return None
    longest = max(days for days, _, _ in found)
    for days, name, span in found:
        if name == "active" and days >= SHARED_TIME * longest:
            return name, span
    _, name, span = max(
        (one for one in found if one[1] != "active"), key=lambda o: o[0]
    )
    return name, span


def series(scene: Scene, *, is_whole: bool = True) -> Series:
    """Return the months of the scene; ``is_whole`` leaves out those cut by the data."""
    chosen = basis(scene)
    columns = ["month", "number", "people", "attendance", "habit"]
    if chosen is None:
        return Series("active", pd.DataFrame(columns=columns), scene.months.iloc[:0])
    name, (first, last) = chosen
    months = _whole(first, last) if is_whole else _until(first, last)
    rows = _counted(scene, name, first)
    every = rows[rows["month"].isin(months)]
    grouped = every.groupby("month")
    frame = grouped.agg(
        people=("user_id", "nunique"),
        days=("days", "sum"),
        expected=("expected_days", "sum"),
        habit=("has_habit", "mean"),
    ).reindex(months)
    frame["attendance"] = frame["days"] / frame["expected"]
    frame = frame.reset_index(names="month")
    frame["people"] = frame["people"].fillna(0).astype(int)
    frame["number"] = range(len(frame))
    holes = _holes(frame)
    frame.loc[holes, ["attendance", "habit"]] = math.nan
    # The habit looks back twelve weeks: a hole, and the time before the data, show.
    for place in frame.index[holes]:
        frame.loc[place : place + 2, "habit"] = math.nan
    frame.loc[: _blind(first, months) - 1, "habit"] = math.nan
    return Series(name, frame[columns], every)


def _blind(first: date, months: list[str]) -> int:
    """Return how many of the months end less than twelve weeks after the first day."""
    ready = (first + timedelta(days=77)).isoformat()[:7]
    return sum(month < ready for month in months)


def _whole(first: date, last: date) -> list[str]:
    """Return the months that the days cover, but for a few days at either end."""
    periods = pd.period_range(first, last, freq="M")
    return [
        str(one)
        for one in periods
        if one.start_time.date() >= first - timedelta(days=7)
        and one.end_time.date() <= last + timedelta(days=7)
    ]


def _until(first: date, last: date) -> list[str]:
    """Return the whole months, and the one still running at the end."""
    whole = _whole(first, last)
    return whole if last.isoformat()[:7] in whole else [*whole, last.isoformat()[:7]]


def _counted(scene: Scene, basis: Basis, first: date) -> pd.DataFrame:
    """Return the months of people who were expected, past their first weeks.

    Somebody who never used the tool is procrastination's; a first month is training.
    """
    people = scene.people[scene.people["is_activated"]].set_index("user_id")
    made = pd.to_datetime(people["created_day"])
    # Accounts opened before the tool was: the person begins with the first trace.
    start = made.where(made >= pd.Timestamp(first), pd.to_datetime(people["first_day"]))
    begun = (start + pd.Timedelta(days=20)).dt.strftime("%Y-%m")
    is_old = start <= pd.Timestamp(first) + pd.Timedelta(days=31)
    since = begun.mask(is_old, "")
    rows = scene.months.reset_index(drop=True)
    rows = rows[rows["expected_days"] >= FEWEST_DAYS]
    rows = rows[rows["month"] > rows["user_id"].map(since)]
    days = rows[f"{basis}_days"].clip(upper=rows["expected_days"])
    weeks = rows[f"{basis}_weeks"]
    habit = (weeks >= HABIT_SHARE * rows["habit_weeks"]).astype(float)
    return rows.assign(
        days=days,
        start=rows["user_id"].map(start),
        has_habit=habit.where(rows["habit_weeks"] >= FEWEST_WEEKS),
    )


def _holes(frame: pd.DataFrame) -> pd.Series[bool]:
    """Tell which months lack most traces of both months beside them."""
    rate = frame["attendance"].fillna(0.0)
    beside = pd.concat([rate.shift(1), rate.shift(-1)], axis=1).min(axis=1)
    return (rate < HOLE * beside) | (rate == 0)
