"""What one person's text rests on: their own week, and what is theirs to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pandas as pd

from core import judgement, people, scene
from core.campaigns import call_list
from core.conversations import silence
from core.digest.week import DAYS, Week
from core.errors import NamesHidden
from core.rules import Rules
from core.visit import Visit
from core.workspace import Workspace

# So many are named; the others are counted.
NAMED = 5


@dataclass(frozen=True)
class Days:
    """A person's seven days: with a trace, expected of them, and their actions.

    ``actions`` is None where the exports tell of none for that week.
    """

    active: int
    expected: float
    actions: int | None


@dataclass(frozen=True)
class ToDo:
    """What waits for the person: how many, and the first of them.

    ``callers`` clicked in ``campaign`` and were not called since; each of ``named`` is
    a name and a company. ``deals`` are open opportunities without an exchange for too
    long; each of ``accounts`` is an account and the days of silence.
    """

    callers: int = 0
    campaign: str = ""
    named: tuple[tuple[str, str], ...] = ()
    deals: int = 0
    accounts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Person:
    """One person's figures on the day ``week.as_of``.

    ``days`` are those of the week, ``earlier`` those of the week before.
    ``month_days`` of the ``month_expected`` are those of Adoption. ``rhythm`` are the
    days a week expected of the profile, None while it is not known.
    """

    week: Week
    name: str
    days: Days
    earlier: Days | None
    month: str
    month_days: int
    month_expected: float
    profile: str | None
    rhythm: tuple[float, float] | None
    todo: ToDo


def listed(visit: Visit, week: Week) -> pd.DataFrame:
    """Return the people who may get a text: user_id, name and email, by name.

    Raises NamesHidden where single people are not named: nobody could be written to.
    """
    workspace = cast(Workspace, visit.workspace)
    if workspace.privacy != "names":
        raise NamesHidden()
    rows = people.people(workspace, week.as_of)
    open_ones = rows[~rows["state"].isin(["integration", "left"])]
    return open_ones[["user_id", "name", "email", "team"]].reset_index(drop=True)


def read(visit: Visit, week: Week, user_id: str) -> Person:
    """Return the figures of one person, and of nobody else.

    Raises NamesHidden where people are not named, KeyError for nobody's identifier.
    """
    workspace = cast(Workspace, visit.workspace)
    if workspace.privacy != "names":
        raise NamesHidden()
    one = scene.on(visit, week.as_of)
    if one is None:
        raise KeyError(user_id)
    found = one.everyone[one.everyone["user_id"] == user_id]
    if not len(found):
        raise KeyError(user_id)
    row = {str(name): value for name, value in found.iloc[0].items()}
    profile = row["profile"] if isinstance(row["profile"], str) else None
    rhythm = Rules.of(workspace.settings.rules).rhythm(profile) if profile else None
    return Person(
        week=week,
        name=str(row["name"]),
        days=_days(workspace, week.as_of, user_id),
        earlier=_days(workspace, week.before, user_id) if week.before else None,
        month=one.period.month,
        month_days=int(_known(row["active_days"])),
        month_expected=_known(row["expected_days"]),
        profile=profile,
        rhythm=(float(rhythm.healthy), float(rhythm.high)) if rhythm else None,
        todo=_todo(visit, week, user_id),
    )


def _known(value: Any) -> float:
    return 0.0 if value is None or pd.isna(value) else float(value)


def _days(workspace: Workspace, until: date, user_id: str) -> Days:
    """Return the seven days of a person that end on ``until``."""
    rows = workspace.derive("mart_user_week", as_of=until.isoformat())
    mine = rows[(rows["user_id"] == user_id) & (rows["week"] == 0)]
    actions = (
        int(mine["action_count"].sum()) if tells_actions(workspace, until) else None
    )
    return Days(
        int(mine["active_days"].sum()), float(mine["expected_days"].sum()), actions
    )


def tells_actions(workspace: Workspace, until: date) -> bool:
    """Tell whether the activities exported reach the seven days up to ``until``."""
    row = workspace.derive("mart_period").iloc[0]
    first, last = row["first_activity_day"], row["last_activity_day"]
    if pd.isna(first) or pd.isna(last):
        return False
    return bool(
        (pd.Timestamp(until) - last).days < DAYS and first <= pd.Timestamp(until)
    )


def _todo(visit: Visit, week: Week, user_id: str) -> ToDo:
    workspace = cast(Workspace, visit.workspace)
    callers, campaign = waiting(workspace)
    mine = callers[callers["owner_id"] == user_id] if len(callers) else callers
    deals = waiting_deals(workspace, week.as_of)
    held = deals[deals["owner_id"] == user_id] if len(deals) else deals
    named = [
        (str(row["name"]), "" if pd.isna(row["company"]) else str(row["company"]))
        for row in mine.head(NAMED).to_dict("records")
    ]
    accounts = [
        (str(row["account_name"]), int(row["gap"]))
        for row in held.drop_duplicates("account_id").head(NAMED).to_dict("records")
    ]
    return ToDo(
        len(mine),
        campaign if len(mine) else "",
        tuple(named),
        len(held),
        tuple(accounts),
    )


def waiting(workspace: Workspace) -> tuple[pd.DataFrame, str]:
    """Return who is still to be called of the latest call list, and its campaign.

    Without activities since the campaign nobody is known to have been called: all of
    the list are. Who refuses calls is not to be called.
    """
    best = judgement.best_campaign(workspace)
    if best is None or not workspace.rights.can_see_contacts:
        return pd.DataFrame(), ""
    rows = call_list.read(workspace, best.campaign_id)
    rows = rows[~rows["do_not_call"].astype(bool)]
    if rows["state"].notna().any():
        rows = rows[rows["state"] == "waiting"]
    return rows, best.name


def waiting_deals(workspace: Workspace, as_of: date) -> pd.DataFrame:
    """Return the open opportunities without an exchange for too long."""
    if not workspace.has("account", "opportunity", "activity"):
        return pd.DataFrame()
    deals = silence.opportunities(workspace, as_of)
    return deals[deals["is_waiting"]]
