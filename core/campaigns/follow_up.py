"""What came of a campaign's call list: who was called, reached, met, and converted.

The list is as it was taken (``sql/marts/mart_follow_up.sql`` says how): who converted
after a call stays on it. A figure is null where the exports do not tell it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from core.errors import GroupTooSmall
from core.rules import Rules
from core.workspace import Workspace

Lack = Literal["activity", "day", "too_early", "few"]
_COUNTS = {
    "listed": ("person_id", "size"),
    "called": ("is_called", "sum"),
    "reached": ("was_reached", "sum"),
    "met": ("is_met", "sum"),
    "converted": ("is_converted", "sum"),
    "after": ("is_after", "sum"),
    "refusing": ("is_refusing", "sum"),
    "waiting": ("is_waiting", "sum"),
    "oldest_day": ("waiting_day", "min"),
}


@dataclass(frozen=True)
class FollowUp:
    """Counts of the persons who were to be called.

    ``reached`` is None where no export tells how a call went. ``after`` of the
    ``converted`` did so after a call or a meeting. ``waiting`` are neither called, met
    nor converted, and do not refuse calls (``refusing``); ``oldest_day`` is the first
    day of a click among them. ``until`` is the last day of which the activities tell.
    ``lack`` is what is missing to say anything: the activities, a day of the click,
    activities after it, or enough owners where only teams are shown; every count but
    ``listed`` is then None.
    """

    listed: int
    called: int | None = None
    reached: int | None = None
    met: int | None = None
    converted: int | None = None
    after: int | None = None
    refusing: int | None = None
    waiting: int | None = None
    oldest_day: date | None = None
    until: date | None = None
    lack: Lack | None = None


def _asked(workspace: Workspace, campaign_id: str) -> dict[str, object]:
    rules = Rules.of(workspace.settings.rules)
    return {
        "campaign_id": campaign_id,
        "days": int(rules["campaign.follow_up.days"]),
        "seconds": rules["campaign.follow_up.seconds"],
    }


def people(workspace: Workspace, campaign_id: str) -> pd.DataFrame:
    """Return the persons who were to be called, as this viewer sees them.

    Raises NotAllowed for who may not see customers' persons.
    """
    return workspace.query("mart_follow_up", **_asked(workspace, campaign_id))


def _marked(workspace: Workspace, campaign_id: str) -> pd.DataFrame:
    frame = workspace.derive("mart_follow_up", **_asked(workspace, campaign_id))
    waiting = frame["state"] == "waiting"
    return frame.assign(
        is_called=frame["call_count"] > 0,
        was_reached=frame["is_reached"].fillna(False).astype(bool),
        is_met=frame["meeting_day"].notna(),
        is_refusing=frame["state"] == "refuses",
        is_waiting=waiting,
        waiting_day=pd.to_datetime(frame["from_day"]).where(waiting),
    )


def _period(campaign_id: str) -> str:
    return f"campaign {campaign_id}"


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def summary(workspace: Workspace, campaign_id: str) -> FollowUp:
    """Return the counts of a campaign; they name nobody."""
    frame = _marked(workspace, campaign_id)
    listed = len(frame)
    first = _day(pd.to_datetime(frame["from_day"]).min())
    until = _day(workspace.derive("mart_period")["last_activity_day"].iloc[0])
    lack: Lack | None = None
    if not workspace.has("activity"):
        lack = "activity"
    elif first is None:
        lack = "day"
    elif until is None or until < first:
        lack = "too_early"
    try:
        workspace.select(frame, person="owner_id", period=_period(campaign_id))
    except GroupTooSmall:
        lack = "few"
    if lack:
        return FollowUp(listed, until=until, lack=lack)
    sums: dict[str, Any] = {
        name: int(frame[column].sum())
        for name, (column, how) in _COUNTS.items()
        if how == "sum"
    }
    if not frame["is_reached"].notna().any():
        sums.pop("reached")
    oldest = _day(frame["waiting_day"].min())
    return FollowUp(listed, **sums, oldest_day=oldest, until=until)


def groups(workspace: Workspace, campaign_id: str) -> pd.DataFrame:
    """Return the counts of each owner, or of each team where only teams are shown.

    Column ``group`` is the owner's name or pseudonym, or the team, null for none;
    groups with the oldest person still to call come first. Too small teams are
    ``is_suppressed``.
    """
    frame = _marked(workspace, campaign_id)
    teams = workspace.privacy == "teams"
    if not teams:
        frame = workspace.protect(frame, ["owner_id", "owner_name"])
    names = frame.drop_duplicates("owner_id").set_index("owner_id")["owner_name"]
    by = "owner_team" if teams else "owner_id"
    rows = workspace.by_group(
        frame, by, _COUNTS, person="owner_id", period=_period(campaign_id)
    )
    rows["group"] = rows[by] if teams else rows[by].map(names)
    if not frame["is_reached"].notna().any():
        rows["reached"] = None
    return rows.sort_values(
        ["oldest_day", "waiting", "group"],
        ascending=[True, False, True],
        na_position="last",
        kind="stable",
        ignore_index=True,
    )


def shown_teams(workspace: Workspace, mart: str, campaign_id: str) -> set[str]:
    """Return the teams with enough owners in a list to be named in its rows."""
    frame = workspace.derive(mart, campaign_id=campaign_id)
    rows = workspace.by_group(
        frame,
        "owner_team",
        {"persons": ("person_id", "size")},
        person="owner_id",
        period=f"{mart} {campaign_id}",
    )
    return set(rows.loc[~rows["is_suppressed"], "owner_team"].dropna())
