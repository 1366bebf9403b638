"""Scenes made by hand: people, their months and kinds of work, one figure at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from core.rules import Rules
from core.symptoms.known import Known
from core.symptoms.scene import Scene

END = date(2026, 10, 31)
START = date(2025, 9, 1)
PERSON: Mapping[str, Any] = {
    "team": "Nord",
    "state": "active",
    "created_day": pd.Timestamp(2024, 1, 8),
    "left_day": pd.NaT,
    "first_day": pd.Timestamp(START),
    "last_day": pd.Timestamp(END),
    "is_judged": True,
    "is_member": True,
    "is_activated": True,
    "is_active": True,
    "is_habitual": True,
    "habit_weeks": 12,
    "active_weeks": 12,
    "objects": 5,
    "days_silent": 1.0,
}


def people(*groups: tuple[int, Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows of people: so many of each kind, each said by what differs."""
    rows = [dict(PERSON) | dict(more) for size, more in groups for _ in range(size)]
    frame = pd.DataFrame(rows)
    return frame.assign(user_id=[f"u{n}" for n in range(len(frame))])


def silent(days: int, **more: object) -> dict[str, object]:
    """Return what differs in somebody whose last trace is ``days`` old."""
    return {
        "days_silent": float(days),
        "is_active": days < 28,
        "is_habitual": False,
        "active_weeks": 0,
        "objects": 0,
        **more,
    }


def never(**more: object) -> dict[str, object]:
    """Return what differs in somebody who never came."""
    return {
        **silent(0),
        "state": "never_activated",
        "days_silent": float("nan"),
        "first_day": pd.NaT,
        "last_day": pd.NaT,
        "is_activated": False,
        "is_active": False,
        **more,
    }


def scene(rows: pd.DataFrame, **more: Any) -> Scene:
    """Return a company with fourteen months of everything, but for what is said."""
    span = (START, END)
    made = Scene(
        as_of=END,
        rules=Rules(),
        known=Known(START, END, START, span, span, span),
        people=rows,
        months=months(rows, {}),
        kinds=weekly({}),
        pyramid=None,
        creations=0,
        imported=0,
        has=frozenset({"user", "login", "account", "contact", "activity", "record"}),
        knows_last_login=True,
    )
    return replace(made, **more)


def month_names(count: int = 14) -> list[str]:
    """Return the last months up to the end."""
    return [str(m) for m in pd.period_range(end="2026-10", periods=count, freq="M")]


def months(
    rows: pd.DataFrame,
    rates: Mapping[str, float],
    *,
    who: Iterable[str] | None = None,
    names: Sequence[str] | None = None,
    column: str = "active",
) -> pd.DataFrame:
    """Return months of people who come ``rates[month]`` of their days, else all."""
    found = []
    for user in rows["user_id"] if who is None else who:
        for month in names or month_names():
            days = round(20 * rates.get(month, 0.95))
            weeks = min(12, round(12 * min(1.0, 1.4 * rates.get(month, 0.95))))
            one = {"user_id": user, "month": month, "weeks": 4, "expected_days": 20.0}
            for name in ("active", "login", "acted"):
                is_told = column in ("active", name)
                one[f"{name}_days"] = days if is_told else 0
                one[f"{name}_weeks"] = weeks if is_told else 0
            found.append({**one, "habit_weeks": 12})
    return pd.DataFrame(found)


def weekly(
    used: Mapping[str, Sequence[int]],
    *,
    active: int = 40,
    acting: Sequence[int] | None = None,
    count: int = 60,
    team: str = "Nord",
) -> pd.DataFrame:
    """Return how many people used each kind in the last ``count`` weeks."""
    last = END - timedelta(days=END.weekday() + 7)
    every = [last - timedelta(weeks=n) for n in reversed(range(count))]
    rows = []
    for kind, numbers in {
        "any": [active] * count,
        "action": list(acting or [active] * count),
        "call": [active // 2] * count,
        "account": [active // 4] * count,
        "contact": [active // 4] * count,
        **used,
    }.items():
        start = count - len(numbers)
        for week, number in zip(every[start:], numbers, strict=True):
            if number:
                rows.append(
                    {"kind": kind, "week": week, "team": team, "people": number}
                )
    frame = pd.DataFrame(rows)
    return frame.assign(week=pd.to_datetime(frame["week"]))


def figures(facts: Iterable[Any]) -> dict[str, float | None]:
    """Return facts by figure."""
    return {fact.figure: fact.value for fact in facts}
