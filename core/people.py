"""One row a person: state, profile, the month's figures and the verdict."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any, cast

import pandas as pd

from core import profiles, verdicts
from core.answers import Answers
from core.i18n import formats
from core.workspace import Workspace

# The person's own usual range needs this many complete months, and looks at this many.
RANGE_FEWEST_MONTHS = 3
RANGE_MONTHS = 6
RANGE_FEWEST_EXPECTED = 5.0

_everyone: Answers[pd.DataFrame] = Answers(32)


def month_of(day: date) -> str:
    """Return the month of a day, YYYY-MM."""
    return day.isoformat()[:7]


def people(workspace: Workspace, as_of: date, month: str | None = None) -> pd.DataFrame:
    """Return one row a person as the viewer may see them, sorted by name.

    ``month`` (YYYY-MM) is the month of the figures, that of ``as_of`` unless given; it
    is cut at ``as_of`` while it runs. Columns: those of ``mart_user``,
    ``mart_user_month``, ``mart_user_rhythm`` and ``mart_user_feature``, and

        profile, profile_source, profile_confidence, profile_reason
        range_low, range_high   the active days usual for this person in such a month
        best_days_per_week      days active per five expected in the best month
        verdict, verdict_rule

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
    of the month before (``previous_``, and ``compared_`` cut like this month), and how
    many people have each verdict (healthy, watch, at_risk, not_enough_data).
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
    return workspace.by_group(
        frame.assign(**counts),
        "team",
        {name: (name, "sum") for name in sums},
        period=f"{as_of}:{as_month}",
    )


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
    )
    return _everyone.get(state, lambda: _compute(workspace, as_of, as_month)).copy(
        deep=False
    )


def _compute(workspace: Workspace, as_of: date, month: str) -> pd.DataFrame:
    day = as_of.isoformat()
    frame = workspace.derive("mart_user", as_of=day)
    for mart, params in (
        ("mart_user_month", {"as_of": day, "month": month}),
        ("mart_user_rhythm", {"as_of": day}),
        ("mart_user_feature", {"as_of": day}),
    ):
        frame = frame.merge(workspace.derive(mart, **params), on="user_id", how="left")
    frame = frame.merge(_ranges(workspace, day, month), on="user_id", how="left")
    frame["best_days_per_week"] = frame["range_high"] * 5
    for side in ("range_low", "range_high"):
        frame[side] = frame[side] * frame["expected_days"]
    return _judged(frame, actions_known(workspace, as_of))


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


def _judged(frame: pd.DataFrame, with_actions: bool) -> pd.DataFrame:
    rows = cast(list[dict[str, Any]], frame.to_dict("records"))
    found = []
    for row in rows:
        declared, override = row["declared_profile"], row["override_profile"]
        profile = profiles.settle(
            row,
            declared if isinstance(declared, str) else None,
            override if isinstance(override, str) else None,
        )
        verdict = verdicts.judge(
            row["state"], profile.code, row, actions_known=with_actions
        )
        found.append(
            (
                profile.code,
                profile.source,
                profile.confidence,
                profile.reason,
                verdict.code,
                verdict.rule,
            )
        )
    names = ["profile", "profile_source", "profile_confidence", "profile_reason"]
    names += ["verdict", "verdict_rule"]
    added = pd.DataFrame(found, columns=names, index=frame.index, dtype=object)
    return frame.join(added.astype({"profile_confidence": "float64"}))
