"""Adoption in figures: rows of people in, a few named numbers out.

Rows are those of `core.people.people`: one a person, with the verdict of their profile.
Only people with a verdict count: nobody on leave, just arrived or gone counts against
the rest. Shares are sums divided by sums, never means of shares.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

JUDGED = ("healthy", "watch", "at_risk")
# Programs, and people whose account is closed.
NO_MEMBER = ("integration", "left")
# Figures of people without a verdict are left out of every sum.
_COUNTED = (
    *("login_days", "active_days", "idle_days", "actions"),
    *("previous_login_days", "previous_active_days", "previous_actions"),
)
# From which share of its people in range a group is healthy, then to watch: the lines
# that GitLab's handbook draws for licences in use.
RANGE_HEALTHY, RANGE_WATCH = 0.8, 0.5
# A change of active days under this share of the month before is no change.
STABLE = 0.10
# Days with a login and no action, from which the person opens without using.
IDLE_SHARE = 0.6
IDLE_LOGINS = 5
# Teams stand out when they hold this share of what is wrong, and more than their size.
STANDS_OUT = 0.35
_EXCESS = 1.4
_HALF = 0.5
_TEAM_FLOOR = 5
_NAMED = 3
# What `marked` adds, summed up by team or profile with `Workspace.by_group`.
FIGURES = {
    "judged": ("is_judged", "sum"),
    "in_range": ("is_in_range", "sum"),
    "below": ("is_below", "sum"),
    "idle": ("is_idle", "sum"),
    "up": ("is_up", "sum"),
    "down": ("is_down", "sum"),
    "compared": ("is_compared", "sum"),
    "active_days": ("active_days", "median"),
    "active_sum": ("active_days", "sum"),
    "actions": ("actions", "sum"),
    "days_moved": ("days_moved", "mean"),
}


@dataclass(frozen=True)
class Usage:
    """How people use the CRM in one month against the month before.

    ``people`` have a verdict; ``in_range`` of them keep the rhythm of their profile.
    ``login_days``, ``active_days``, ``previous_active_days`` and ``actions_per_day``
    (actions per active day) are medians over people, None without anybody.
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


def members(people: pd.DataFrame) -> pd.DataFrame:
    """Return the people of the company: neither programs nor closed accounts."""
    return people[~people["state"].isin(NO_MEMBER)]


def judged(people: pd.DataFrame) -> pd.DataFrame:
    """Return the people who have a verdict."""
    return people[people["verdict"].isin(JUDGED)]


def marked(people: pd.DataFrame) -> pd.DataFrame:
    """Return the members, with what is said of each as columns to sum up.

    Adds ``is_judged``, ``is_in_range``, ``is_below``, ``is_idle``, ``is_up``,
    ``is_down``, ``is_compared`` and ``days_moved``, active days more than the month
    before. Up and down are real changes (`core.people.changes`). Whoever has no verdict
    counts in none of them.
    """
    rows = members(people)
    is_judged = rows["verdict"].isin(JUDGED)
    numbers = {
        column: pd.to_numeric(rows[column], errors="coerce")
        .astype("float64")
        .where(is_judged)
        for column in _COUNTED
    }
    change, before = rows["change"].where(is_judged), numbers["previous_active_days"]
    compared = change.isin(("up", "down", "steady"))
    logins = numbers["login_days"]
    return rows.assign(
        **numbers,
        is_judged=is_judged,
        is_in_range=rows["verdict"].eq("healthy"),
        is_below=is_judged & ~rows["verdict"].eq("healthy"),
        is_idle=(logins >= IDLE_LOGINS) & (numbers["idle_days"] >= IDLE_SHARE * logins),
        is_up=change.eq("up"),
        is_down=change.eq("down"),
        is_compared=compared,
        days_moved=(numbers["active_days"] - before).where(compared),
    )


def _ratio(part: float, whole: float) -> float | None:
    return float(part) / float(whole) if whole else None


def _median(values: pd.Series[float]) -> float | None:
    found = float(values.median()) if len(values) else math.nan
    return None if math.isnan(found) else found


def _per_day(actions: pd.Series[float], days: pd.Series[float]) -> float | None:
    """Return the median over people of actions per active day.

    A median, since one import of thousands of records says nothing of the others.
    """
    seen = days.astype("float64") > 0
    return _median((actions[seen] / days[seen]).astype("float64"))


def usage(people: pd.DataFrame) -> Usage:
    """Return the figures of ``people``, whoever has a verdict among them."""
    rows = marked(people)
    compared = int(rows["is_compared"].sum())
    up, down = int(rows["is_up"].sum()), int(rows["is_down"].sum())
    before = rows["previous_active_days"]
    return Usage(
        people=int(rows["is_judged"].sum()),
        in_range=int(rows["is_in_range"].sum()),
        below=int(rows["is_below"].sum()),
        login_days=_median(rows["login_days"]),
        active_days=_median(rows["active_days"]),
        previous_active_days=_median(before),
        actions_per_day=_per_day(rows["actions"], rows["active_days"]),
        previous_actions_per_day=_per_day(rows["previous_actions"], before),
        idle=int(rows["is_idle"].sum()),
        idle_share=_ratio(rows["idle_days"].sum(), rows["login_days"].sum()),
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
                people=_count(row["judged"]),
                below=_count(row["below"]),
                down=_count(row["down"]),
                compared=_count(row["compared"]),
                days_moved=None if pd.isna(moved) else float(moved),
            )
        )
    return tuple(found)


def lagging(found: Sequence[Team], figures: Usage) -> tuple[Team, ...]:
    """Return the few teams where most people below their range work, worst share first.

    They are three at most, half of their people at least are below, well over the
    company's share, and together they hold a large part; else there is none.
    """
    share = figures.below / figures.people if figures.people else 0.0
    worst = [
        team
        for team in found
        if team.people >= _TEAM_FLOOR
        and team.below >= max(_HALF, _EXCESS * share) * team.people
    ]
    worst.sort(key=lambda team: (-team.below, team.people, team.name))
    worst = sorted(worst[:_NAMED], key=lambda team: -team.below / team.people)
    held = sum(team.below for team in worst)
    return tuple(worst) if held >= STANDS_OUT * figures.below > 0 else ()


def falling(found: Sequence[Team], figures: Usage) -> Team | None:
    """Return the one team most of the falls come from, if there is one."""
    share = figures.down / figures.compared if figures.compared else 0.0
    large = [team for team in found if team.people >= _TEAM_FLOOR and team.down]
    if not large or len(found) < 2:
        return None
    team = max(large, key=lambda one: (one.down, one.down / one.people))
    is_most = team.down >= STANDS_OUT * figures.down
    return team if is_most and team.down >= _EXCESS * share * team.compared else None


def falling_twice(now: pd.DataFrame, before: pd.DataFrame) -> int:
    """Count the people who go down in both months' rows."""
    rows, earlier = marked(now), marked(before)
    fell = set(earlier.loc[earlier["is_down"], "user_id"])
    return int((rows["is_down"] & rows["user_id"].isin(fell)).sum())


def by_month(
    months: pd.DataFrame, now: pd.DataFrame, month: str, count: int = 6
) -> pd.DataFrame:
    """Return the last months of people summed up, oldest first, ``month`` the last.

    ``months`` are rows of ``mart_user_months`` (a person and a month), ``now`` those of
    people in ``month``. Columns: month, ``days`` (median active days of the people
    expected in it) and ``actions_per_day`` (median a person).
    """
    columns = ["month", "active_days", "expected_days", "actions"]
    past = months.loc[months["month"] < month, columns]
    rows = pd.concat([past, members(now).assign(month=month)[columns]])
    rows = rows[rows["expected_days"].astype("float64") >= 1]
    found = []
    for name, part in list(rows.groupby("month", sort=True))[-count:]:
        active = part["active_days"].astype("float64")
        found.append(
            {
                "month": str(name),
                "days": _median(active),
                "actions_per_day": _per_day(part["actions"], active),
            }
        )
    return pd.DataFrame(found, columns=["month", "days", "actions_per_day"])


def share_state(share: float) -> str:
    """Return the state of a share of people in their range."""
    if share >= RANGE_HEALTHY:
        return "healthy"
    return "watch" if share >= RANGE_WATCH else "sick"


def asleep(
    licences: int | None, assigned: int, active: int, price: float | None
) -> float | None:
    """Return what unused licences cost a month, None without a price.

    Paid for are the licences bought where told, else those assigned.
    """
    if price is None:
        return None
    return max(0, (licences or assigned) - active) * price
