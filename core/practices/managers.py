"""Do managers set the example: their own use beside that of the people they manage.

Managers are those whom the user export names as somebody's manager. The two figures
stand side by side: that one explains the other is never said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from core import people
from core.practices.reading import (
    Practice,
    active,
    high_is_good,
    limits,
    present,
    share,
)
from core.workspace import Workspace

# A week as the rhythms count it, and the fewest expected days that tell anything.
_WEEK = 5
_FEWEST_EXPECTED = 5.0
_FEWEST_MANAGERS = 2


@dataclass(frozen=True)
class Managers:
    """Managers over the 28 days that end on the day of reading.

    ``rows`` has one row a manager who can be judged: user_id, name, team, people (whom
    they manage), days (active per five expected), actions (a week), team_days (median
    of their people), example: "acts", "behind" (much less there than their people),
    "reads" (opens the CRM and notes nothing), "rarely" or "absent".
    """

    practice: Practice
    acting: int
    reading: int
    judged: int
    rows: pd.DataFrame

    @property
    def share(self) -> float | None:
        """The managers who set the example, among those who can be judged."""
        return share(self.acting, self.judged)


def read(
    workspace: Workspace, as_of: date, rows: pd.DataFrame | None = None
) -> Managers:
    """Return the managers among ``rows``, or all of them, beside their people.

    ``rows`` are some of those of `core.people.everyone` at ``as_of``.
    """
    known = present(people.everyone(workspace, as_of))
    shown = known if rows is None else present(rows)
    rules = limits(workspace)
    teams = _teams(known)
    frame = shown.merge(teams, left_on="user_id", right_on="manager_id", how="inner")
    frame = frame[
        (frame["recent_expected"] >= _FEWEST_EXPECTED) & (frame["state"] != "new")
    ].copy()
    frame["days"] = frame["recent_active_days"] / frame["recent_expected"] * _WEEK
    frame["actions"] = frame["recent_actions"] / 4
    # Beside people who are there far more, coming now and then is no example.
    beside = frame["team_days"] * rules["practice.managers.beside"]
    figures = zip(
        frame["days"].astype(float),
        beside.fillna(0.0).astype(float),
        frame["recent_actions"].astype(float),
        frame["recent_active_days"].astype(float),
        strict=True,
    )
    # Without activities in the exports, coming is all that can be seen.
    is_told = people.actions_known(workspace, as_of)
    least = rules["practice.managers.days"]
    frame["example"] = [_example(*figure, least, is_told) for figure in figures]
    judged = len(frame)
    acting = int((frame["example"] == "acts").sum())
    reading = int((frame["example"] == "reads").sum())
    values: dict[str, float] = {"acting": acting, "judged": judged}
    values["reading"] = reading
    if len(teams) and judged < _FEWEST_MANAGERS:
        # The exports name managers: too few are among the people chosen.
        values["few"] = judged
    if judged < _FEWEST_MANAGERS or not len(active(known)):
        practice = Practice(
            "managers", "not_enough_data", values=values, missing=("manager",)
        )
    else:
        value = acting / judged
        state, limit = high_is_good(value, rules, "managers")
        practice = Practice("managers", state, value, limit, {**values, "share": value})
    names = ["user_id", "name", "team", "people", "days", "actions", "team_days"]
    return Managers(
        practice=practice,
        acting=acting,
        reading=reading,
        judged=judged,
        rows=frame[[*names, "example"]].sort_values(
            ["days", "name"], ignore_index=True
        ),
    )


def _teams(known: pd.DataFrame) -> pd.DataFrame:
    """Return whom each manager manages: people, and the median of their days a week."""
    managed = known[known["manager_id"].notna() & (known["state"] != "new")]
    managed = managed[managed["recent_expected"] >= _FEWEST_EXPECTED]
    managed = managed[managed["manager_id"] != managed["user_id"]]
    days = managed["recent_active_days"] / managed["recent_expected"] * _WEEK
    groups = managed.assign(days=days).groupby("manager_id")["days"]
    return groups.agg(people="count", team_days="median").reset_index()


def _example(
    days: float,
    beside: float,
    actions: float,
    active_days: float,
    least: float,
    is_told: bool,
) -> str:
    if not active_days:
        return "absent"
    if is_told and not actions:
        return "reads"
    if days < least:
        return "rarely"
    return "acts" if days >= beside else "behind"
