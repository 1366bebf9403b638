"""Adoption in figures: rows of people in, a few named numbers out.

Rows are those of `core.people.people`: one a person, with the verdict of their profile.
Only people with a verdict count: nobody on leave, just arrived or gone is held against
anyone. Rates are sums divided by sums, never means of rates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

JUDGED = ("healthy", "watch", "at_risk")
# A change of active days under this share of the month before is no change.
STABLE = 0.10
# Days with a login and no action, from which the person opens without using.
IDLE_SHARE = 0.6
IDLE_LOGINS = 5
# A team stands out when it holds this share of what is wrong, and more than its size.
STANDS_OUT = 0.35
_EXCESS = 1.4
_TEAM_FLOOR = 5
# What `marked` adds, summed up by team or profile with `Workspace.by_group`.
FIGURES = {
    "in_range": ("is_in_range", "sum"),
    "below": ("is_below", "sum"),
    "idle": ("is_idle", "sum"),
    "up": ("is_up", "sum"),
    "down": ("is_down", "sum"),
    "compared": ("is_compared", "sum"),
    "login_days": ("login_days", "median"),
    "active_days": ("active_days", "median"),
    "active_sum": ("active_days", "sum"),
    "actions": ("actions", "sum"),
    "days_moved": ("days_moved", "mean"),
    "range_low": ("range_low", "median"),
    "range_high": ("range_high", "median"),
}


@dataclass(frozen=True)
class Usage:
    """How people use the CRM in one month against the month before.

    ``people`` have a verdict; ``in_range`` of them keep the rhythm of their profile.
    ``login_days``, ``active_days`` and ``previous_active_days`` are medians a person;
    ``actions_per_day`` are actions per active day; None where nothing can be divided.
    ``idle`` people sign in and do nothing on most of their days. ``up``, ``down`` and
    ``stable`` share out the ``compared`` people, by their active days.
    """

    people: int
    in_range: int
    below: int
    login_days: float | None
    active_days: float | None
    previous_active_days: float | None
    actions_per_day: float | None
    previous_actions_per_day: float | None
    idle: int
    idle_share: float | None
    up: int
    down: int
    stable: int
    compared: int


@dataclass(frozen=True)
class Team:
    """One team's part: people with a verdict, and how many of them lag or fall.

    ``days_moved`` is the mean change of active days a person.
    """

    name: str
    people: int
    below: int
    down: int
    compared: int
    days_moved: float | None


def judged(people: pd.DataFrame) -> pd.DataFrame:
    """Return the people who have a verdict."""
    return people[people["verdict"].isin(JUDGED)]


def _numbers(people: pd.DataFrame, column: str) -> pd.Series[float]:
    return pd.to_numeric(people[column], errors="coerce").astype("float64")


def marked(people: pd.DataFrame) -> pd.DataFrame:
    """Return the people who have a verdict, with what is said of each as columns.

    Adds ``is_in_range``, ``is_below``, ``is_idle``, ``is_up``, ``is_down``,
    ``is_compared`` and ``days_moved``, active days more than the month before.
    """
    rows = judged(people)
    change = _numbers(rows, "active_days_change")
    logins, idle = _numbers(rows, "login_days"), _numbers(rows, "idle_days")
    before = _numbers(rows, "previous_active_days")
    return rows.assign(
        is_in_range=rows["verdict"].eq("healthy"),
        is_below=~rows["verdict"].eq("healthy"),
        is_idle=(logins >= IDLE_LOGINS) & (idle >= IDLE_SHARE * logins),
        is_up=change > STABLE,
        is_down=change < -STABLE,
        is_compared=change.notna(),
        days_moved=(_numbers(rows, "active_days") - before).where(change.notna()),
    )


def _ratio(part: float, whole: float) -> float | None:
    return float(part) / float(whole) if whole else None


def _median(values: pd.Series[float]) -> float | None:
    found = float(values.median()) if len(values) else math.nan
    return None if math.isnan(found) else found


def usage(people: pd.DataFrame) -> Usage:
    """Return the figures of ``people``, whoever has a verdict among them."""
    rows = marked(people)
    active, actions = _numbers(rows, "active_days"), _numbers(rows, "actions")
    before = _numbers(rows, "previous_active_days")
    logins, idle = _numbers(rows, "login_days"), _numbers(rows, "idle_days")
    compared = int(rows["is_compared"].sum())
    up, down = int(rows["is_up"].sum()), int(rows["is_down"].sum())
    seen = rows["is_compared"]
    return Usage(
        people=len(rows),
        in_range=int(rows["is_in_range"].sum()),
        below=int(rows["is_below"].sum()),
        login_days=_median(logins),
        active_days=_median(active),
        previous_active_days=_median(before[seen]),
        actions_per_day=_ratio(actions.sum(), active.sum()),
        previous_actions_per_day=_ratio(
            _numbers(rows, "previous_actions").sum(), before.sum()
        ),
        idle=int(rows["is_idle"].sum()),
        idle_share=_ratio(idle.sum(), logins.sum()),
        up=up,
        down=down,
        stable=compared - up - down,
        compared=compared,
    )


def _count(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)


def teams(groups: pd.DataFrame) -> tuple[Team, ...]:
    """Return the teams of rows grouped by ``team`` with `FIGURES`, as may be shown.

    A team hidden for its size is left out, and so are people without a team.
    """
    found = []
    for row in groups.to_dict("records"):
        if row["is_suppressed"] or pd.isna(row["team"]):
            continue
        moved = row["days_moved"]
        found.append(
            Team(
                name=str(row["team"]),
                people=_count(row["people"]),
                below=_count(row["below"]),
                down=_count(row["down"]),
                compared=_count(row["compared"]),
                days_moved=None if pd.isna(moved) else float(moved),
            )
        )
    return tuple(found)


def _outstanding(
    parts: Sequence[tuple[Team, int]], of_all: float
) -> tuple[Team, int] | None:
    """Return the team that holds most of what is wrong, if it is far above the rest."""
    total = sum(part for _, part in parts)
    large = [(team, n) for team, n in parts if team.people >= _TEAM_FLOOR]
    if not total or len(large) < 2:
        return None
    team, part = max(large, key=lambda pair: (pair[1], pair[1] / pair[0].people))
    stands_out = part >= STANDS_OUT * total and part / team.people >= _EXCESS * of_all
    return (team, part) if stands_out else None


def lagging(found: Sequence[Team], figures: Usage) -> Team | None:
    """Return the one team where most people below their range work, if there is one."""
    share = figures.below / figures.people if figures.people else 0.0
    best = _outstanding([(team, team.below) for team in found], share)
    return best[0] if best else None


def falling(found: Sequence[Team], figures: Usage) -> Team | None:
    """Return the one team most of the falls come from, if there is one."""
    share = figures.down / figures.compared if figures.compared else 0.0
    best = _outstanding([(team, team.down) for team in found], share)
    return best[0] if best else None


def falling_twice(now: pd.DataFrame, before: pd.DataFrame) -> int:
    """Count the people who go down in both months' rows."""
    down = marked(now).query("is_down")["user_id"]
    earlier = marked(before).query("is_down")["user_id"]
    return int(down.isin(set(earlier)).sum())


def asleep(
    licences: int | None, assigned: int, active: int, price: float | None
) -> float | None:
    """Return what unused licences cost a month, None without a price.

    Paid for are the licences bought where told, else those assigned.
    """
    if price is None:
        return None
    return max(0, (licences or assigned) - active) * price
