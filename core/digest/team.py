"""What a manager's text rests on: the verdict of their team, and who needs support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from core import indicators, judgement, scene
from core.campaigns import follow_up
from core.digest.person import waiting
from core.digest.week import DAYS, Week
from core.errors import GroupTooSmall
from core.indicators import Usage
from core.judgement import Judged
from core.scene import Scene
from core.sentences import Sentence
from core.steps import Step
from core.visit import Visit
from core.workspace import Workspace


@dataclass(frozen=True)
class Support:
    """Somebody who needs support: their days of the last 28, of those expected."""

    name: str
    days: int
    expected: int


@dataclass(frozen=True)
class Pulse:
    """Seven days of a group: people with a trace among them all, and their actions.

    A count is None where it would tell of too few people, or is not known.
    """

    people: int
    active: int | None
    actions: int | None


@dataclass(frozen=True)
class Team:
    """One team's figures on the day ``week.as_of``; ``before`` is its verdict then.

    ``usage_before`` is None where people are not shown. ``support`` are those who need
    support, None where people are not named; their number is ``at_risk``, 0 for too few
    to be told of. ``manager`` is who manages most of the team, "" where that is not
    known or not shown. ``calls`` are the persons of ``campaign`` still to be called.
    """

    week: Week
    team: str
    manager: str
    state: str
    headline: Sentence
    usage: Usage
    before: str | None
    usage_before: Usage | None
    at_risk: int
    support: tuple[Support, ...] | None
    pulse: Pulse
    pulse_before: Pulse | None
    calls: int | None
    campaign: str
    step: Step | None


def listed(visit: Visit, week: Week) -> tuple[str, ...]:
    """Return the teams that may be told of, by name."""
    one = scene.on(visit, week.as_of)
    if one is None:
        return ()
    groups = one.groups("team")
    shown = groups[groups["team"].notna() & ~groups["is_suppressed"]]
    return tuple(sorted(str(team) for team in shown["team"]))


def managers(visit: Visit, week: Week) -> dict[str, tuple[str, str]]:
    """Return the manager of each team, by name and e-mail, where names are shown."""
    one = scene.on(visit, week.as_of)
    if one is None or one.workspace.privacy != "names":
        return {}
    rows = indicators.members(one.everyone)
    known = rows.drop_duplicates("user_id").set_index("user_id")
    named: dict[str, tuple[str, str]] = {}
    for team, part in rows.groupby("team"):
        chosen = part["manager_id"].dropna().value_counts()
        for identifier in chosen.index[:1]:
            if identifier in known.index:
                row = known.loc[identifier]
                email = row["email"] if isinstance(row["email"], str) else ""
                named[str(team)] = (str(row["name"]), email)
    return named


def read(visit: Visit, week: Week, team: str) -> Team:
    """Return the figures of a team; raises GroupTooSmall for too few people.

    Raises KeyError for a team that nobody is in.
    """
    one = scene.on(visit, week.as_of, team)
    if one is None or not len(one.rows):
        raise KeyError(team)
    workspace = one.workspace
    it = judgement.judged(one)
    then = scene.on(visit, week.before, team) if week.before else None
    earlier = judged_then(then)
    steps = [step for step in judgement.first_steps(one, it) if step.code != "call"]
    calls, campaign = _calls(workspace, team)
    return Team(
        week=week,
        team=team,
        manager=managers(visit, week).get(team, ("", ""))[0],
        state=judgement.state(it, is_part=True),
        headline=it.verdict.headline,
        usage=one.usage,
        before=judgement.state(earlier, is_part=True) if earlier else None,
        # Two weeks of one team side by side would tell who moved.
        usage_before=then.usage if then and earlier and one.shows_people else None,
        at_risk=at_risk(one),
        support=_support(one) if workspace.privacy == "names" else None,
        pulse=pulse(one),
        pulse_before=pulse(then) if then and earlier else None,
        calls=calls,
        campaign=campaign,
        step=steps[0] if steps else None,
    )


def judged_then(then: Scene | None) -> Judged | None:
    """Return the verdict of an earlier day; None where so few may not be told of."""
    try:
        return judgement.judged(then) if then else None
    except GroupTooSmall:
        return None


def at_risk(one: Scene) -> int:
    """Return how many people need support, 0 where so few are not to be told of."""
    rows = indicators.members(one.rows)
    return one.told(int((rows["verdict"] == "at_risk").sum()))


def pulse(one: Scene) -> Pulse:
    """Return the seven days of a scene's people that end on its day."""
    rows = indicators.members(one.rows)
    weeks = one.workspace.derive("mart_user_week", as_of=one.period.as_of.isoformat())
    last = weeks[(weeks["week"] == 0) & weeks["user_id"].isin(rows["user_id"])]
    whole = rows["user_id"].nunique()
    active: int | None = int((last["active_days"] > 0).sum())
    k = one.workspace.settings.k
    few = any(0 < count < k for count in (active or 0, whole - (active or 0)))
    if few and not one.shows_people:
        active = None
    is_known = one.has_actions and _reaches(one)
    return Pulse(whole, active, int(last["action_count"].sum()) if is_known else None)


def _reaches(one: Scene) -> bool:
    """Whether the actions exported reach the seven days of the scene."""
    row = one.workspace.derive("mart_period").iloc[0]
    days = [row[name] for name in ("last_activity_day", "last_record_day")]
    known = [day for day in days if not pd.isna(day)]
    return bool(known and (pd.Timestamp(one.period.as_of) - max(known)).days < DAYS)


def _support(one: Scene) -> tuple[Support, ...]:
    rows = indicators.members(one.shown)
    rows = rows[rows["verdict"] == "at_risk"]
    rows = rows.assign(part=rows["recent_active_days"] / rows["recent_expected"])
    rows = rows.sort_values(["part", "name"], na_position="first", kind="stable")

    def count(value: Any) -> int:
        return 0 if pd.isna(value) else round(float(value))

    return tuple(
        Support(
            str(row["name"]),
            count(row["recent_active_days"]),
            count(row["recent_expected"]),
        )
        for row in rows.to_dict("records")
    )


def _calls(workspace: Workspace, team: str) -> tuple[int | None, str]:
    """Return how many persons held by the team are still to be called, and where."""
    best = judgement.best_campaign(workspace)
    if best is None:
        return None, ""
    if workspace.privacy == "teams":
        rows = follow_up.groups(workspace, best.campaign_id)
        mine = rows[(rows["group"] == team) & ~rows["is_suppressed"]]
        known = len(mine) and not pd.isna(mine["waiting"].iloc[0])
        return (int(mine["waiting"].iloc[0]) if known else None), best.name
    callers, campaign = waiting(workspace)
    held = callers[callers["owner_team"] == team] if len(callers) else callers
    return len(held), campaign
