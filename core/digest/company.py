"""What the direction's text rests on: verdict, symptoms, lists, licences, data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

import pandas as pd

from core import judgement, licences, scene
from core.campaigns import follow_up
from core.digest.team import Pulse, judged_then, pulse
from core.digest.week import DAYS, Week
from core.errors import GroupTooSmall
from core.judgement import Judged
from core.scene import Scene
from core.steps import Step
from core.visit import Visit
from core.workspace import Workspace

# What people leave traces with: each has its own export, and its own last day.
_SOURCES = {
    "login": "last_login_day",
    "activity": "last_activity_day",
}
# What would open more figures, the most telling first.
_WANTED = ("login", "activity", "user", "account", "campaign_member", "opportunity")


@dataclass(frozen=True)
class Freshness:
    """How fresh the data are: the last import, what stops early, what to export next.

    ``imported_on`` is the day of the last import. ``stale`` are objects whose last day
    is more than a week before today, with that day, the oldest first. ``next_export``
    is the object to export next: missing, or the stalest; None while all is fresh.
    """

    imported_on: date
    stale: tuple[tuple[str, date], ...] = ()
    next_export: str | None = None


@dataclass(frozen=True)
class Calls:
    """The latest call list: persons still to call, None if unknown, and all listed."""

    campaign: str
    waiting: int | None
    listed: int


@dataclass(frozen=True)
class Asleep:
    """Licences not used, their price a month, and how many a week before."""

    count: int
    cost: float | None
    before: int | None


@dataclass(frozen=True)
class Company:
    """The company's figures on the day ``week.as_of``, and as of a week before.

    ``appeared`` and ``gone`` are the codes of the symptoms that the week changed, both
    empty where the week before is not known; ``present`` those there now.
    """

    week: Week
    it: Judged
    scene: Scene
    before: Judged | None
    present: tuple[str, ...]
    appeared: tuple[str, ...]
    gone: tuple[str, ...]
    pulse: Pulse
    pulse_before: Pulse | None
    calls: Calls | None
    asleep: Asleep | None
    freshness: Freshness
    step: Step | None


def read(visit: Visit, week: Week) -> Company:
    """Return the company's figures; raises GroupTooSmall for too few people."""
    workspace = cast(Workspace, visit.workspace)
    one = scene.on(visit, week.as_of)
    assert one is not None  # there is a week, hence traces of people
    it = judgement.judged(one)
    then = scene.on(visit, week.before) if week.before else None
    before = judged_then(then)
    now_there = tuple(it.facts.symptoms)
    were_there = tuple(before.facts.symptoms) if before else now_there
    steps = [step for step in judgement.first_steps(one, it) if step.code != "call"]
    return Company(
        week=week,
        it=it,
        scene=one,
        before=before,
        present=now_there,
        appeared=tuple(code for code in now_there if code not in were_there),
        gone=tuple(code for code in were_there if code not in now_there),
        pulse=pulse(one),
        pulse_before=pulse(then) if then and before else None,
        calls=_calls(workspace, it),
        asleep=_asleep(one, then),
        freshness=freshness(workspace, week),
        step=steps[0] if steps else None,
    )


def _calls(workspace: Workspace, it: Judged) -> Calls | None:
    if it.campaign is None:
        return None
    found = follow_up.summary(workspace, it.campaign.campaign_id)
    listed = it.campaign.to_call or 0 if found.waiting is None else found.listed
    return Calls(it.campaign.name, found.waiting, listed)


def _asleep(one: Scene, then: Scene | None) -> Asleep | None:
    """Return the licences not used; None without a user export or for too few."""
    if not one.workspace.has("user"):
        return None
    count, cost = judgement.asleep_licences(one)
    earlier = None
    if then is not None:
        try:
            found = licences.ladders(one.workspace, then.period.as_of, period=then.gate)
            earlier = found.total.asleep
        except GroupTooSmall:
            earlier = None
    return Asleep(count, cost, earlier) if count else None


def freshness(workspace: Workspace, week: Week) -> Freshness:
    """Return how fresh the exports of a workspace are."""
    at = max(record.at for record in workspace.manifest.imports)
    row = workspace.derive("mart_period").iloc[0]
    today = pd.Timestamp(week.as_of) + pd.Timedelta(days=week.age)
    late = {
        name: row[column].date()
        for name, column in _SOURCES.items()
        if workspace.has(name)
        and not pd.isna(row[column])
        and (today - row[column]).days > DAYS
    }
    stale = tuple(sorted(late.items(), key=lambda entry: entry[1]))
    missing = next((name for name in _WANTED if not workspace.has(name)), None)
    wanted = stale[0][0] if stale else missing
    return Freshness(at.date(), stale, wanted)
