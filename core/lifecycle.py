"""Who arrives, stays, comes back, stops and leaves, month after month.

Counts are of people; programs are in none. Classes are those of
``mart_lifecycle_person``: a person is in one of those who are active (new, returning,
resurrected), or dormant, or in none; whoever leaves is also counted as left.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from core import cohorts, licences, people
from core.errors import GroupTooSmall
from core.i18n import formats
from core.workspace import Workspace

STAGES = ("returning", "new", "resurrected", "dormant", "left")
ACTIVE = ("returning", "new", "resurrected")
# The days of a user's recent activity.
_RECENT_DAYS = 28
# Months that a sentence about comings and goings looks back at most, and at least.
_LOOK_BACK = 12
_FEWEST_MONTHS = 3
# People who are not at work, or no people: their days say nothing.
_NOT_COUNTED = ("integration", "left", "absent", "new")


@dataclass(frozen=True)
class Movement:
    """Comings and goings since the first day of ``since`` (YYYY-MM), as people.

    ``back`` came back after a month or more without a trace; ``first`` came for the
    first time though their account was older; ``left`` had their account closed.
    """

    since: str
    new: int
    first: int
    back: int
    left: int


def _rows(
    workspace: Workspace, as_of: date, users: Collection[str] | None
) -> pd.DataFrame:
    rows = workspace.derive("mart_lifecycle_person", as_of=as_of.isoformat())
    return rows if users is None else rows[rows["user_id"].isin(users)]


def by_month(
    workspace: Workspace, as_of: date, users: Collection[str] | None = None
) -> pd.DataFrame:
    """Return how many people are in each class, a row a month, oldest first.

    Columns: ``month``, ``is_running``, one a class of STAGES, ``first`` (of the
    resurrected, those never seen before) and ``active``. In a month that still runs
    nobody is dormant yet: null. Where only teams are shown the classes are null, and so
    is ``active`` when it would tell of too few.
    """
    rows = _rows(workspace, as_of, users)
    columns = ["month", "is_running", *STAGES, "first", "active"]
    if not len(rows):
        return pd.DataFrame(columns=columns)
    counts = rows.pivot_table(
        index=["month", "is_running"],
        columns="stage",
        values="user_id",
        aggfunc="count",
    )
    found = counts.reindex(columns=list(STAGES)).fillna(0).astype("Int64")
    seen = rows[rows["stage"].eq("resurrected") & rows["is_first_visit"]]
    firsts = seen.groupby("month")["user_id"].count()
    found = found.reset_index().sort_values("month", ignore_index=True)
    found["first"] = found["month"].map(firsts).fillna(0).astype("Int64")
    found["active"] = found[list(ACTIVE)].sum(axis=1).astype("Int64")
    found.loc[found["is_running"], "dormant"] = pd.NA
    if workspace.privacy == "teams":
        found = _hidden(workspace, rows, found)
    found.columns.name = None
    return found[columns]


def _hidden(
    workspace: Workspace, rows: pd.DataFrame, found: pd.DataFrame
) -> pd.DataFrame:
    """Return only the active people of the months that may be told."""
    shown = []
    for month, active in zip(found["month"], found["active"], strict=True):
        part = rows[rows["month"].eq(month) & rows["stage"].isin(ACTIVE)]
        try:
            workspace.select(part, period=f"lifecycle:{month}")
        except GroupTooSmall:
            active = pd.NA
        shown.append(active)
    found[[*STAGES, "first"]] = pd.NA
    return found.assign(active=pd.array(shown, dtype="Int64"))


def movement(
    workspace: Workspace, as_of: date, users: Collection[str] | None = None
) -> Movement | None:
    """Return the comings and goings of the year so far, None without a month to tell.

    In the first months of a year, those of the past twelve months. None where only
    teams are shown: who comes and goes are few.
    """
    if workspace.privacy == "teams":
        return None
    rows = _rows(workspace, as_of, users)
    months = sorted(rows["month"].unique())
    if not months:
        return None
    this_year = [month for month in months if month[:4] == months[-1][:4]]
    told = this_year if len(this_year) >= _FEWEST_MONTHS else months[-_LOOK_BACK:]
    rows = rows[rows["month"].isin(told)]
    is_first = rows["is_first_visit"]
    back = rows["stage"].eq("resurrected")

    def count(kept: pd.Series[bool]) -> int:
        return int(rows.loc[kept, "user_id"].nunique())

    return Movement(
        since=told[0],
        new=count(rows["stage"].eq("new")),
        first=count(back & is_first),
        back=count(back & ~is_first),
        left=count(rows["stage"].eq("left")),
    )


def recent_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many people had 0, 1, … 28 active days in the last 28 (L28).

    ``rows`` are those of `core.people`. Columns: ``days`` and ``people``. Left out are
    those who left, are away for the whole time or have just arrived, and programs.
    """
    kept = rows[~rows["state"].isin(_NOT_COUNTED)]
    counts = kept["recent_active_days"].astype(int).value_counts()
    days = range(_RECENT_DAYS + 1)
    return pd.DataFrame(
        {"days": list(days), "people": [int(counts.get(n, 0)) for n in days]}
    )


def report(workspace: Workspace, as_of: date) -> dict[str, Any]:
    """Return comings and goings, cohorts and licences for the headless report.

    ``months`` has a row a month: the counts of `by_month`; ``cohorts`` a row a group of
    arrivals with its ``shares`` by months since; ``first_action`` and ``licences`` are
    null where nothing tells them.
    """
    months = by_month(workspace, as_of)
    found = cohorts.table(workspace, as_of)
    groups = []
    for first, part in found.groupby("first_month", sort=True):
        done = part[part["is_complete"]]
        groups.append(
            {
                "first_month": str(first),
                "last_month": str(part["last_month"].iloc[0]),
                "people": _whole(part["arrived"].iloc[0]),
                "shares": {
                    str(since): round(float(share), 6)
                    for since, share in zip(
                        done["months_since"], done["share"], strict=True
                    )
                },
            }
        )
    action = cohorts.first_action(workspace, as_of)
    rows = people.everyone(workspace, as_of)
    spread = recent_days(rows)
    return {
        "months": [
            {
                "month": str(row["month"]),
                "is_running": bool(row["is_running"]),
                **{n: _whole(row[n]) for n in (*STAGES, "first", "active")},
            }
            for row in months.to_dict("records")
        ],
        "cohorts": groups,
        "first_action": None
        if action is None
        else {
            "people": action.people,
            "median_days": action.median_days,
            "not_yet": action.not_yet,
        },
        "recent_days": {
            str(days): int(count)
            for days, count in zip(spread["days"], spread["people"], strict=True)
            if count
        },
        "licences": licences.report(workspace, as_of),
    }


def _whole(value: Any) -> int | None:
    return None if formats.is_absent(value) else int(value)
