"""The verdict of a company as one reader may see it, and what to do first.

The same for Home, the portfolio, the story told in a meeting room and what people take
away, so that none of them can say something else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from core import headline, indicators, licences, pyramid, steps, symptoms
from core.campaigns.counts import Campaign, latest_call_list, read
from core.errors import GroupTooSmall
from core.headline import Base, Company, Verdict
from core.practices import gateway
from core.scene import Filters, Scene
from core.sentences import plain, written
from core.steps import Leads, Step
from core.symptoms import Symptom, telling
from core.visit import Visit
from core.workspace import Workspace

_OF_SYMPTOM = "headline.symptom."
_UNKNOWN = "not_enough_data"


@dataclass(frozen=True)
class Judged:
    """The verdict of a scene, and all that it rests on.

    ``found`` are the symptoms of those looked at, None for too few people; ``counted``
    those that count for the verdict, in the order they are told.
    """

    facts: Company
    verdict: Verdict
    found: tuple[Symptom, ...] | None
    counted: tuple[Symptom, ...]
    campaign: Campaign | None


def judged(one: Scene) -> Judged:
    """Return the verdict of the people that the filters leave."""
    held = base(one.workspace, one.period.as_of.isoformat(), one.filters)
    found = found_symptoms(one)
    # A profile is a part of the company: what is wrong with the whole is not its own.
    counted = () if one.filters.profile else telling.ordered(found or ())
    present = tuple(each.code for each in counted if each.present)
    facts = replace(one.company(), base=held, symptoms=present)
    best = best_campaign(one.workspace)
    return Judged(facts, headline.company(facts), found, tuple(counted), best)


def judged_alone(workspace: Workspace) -> Judged:
    """Return the verdict of exports without any trace of a person."""
    best = best_campaign(workspace)
    day = (workspace.period or (None, None))[1]
    facts = Company(
        month="" if day is None else day.isoformat()[:7],
        days_known=0,
        working_days=0,
        has_logins=workspace.has("login"),
        has_actions=workspace.has("activity"),
        base=None if day is None else base(workspace, day.isoformat(), None),
        to_call=best.to_call if best else None,
    )
    return Judged(facts, headline.company(facts), None, (), best)


def best_campaign(workspace: Workspace) -> Campaign | None:
    """Return the latest campaign with people to call, if there is one."""
    return latest_call_list(read(workspace.query("mart_campaign_funnel")))


def base(workspace: Workspace, day: str, filters: Filters | None) -> Base | None:
    """Return the pyramid of the company or of the team chosen; None if hidden."""
    if not workspace.has("account", "contact"):
        return None
    rows = workspace.query("mart_pyramid", as_of=day)
    team = filters.team if filters else None
    level = rows[rows["level"] == ("team" if team else "company")]
    if team:
        level = level[level["team"] == team]
    if not len(level) or pd.isna(level["accounts"].iloc[0]):
        return None
    row = level.iloc[0]
    calls = None if pd.isna(row["calls"]) else float(row["calls"])
    accounts, contacts = int(row["accounts"]), int(row["contacts"])
    shape = pyramid.shape(accounts, contacts, calls)
    return Base(accounts, contacts, calls, shape)


def found_symptoms(one: Scene) -> tuple[Symptom, ...] | None:
    """Return the symptoms of the company or of the team; None for too few people."""
    try:
        if one.filters.team:
            day = one.period.as_of
            return symptoms.of_team(one.workspace, day, one.filters.team)
        return symptoms.company(one.workspace, one.period.as_of)
    except GroupTooSmall:
        return None


def leads(one: Scene, facts: Company, campaign: Campaign | None) -> Leads:
    """Return what the steps rest on beside the verdict."""
    rows = indicators.members(one.rows)
    asleep, cost = asleep_licences(one)
    can_call = one.visit.can_open("campaigns")
    return Leads(
        to_call=(campaign.to_call or 0) if campaign and can_call else 0,
        campaign=(campaign.campaign_id, campaign.name) if campaign else ("", ""),
        never_activated=one.told(int(rows["state"].eq("never_activated").sum())),
        dormant=one.told(int(rows["state"].eq("dormant").sum())),
        has_base=facts.base is not None or one.filters.team is not None,
        symptom=next(iter(facts.symptoms), ""),
        asleep=asleep if cost else 0,
        mailing=_mailing(one),
    )


def leads_alone(
    workspace: Workspace, facts: Company, campaign: Campaign | None
) -> Leads:
    """Return what the steps rest on where no person left a trace."""
    return Leads(
        to_call=facts.to_call or 0,
        campaign=(campaign.campaign_id, campaign.name) if campaign else ("", ""),
        has_base=workspace.has("account", "contact"),
    )


def asleep_licences(one: Scene) -> tuple[int, float | None]:
    """Return the licences of the company not used, and what they cost a month.

    Licences are bought for all: a part of the company has none of its own. 0 where
    they may not be told, None without a price.
    """
    if one.is_filtered or not one.workspace.has("user"):
        return 0, None

    def compute() -> tuple[int, float | None]:
        try:
            day = one.period.as_of
            found = licences.ladders(one.workspace, day, period=one.gate)
        except GroupTooSmall:
            return 0, None
        return found.total.asleep or 0, found.cost

    return one.remember("asleep_licences", compute)


def _mailing(one: Scene) -> int | None:
    """Return the percentage of people who log their mails, None unless too few do."""
    if one.is_filtered or not one.visit.can_open("practices"):
        return None
    practice = one.remember(
        "gateway", lambda: gateway.card(one.workspace, one.period.as_of)
    )
    if practice.state != "sick" or practice.value is None:
        return None
    return round(100 * practice.value)


def first_steps(one: Scene, it: Judged) -> tuple[Step, ...]:
    """Return what to do first, three things at most, where people left traces."""
    return steps.first(it.facts, it.verdict, leads(one, it.facts, it.campaign))


def first_steps_alone(workspace: Workspace, it: Judged) -> tuple[Step, ...]:
    """Return what to do first where no person left a trace."""
    found = leads_alone(workspace, it.facts, it.campaign)
    return steps.first(it.facts, it.verdict, found)


def _named(verdict: Verdict, found: Iterable[Symptom]) -> Symptom | None:
    """Return the symptom that the headline names, or the gravest of many.

    None where the headline speaks of something else.
    """
    present = [one for one in found if one.present]
    if not present or not verdict.headline.key.startswith(_OF_SYMPTOM):
        return None
    code = verdict.headline.key.removeprefix(_OF_SYMPTOM)
    return next((one for one in present if one.code == code), present[0])


def evidence(visit: Visit, it: Judged) -> str:
    """Return what the headline rests on, in the reader's language."""
    told = [written(fact, visit.language) for fact in it.verdict.evidence]
    named = _named(it.verdict, it.counted)
    if named is not None:
        told = [telling.told(visit, named), *told[:1]]
    return " ".join(told)


def state(it: Judged, *, is_part: bool) -> str:
    """Return the state as it is said: "sick" is for a project, a part needs support."""
    return it.verdict.state.replace("sick", "at_risk") if is_part else it.verdict.state


def of_use(one: Scene) -> tuple[str, str]:
    """Return what is concluded of the use alone, and its state as it is said."""
    verdict = headline.company(replace(one.company(), base=None))
    said = verdict.headline
    if said.key == verdict.days.sentence.key.replace("teams", "below"):
        said = verdict.days.sentence
    found = verdict.state if verdict.state == _UNKNOWN else verdict.adoption
    if one.is_filtered:
        # "Sick" is for a project: a team or a profile needs support.
        found = found.replace("sick", "at_risk")
    return plain(written(said, one.visit.language)), found


def is_untold(one: Scene) -> bool:
    """Whether the whole company is too small a group to be told of."""
    try:
        _ = one.usage
    except GroupTooSmall:
        if one.is_filtered:
            raise
        return True
    return False
