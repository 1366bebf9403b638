"""One row a person: state, profile, the month's figures and the verdict."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from core import profiles, verdicts
from core.answers import Answers
from core.i18n import formats
from core.indicators import STABLE
from core.rhythm import features
from core.rules import Rules
from core.workspace import Workspace

# The person's own usual range needs this many complete months, and looks at this many.
RANGE_FEWEST_MONTHS = 3
RANGE_MONTHS = 6
RANGE_FEWEST_EXPECTED = 5.0
# Days out of that range, and standard errors where it is not known, that are a change.
OUT_OF_RANGE = 1.0
CHANCE_ERRORS = 2.0

_everyone: Answers[pd.DataFrame] = Answers(32)


def month_of(day: date) -> str:
    """Return the month of a day, YYYY-MM."""
    return day.isoformat()[:7]


def people(workspace: Workspace, as_of: date, month: str | None = None) -> pd.DataFrame:
    """Return one row a person as the viewer may see them, sorted by name.

    ``month`` (YYYY-MM) is the month of the figures, that of ``as_of`` unless given; it
    is cut at ``as_of`` while it runs. Columns: those of ``mart_user``,
    ``mart_user_month``, ``mart_user_quiet``, `core.rhythm.features`,
    `profiles.settle`, `verdicts.rhythms` and `verdicts.judge`, and

        range_low, range_high   the active days usual for this person in such a month
        change                  up, down, steady or unknown: see `changes`

    Raises NamesHidden where the workspace shows teams only: see `teams`.
    """
    frame = workspace.protect(everyone(workspace, as_of, month))
    return frame.sort_values(
        "name",
        key=lambda names: names.map(formats.sorting, "ignore"),
        kind="stable",
        ignore_index=True,
    )


def teams(workspace: Workspace, as_of: date, month: str | None = None) -> pd.DataFrame:
    """Return one row a team with sums over its people, programs and leavers apart.

    Columns: team, people, login_days, active_days, expected_days, actions, the same
    of the month before (``previous_``, and ``compared_`` cut like this month), how many
    people have each verdict (healthy, watch, at_risk, not_enough_data), and
    ``verdict``, the team's own (`verdicts.team`), None where the team is hidden.
    """
    as_month = month or month_of(as_of)
    frame = everyone(workspace, as_of, as_month)
    frame = frame[~frame["state"].isin(["integration", "left"])]
    codes = [code for code in verdicts.VERDICTS if code != "excluded"]
    counts = {code: (frame["verdict"] == code).astype(int) for code in codes}
    sums = [
        *("login_days", "active_days", "idle_days", "expected_days", "actions"),
        *("previous_login_days", "previous_active_days", "previous_expected_days"),
        *("previous_actions", "compared_active_days", "compared_expected_days"),
        *("compared_actions", *codes),
    ]
    groups = workspace.by_group(
        frame.assign(**counts),
        "team",
        {name: (name, "sum") for name in sums},
        period=f"{as_of}:{as_month}",
    )
    rules = Rules.of(workspace.settings.rules)
    judged = groups[["healthy", "watch", "at_risk"]].astype("float64")
    found = [
        None
        if row.isna().any()
        else verdicts.team(row["healthy"], row["watch"], row["at_risk"], rules)
        for _, row in judged.iterrows()
    ]
    return groups.assign(verdict=pd.Series(found, groups.index, dtype=object))


def everyone(
    workspace: Workspace, as_of: date, month: str | None = None
) -> pd.DataFrame:
    """Return `people` unprotected: for modules of core that only hand on sums."""
    as_month = month or month_of(as_of)
    state: tuple[Hashable, ...] = (
        str(workspace.store.folder),
        workspace.manifest.state,
        as_of,
        as_month,
        Rules.of(workspace.settings.rules).key,
        tuple(sorted(workspace.settings.overrides.items())),
    )
    return _everyone.get(state, lambda: _compute(workspace, as_of, as_month)).copy(
        deep=False
    )


def _compute(workspace: Workspace, as_of: date, month: str) -> pd.DataFrame:
    day = as_of.isoformat()
    settings = workspace.settings
    rules = Rules.of(settings.rules)
    frame = workspace.derive("mart_user", as_of=day)
    figures = workspace.derive("mart_user_month", as_of=day, month=month)
    frame = frame.merge(figures, on="user_id", how="left")
    frame = frame.merge(_ranges(workspace, day, month), on="user_id", how="left")
    for side in ("range_low", "range_high"):
        frame[side] = frame[side] * frame["expected_days"]
    frame["change"] = changes(frame)
    weeks = workspace.derive("mart_user_week", as_of=day).merge(
        workspace.derive("mart_user_silence", as_of=day),
        on=["user_id", "week"],
        how="left",
    )
    weeks["away_days"] = weeks["away_days"].fillna(0)
    quiet = workspace.derive("mart_user_quiet", as_of=day)
    frame = frame.merge(quiet, on="user_id", how="left")
    frame = frame.join(features(weeks, frame["user_id"], frame["team"]))
    frame = frame.join(
        profiles.settle(
            frame,
            settings.overrides,
            rules,
            with_actions=bool((frame["actions_per_day"] > 0).any()),
        )
    )
    programs = frame["state"].eq("integration")
    frame.loc[programs, ["profile", "profile_source"]] = None
    frame.loc[programs, "profile_confidence"] = float("nan")
    frame.loc[programs, "profile_reason"] = "program"
    known = actions_known(workspace, as_of)
    frame = frame.join(verdicts.rhythms(frame["profile"], rules))
    return frame.join(verdicts.judge(frame, rules, actions_known=known))


def changes(rows: pd.DataFrame) -> pd.Series[Any]:
    """Tell whether each person's active days really went up or down this month.

    ``rows`` hold columns of ``mart_user_month`` and the person's usual range. A change
    is one of `indicators.STABLE` of the month before at least, and out of the usual
    range by a day; without three months to tell that range, it is twice what chance
    alone makes of two such months. Values: up, down, steady, and unknown where either
    month has too few expected days.
    """
    change = rows["active_days_change"].astype("float64")
    active = rows["active_days"].astype("float64")
    expected = rows["expected_days"].astype("float64")
    before = rows["compared_active_days"].astype("float64")
    above = active >= rows["range_high"] + OUT_OF_RANGE
    below = active <= rows["range_low"] - OUT_OF_RANGE
    pace = before / rows["compared_expected_days"].astype("float64")
    share = ((active + before) / (expected + rows["compared_expected_days"])).clip(0, 1)
    chance = np.sqrt(np.maximum(2 * expected * share * (1 - share), 1.0))
    moved: pd.Series[Any] = (active - pace * expected) / chance
    told = rows["range_low"].notna()
    up = (change > STABLE) & (above.where(told, moved >= CHANCE_ERRORS))
    down = (change < -STABLE) & (below.where(told, moved <= -CHANCE_ERRORS))
    found = np.select(
        [change.isna(), up, down], ["unknown", "up", "down"], default="steady"
    )
    return pd.Series(found, index=rows.index, dtype=object)


def actions_known(workspace: Workspace, as_of: date) -> bool:
    """Tell whether activities were exported for the six weeks that end at ``as_of``.

    Where they end earlier, or start later, a login without action proves nothing.
    """
    rows = workspace.derive("mart_period")
    first, last = rows["first_activity_day"].iloc[0], rows["last_activity_day"].iloc[0]
    if pd.isna(first) or pd.isna(last):
        return False
    end = pd.Timestamp(as_of)
    return bool(
        first <= end - pd.Timedelta(days=28) and last >= end - pd.Timedelta(days=14)
    )


def _ranges(workspace: Workspace, day: str, month: str) -> pd.DataFrame:
    """Return each user's usual range of active days per expected day."""
    rows = workspace.derive("mart_user_months", as_of=day)
    earlier = rows[
        (rows["month"] < month) & (rows["expected_days"] >= RANGE_FEWEST_EXPECTED)
    ]
    latest = sorted(earlier["month"].unique())[-RANGE_MONTHS:]
    earlier = earlier[earlier["month"].isin(latest)]
    rates = earlier.assign(rate=earlier["active_days"] / earlier["expected_days"])
    groups = rates.groupby("user_id")["rate"]
    found = groups.agg(range_low="min", range_high="max", months="count").reset_index()
    known = found["months"] >= RANGE_FEWEST_MONTHS
    return found.loc[known, ["user_id", "range_low", "range_high"]]
