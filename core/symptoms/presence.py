"""Presence month after month: the days with a trace, of the days expected.

One definition for whoever tells of it: the people who have used the tool, past their
first weeks, as the blunted tool counts them. Who never came is told of elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pandas as pd

from core.symptoms.scene import Scene, scene
from core.symptoms.series import series
from core.workspace import Workspace


def by_month(
    workspace: Workspace, as_of: date, users: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the months of the company, or of ``users``, oldest first.

    Columns: month, people, presence (0..1, null where it cannot be told or shown). The
    last month may be one that is still running.
    """
    seen = scene(workspace, as_of)
    if users is not None:
        seen = _of(seen, users)
    frame = series(seen, is_whole=False).frame
    found = frame[["month", "people"]].assign(presence=frame["attendance"])
    if workspace.privacy == "teams":
        few = found["people"] < workspace.settings.k
        found.loc[few, ["people", "presence"]] = None
    return found


def ends_by_team(
    workspace: Workspace, as_of: date, teams: Collection[str], months: tuple[str, str]
) -> dict[str, tuple[float, float]]:
    """Return each team's presence in two months; a team without one is left out."""
    seen = scene(workspace, as_of)
    placed = seen.people.set_index("user_id")["team"]
    rows = series(seen).rows
    rows = rows.assign(team=rows["user_id"].map(placed))
    rows = rows[rows["team"].isin(teams) & rows["month"].isin(months)]
    sums = rows.groupby(["team", "month"])[["days", "expected_days"]].sum()
    shares = (sums["days"] / sums["expected_days"]).unstack()
    known = shares.reindex(columns=list(months)).dropna()
    return {
        str(team): (float(first), float(last))
        for team, first, last in known.itertuples(name=None)
    }


def _of(seen: Scene, users: Collection[str]) -> Scene:
    return replace(
        seen,
        people=seen.people[seen.people["user_id"].isin(users)],
        months=seen.months[seen.months["user_id"].isin(users)],
    )
