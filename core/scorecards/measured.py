"""The use measured of a feature: on the day of the retro-test, and week by week.

Adoption = people it is meant for who used it in enough of their last worked weeks ÷
people it is meant for. Those are people who can be judged that day: not left, absent or
new, no programs, and with as many worked weeks since the launch as are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

import pandas as pd

from core import people
from core.answers import Answers
from core.errors import GroupTooSmall
from core.practices.reading import ENOUGH_PEOPLE, is_few
from core.rules import Rules
from core.score_usage import Binding, Found, Outcome, outcome_day
from core.scorecards import evidence
from core.scorecards.evidence import Sign
from core.scorecards.model import KeptMark
from core.workspace import Workspace

_NOT_JUDGED = ("integration", "left", "absent", "new")
_ENTERED = ("call", "email", "meeting", "task", "logged_email")
# The last data may miss these days of the last worked week, a weekend and a holiday.
_LATE_DAYS = 10

_measured: Answers[Measured] = Answers(64)


@dataclass(frozen=True)
class Measured:
    """What was measured of a feature.

    ``weeks`` has a row a week since the launch: week (Monday) and share, null where it
    may not be told. ``signs`` are what the same data say of some criteria.
    """

    outcome: Outcome
    weeks: pd.DataFrame
    signs: tuple[Sign, ...] = ()


def kinds(workspace: Workspace) -> pd.DataFrame:
    """Return what a feature may be bound to: ``mart_feature_kind``, most used first.

    Objects and activities come before fields.
    """
    if workspace.period is None:
        return pd.DataFrame({"kind": [], "people": [], "use_count": []})
    rows = workspace.query("mart_feature_kind", as_of=workspace.period[1].isoformat())
    is_field = rows["kind"].str.startswith("field:")
    return (
        rows.assign(is_field=is_field)
        .sort_values(["is_field", "people", "kind"], ascending=[True, False, True])
        .reset_index(drop=True)
    )


def mark_at(
    kept: Sequence[KeptMark], launch: date, zone: tzinfo | None
) -> KeptMark | None:
    """Return the version in force on the day of the launch, None for none."""
    end = datetime.combine(launch + timedelta(days=1), datetime.min.time(), tzinfo=zone)
    before = [one for one in kept if one.at < end.timestamp()]
    return max(before, key=lambda one: (one.at, one.number), default=None)


def measure(
    workspace: Workspace,
    binding: Binding,
    kept: Sequence[KeptMark] = (),
    zone: tzinfo | None = None,
) -> Measured:
    """Return the use of what a feature is bound to, as this viewer may see it."""
    key = (
        str(workspace.store.folder),
        workspace.manifest.state,
        workspace.privacy,
        workspace.settings.k,
        Rules.of(workspace.settings.rules).key,
        tuple(sorted(workspace.settings.overrides.items())),
        binding,
        mark_at(kept, binding.launch_day, zone),
    )
    return _measured.get(key, lambda: _measure(workspace, binding, key[-1]))


def _measure(
    workspace: Workspace, binding: Binding, version: KeptMark | None
) -> Measured:
    rules = Rules.of(workspace.settings.rules)
    day = outcome_day(binding.launch_day, rules)
    mark = version.mark if version else None
    number = version.number if version else None

    def told(found: Found, **figures: Any) -> Outcome:
        return Outcome(found, day, mark=mark, version=number, **figures)

    nothing = pd.DataFrame({"week": [], "share": []})
    if workspace.period is None:
        return Measured(told("no_data"), nothing)
    last = workspace.period[1]
    reached = min(day, last)
    if binding.kind not in set(kinds(workspace)["kind"]):
        return Measured(told("unknown"), nothing)
    if binding.launch_day >= last:
        return Measured(told("waiting"), nothing)
    if not _is_covered(workspace, binding.kind, reached, rules):
        return Measured(told("no_data"), nothing)
    rows = weeks(workspace, binding, reached)
    everybody = meant_for(workspace, binding, reached)
    try:
        chosen = workspace.select(everybody, period=f"feature:{reached}")
    except GroupTooSmall:
        return Measured(told("hidden"), nothing)
    rows = rows[rows["user_id"].isin(chosen["user_id"])]
    judged = habits(chosen, rows, rules)
    drawn = _curve(workspace, rows)
    signs = evidence.signs(workspace, binding.kind, judged, rows, reached, rules)
    if day > last:
        return Measured(told("waiting"), drawn, signs)
    eligible, users = len(judged), int(judged["is_user"].sum())
    if eligible < ENOUGH_PEOPLE:
        found: Found = "few_weeks" if len(chosen) >= ENOUGH_PEOPLE else "few"
        return Measured(told(found), drawn, signs)
    if is_few(workspace, eligible, users, eligible - users):
        return Measured(told("hidden"), drawn, signs)
    figures: dict[str, Any] = {"users": users, "eligible": eligible}
    figures |= {"share": users / eligible, "now_share": _now(workspace, binding, day)}
    return Measured(told("measured", **figures), drawn, signs)


def _now(workspace: Workspace, binding: Binding, day: date) -> float | None:
    """Return the adoption on the last day of the data, None before that says more."""
    rules = Rules.of(workspace.settings.rules)
    assert workspace.period is not None
    last = workspace.period[1]
    is_later = last >= day + timedelta(weeks=int(rules["score.retro.weeks"]))
    if not is_later or not _is_covered(workspace, binding.kind, last, rules):
        return None
    try:
        chosen = workspace.select(
            meant_for(workspace, binding, last), period=f"feature:{last}"
        )
    except GroupTooSmall:
        return None
    judged = habits(chosen, weeks(workspace, binding, last), rules)
    eligible, users = len(judged), int(judged["is_user"].sum())
    if eligible < ENOUGH_PEOPLE or is_few(workspace, eligible, users, eligible - users):
        return None
    return users / eligible


def _is_covered(workspace: Workspace, kind: str, day: date, rules: Rules) -> bool:
    """Tell whether the exports hold the weeks that are looked at on ``day``."""
    row = workspace.derive("mart_period").iloc[0]
    entered = kind in _ENTERED or kind.startswith("activity:")
    family = "activity" if entered else "record"
    first, last = row[f"first_{family}_day"], row[f"last_{family}_day"]
    if pd.isna(first) or pd.isna(last):
        return False
    begins = day - timedelta(weeks=int(rules["score.retro.weeks"]))
    ends = day - timedelta(days=_LATE_DAYS)
    return bool(first <= pd.Timestamp(begins) and last >= pd.Timestamp(ends))


def weeks(workspace: Workspace, binding: Binding, day: date) -> pd.DataFrame:
    """Return ``mart_feature_week`` of a feature measured on ``day``, unprotected."""
    assert workspace.period is not None
    return workspace.derive(
        "mart_feature_week",
        kind=binding.kind,
        launch=binding.launch_day.isoformat(),
        outcome=day.isoformat(),
        as_of=workspace.period[1].isoformat(),
    )


def meant_for(workspace: Workspace, binding: Binding, day: date) -> pd.DataFrame:
    """Return the people who can be judged on ``day`` and whom the feature is for."""
    if binding.scope == "profile":
        rows = people.everyone(workspace, day)
        rows = rows[rows["profile"] == binding.group]
    else:
        rows = workspace.derive("mart_user", as_of=day.isoformat())
        if binding.scope == "team":
            rows = rows[rows["team"] == binding.group]
    rows = rows[~rows["state"].isin(_NOT_JUDGED)]
    return rows[["user_id", "team", "manager_id", "state"]]


def habits(chosen: pd.DataFrame, rows: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Return the people judged: team, weeks_used of the last worked, and is_user.

    Whoever worked fewer weeks since the launch than are looked at is left out, but not
    who never came: nothing says when they were expected.
    """
    wanted = int(rules["score.retro.weeks"])
    least = min(wanted, int(rules["score.retro.used"]))
    recent = rows[rows["worked_back"] <= wanted]
    counts = recent.groupby("user_id").agg(
        weeks_worked=("week", "size"),
        weeks_used=("is_used", "sum"),
        active_days=("active_days", "sum"),
    )
    frame = chosen.merge(counts, how="left", left_on="user_id", right_index=True)
    columns = ["weeks_worked", "weeks_used", "active_days"]
    frame[columns] = frame[columns].fillna(0).astype(int)
    never = frame["state"].eq("never_activated")
    frame = frame[(frame["weeks_worked"] >= wanted) | never]
    return frame.assign(is_user=frame["weeks_used"] >= least)


def _curve(workspace: Workspace, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the share of those expected who used the feature, by week."""
    there = rows[rows["expected_days"] >= 1]
    by_week = there.groupby("week")["is_used"].agg(["size", "sum"])
    share = (by_week["sum"] / by_week["size"]).astype(float)
    few = [
        size < ENOUGH_PEOPLE or is_few(workspace, size, used, size - used)
        for size, used in zip(by_week["size"], by_week["sum"], strict=True)
    ]
    share = share.mask(pd.Series(few, index=by_week.index, dtype=bool))
    return pd.DataFrame({"week": by_week.index, "share": share.to_numpy()})
