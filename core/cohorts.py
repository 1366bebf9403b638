"""People by the month they arrived: who is still active later, and how soon they act.

Somebody arrives when their account is created. Being seen for the first time in a file
is no arrival, so accounts older than the data have no first months here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pandas as pd

from core.errors import GroupTooSmall
from core.workspace import Workspace

# Fewer arrivals than this say nothing: months next to each other are put together.
FEWEST = 5
# The first and the last arrivals are compared after so many months.
COMPARED_AFTER = 3
# An account of this age had the time for a first action.
SETTLED_DAYS = 30
# Logins that begin this much later than activities are too short a history.
_SHORTER_DAYS = 62


@dataclass(frozen=True)
class Basis:
    """What tells that somebody is active, and since when the exports tell it.

    ``is_actions`` when activities go back much further than logins: actions alone then
    make months comparable.
    """

    first_day: date
    is_actions: bool


@dataclass(frozen=True)
class Comparison:
    """The first arrivals against the last, ``after`` whole months in the company.

    ``first_to`` is the last month of arrival of the first ones, ``last_from`` the first
    one of the last ones; ``first`` and ``last`` count people, ``…_active`` the active.
    """

    after: int
    first_to: str
    last_from: str
    first: int
    first_active: int
    last: int
    last_active: int


@dataclass(frozen=True)
class FirstAction:
    """How soon newcomers act, among those still there.

    ``median_days`` counts who did not act yet as the longest: it is None when half of
    the ``people`` have not. ``settling`` of the ``not_yet`` just arrived. ``not_yet``
    and ``settling`` are None where so few may not be told.
    """

    people: int
    median_days: float | None
    not_yet: int | None
    settling: int | None


def basis(workspace: Workspace) -> Basis | None:
    """Return what activity is read from, None without a trace of anybody."""
    row = workspace.derive("mart_period").iloc[0]
    starts = {
        name: pd.Timestamp(row[f"first_{name}_day"]).date()
        for name in ("login", "activity", "record")
        if pd.notna(row[f"first_{name}_day"])
    }
    login, activity = starts.get("login"), starts.get("activity")
    if login and activity:
        apart = (login - activity).days
        if apart > _SHORTER_DAYS:
            return Basis(activity, is_actions=True)
        return Basis(login if apart < -_SHORTER_DAYS else max(login, activity), False)
    found = login or activity or starts.get("record")
    return Basis(found, is_actions=False) if found else None


def _rows(
    workspace: Workspace, as_of: date, users: Collection[str] | None
) -> pd.DataFrame:
    """Return the months of newcomers that the exports cover, as ``mart_cohort``."""
    rows = workspace.derive("mart_cohort", as_of=as_of.isoformat())
    known = basis(workspace)
    if known is None:
        return rows.iloc[:0]
    rows = rows[rows["from_day"] >= pd.Timestamp(known.first_day)]
    if users is not None:
        rows = rows[rows["user_id"].isin(users)]
    if known.is_actions:
        rows = rows.assign(is_active=rows["has_action"])
    return rows


def _grouped(rows: pd.DataFrame, fewest: int) -> pd.Series[Any]:
    """Return for each month of arrival the first month of its group.

    Months are put together, oldest first, until a group has ``fewest`` people; what is
    left over at the end joins the last group.
    """
    sizes = rows.groupby("arrival_month")["user_id"].nunique().sort_index()
    group: dict[str, str] = {}
    opened: list[str] = []
    count, previous = 0, ""
    for month, size in sizes.items():
        opened.append(str(month))
        count += int(size)
        if count >= fewest:
            previous = opened[0]
            group |= dict.fromkeys(opened, previous)
            opened, count = [], 0
    group |= dict.fromkeys(opened, previous or (opened[0] if opened else ""))
    return rows["arrival_month"].map(group)


def table(
    workspace: Workspace, as_of: date, users: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the share of each group of arrivals active month after month.

    Columns: ``first_month`` and ``last_month`` of arrival, ``arrived`` (people),
    ``months_since`` (0 to 12), ``people`` counted, ``active`` of them, ``share`` and
    ``is_complete``: people count once their month is complete; where it is for nobody
    yet, it is read as it stands. Leave that takes a whole month, and the month in which
    an account closes, count for nobody. Where only teams are shown, counts are null and
    so are groups of too few.
    """
    rows = _rows(workspace, as_of, users)
    hides = workspace.privacy == "teams"
    k = workspace.settings.k if hides else FEWEST
    rows = rows.assign(first_month=_grouped(rows, k))
    found: list[dict[str, Any]] = []
    for first, part in rows.groupby("first_month", sort=True):
        arrived = int(part["user_id"].nunique())
        if hides and not _may_show(workspace, part, f"cohort:{as_of}"):
            continue
        for since, cell in part.groupby("months_since", sort=True):
            done = cell[cell["is_complete"]]
            counted = done if len(done) else cell
            people, active = len(counted), int(counted["is_active"].sum())
            if hides and people < k:
                continue
            found.append(
                {
                    "first_month": str(first),
                    "last_month": str(part["arrival_month"].max()),
                    "arrived": None if hides else arrived,
                    "months_since": int(cast(int, since)),
                    "people": None if hides else people,
                    "active": None if hides else active,
                    "share": active / people,
                    "is_complete": bool(len(done)),
                }
            )
    columns = ["first_month", "last_month", "arrived", "months_since", "people"]
    columns += ["active", "share", "is_complete"]
    return pd.DataFrame(found, columns=columns)


def _may_show(workspace: Workspace, rows: pd.DataFrame, period: str) -> bool:
    try:
        workspace.select(rows, period=period)
    except GroupTooSmall:
        return False
    return True


def compare(
    workspace: Workspace, as_of: date, users: Collection[str] | None = None
) -> Comparison | None:
    """Return the first arrivals against the last, None for too few of either.

    The time between the first arrival and the last is cut in two halves.
    """
    rows = _rows(workspace, as_of, users)
    rows = rows[rows["is_complete"] & rows["months_since"].eq(COMPARED_AFTER)]
    months = sorted(rows["arrival_month"].unique())
    if len(months) < 2:
        return None
    ordinals = [pd.Period(month, "M").ordinal for month in months]
    middle = (ordinals[0] + ordinals[-1]) / 2
    early = [m for m, n in zip(months, ordinals, strict=True) if n <= middle]
    is_first = rows["arrival_month"].isin(early)
    first, last = rows[is_first], rows[~is_first]
    fewest = workspace.settings.k if workspace.privacy == "teams" else FEWEST
    if len(first) < fewest or len(last) < fewest:
        return None
    if workspace.privacy == "teams" and not (
        _may_show(workspace, first, f"cohort:{as_of}")
        and _may_show(workspace, last, f"cohort:{as_of}")
    ):
        return None
    return Comparison(
        after=COMPARED_AFTER,
        first_to=early[-1],
        last_from=months[len(early)],
        first=len(first),
        first_active=int(first["is_active"].sum()),
        last=len(last),
        last_active=int(last["is_active"].sum()),
    )


def first_action(
    workspace: Workspace, as_of: date, users: Collection[str] | None = None
) -> FirstAction | None:
    """Return how soon those who arrived since the data begin did something.

    None when the exports tell of no action or nobody arrived, and where only teams are
    shown, when too few did.
    """
    known = basis(workspace)
    rows = workspace.derive("mart_licence", as_of=as_of.isoformat())
    if users is not None:
        rows = rows[rows["user_id"].isin(users)]
    if known is None or not rows["first_action_day"].notna().any():
        return None
    rows = rows[rows["created_day"] >= pd.Timestamp(known.first_day)]
    hides = workspace.privacy == "teams"
    if not len(rows) or (
        hides and not _may_show(workspace, rows, f"first_action:{as_of}")
    ):
        return None
    days = (rows["first_action_day"] - rows["created_day"]).dt.days.clip(lower=0)
    waiting = rows[days.isna()]
    age = (pd.Timestamp(as_of) - waiting["created_day"]).dt.days
    not_yet, settling = len(waiting), int((age <= SETTLED_DAYS).sum())
    middle = float(days.fillna(float("inf")).median())
    k = workspace.settings.k if hides else 0
    few = [0 < count < k for count in (not_yet, settling, not_yet - settling)]
    return FirstAction(
        people=len(rows),
        median_days=None if middle == float("inf") else middle,
        not_yet=None if few[0] else not_yet,
        settling=None if any(few) else settling,
    )
