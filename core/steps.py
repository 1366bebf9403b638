"""What to do first: three things at most, the surest gain first.

Facts in, sentences out; where each leads is the name of a page and its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.headline import ERODING, Verdict
from core.readings import Company
from core.sentences import Money, Sentence

MOST = 3
_LIST = {"view": "table"}


@dataclass(frozen=True)
class Step:
    """One thing to do, why, and the page that helps: its name and its ``query``."""

    code: str
    what: Sentence
    why: Sentence
    page: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Leads:
    """What the steps rest on beside the verdict; 0 is nobody.

    ``to_call`` people are on the call list of ``campaign``, its identifier and its
    name; ``waiting`` of them nobody has called yet, None where no export tells it.
    ``symptom`` is the code of the gravest symptom that is present, ``asleep`` the
    licences paid for and not used, at ``cost`` a month, ``mailing`` the percentage of
    active people who log their mails where that is too few, None where it is not known
    or enough.
    """

    to_call: int = 0
    waiting: int | None = None
    campaign: tuple[str, str] = ("", "")
    never_activated: int = 0
    dormant: int = 0
    has_base: bool = True
    symptom: str = ""
    asleep: int = 0
    cost: Money | None = None
    mailing: int | None = None


def _step(
    code: str,
    page: str,
    count: float | None = None,
    query: Mapping[str, str] | None = None,
    **values: object,
) -> Step:
    what = Sentence(f"step_first.{code}.what", count, values)
    why = Sentence(f"step_first.{code}.why", None, values)
    return Step(code, what, why, page, query or {})


def _calls(facts: Company, leads: Leads) -> list[Step]:
    """Return the call list; it is the company's, whoever is looked at."""
    waiting = leads.to_call if leads.waiting is None else leads.waiting
    if not waiting:
        return []
    identifier, name = leads.campaign
    code = "call" if waiting == leads.to_call else "call_rest"
    code += "_of_all" if facts.is_part else ""
    values = {"campaign": name, "listed": leads.to_call}
    query = {"campaign": identifier}
    if waiting != leads.to_call:
        query["keep"] = "waiting"
    return [_step(code, "campaigns", waiting, query, **values)]


def _here(facts: Company, verdict: Verdict) -> list[Step]:
    """Return the people to support in the team that was chosen."""
    usage = facts.usage
    if not facts.team or usage is None or verdict.days.state not in ("watch", "sick"):
        return []
    query = {"team": facts.team, **_LIST}
    values = {"team": facts.team, "n": usage.people}
    return [_step("here", "adoption", usage.below, query, **values)]


def _lagging(facts: Company) -> list[Step]:
    """Return the teams that lag: together where they are why use wears away."""
    teams = facts.lagging
    if facts.erosion and len(facts.erosion.teams) > 1:
        below = sum(team.below for team in teams)
        names = tuple(team.name for team in teams)
        return [_step("lagging", "adoption", below, n=len(teams), names=names)]
    return [
        _step("team", "adoption", team.below, {"team": team.name}, team=team.name)
        for team in teams[:1]
    ]


def first(facts: Company, verdict: Verdict, leads: Leads) -> tuple[Step, ...]:
    """Return the first things to do, three at most.

    People who clicked wait for a call today; then the team that was chosen, the gravest
    symptom, a fall or a lag of known teams, the pyramid, licences that sleep, people
    who never started or stopped, and last the exports that are missing. Where use wears
    away in a few teams only, they are what to do about it.
    """
    steps = [*_calls(facts, leads), *_here(facts, verdict)]
    worn = facts.erosion.teams if facts.erosion else ()
    if leads.symptom and not (leads.symptom == ERODING and worn):
        query = {"symptom": leads.symptom}
        steps.append(_step(f"symptom_{leads.symptom}", "symptoms", None, query))
    steps += _lagging(facts)
    fall = facts.falling
    is_down = verdict.change.state in ("watch", "sick")
    if fall is not None and is_down and fall not in facts.lagging:
        query = {"team": fall.name}
        steps.append(_step("fall", "adoption", fall.down, query, team=fall.name))
    if verdict.pyramid.state in ("watch", "sick"):
        steps.append(_step("calls", "pyramid"))
    if verdict.actions.state in ("watch", "sick") and facts.usage is not None:
        steps.append(_step("idle", "adoption", facts.usage.idle, _LIST))
    if leads.asleep and leads.cost is not None:
        amount = leads.cost
        steps.append(_step("licences", "lifecycle", leads.asleep, amount=amount))
    if leads.never_activated and leads.symptom != "procrastination":
        steps.append(_step("start", "adoption", leads.never_activated, _LIST))
    if leads.dormant:
        steps.append(_step("return", "adoption", leads.dormant, _LIST))
    if leads.mailing is not None:
        steps.append(_step("mailing", "practices", percent=leads.mailing))
    for code, is_there in (
        ("add_logins", facts.has_logins),
        ("add_activities", facts.has_actions),
        ("add_base", leads.has_base),
    ):
        if not is_there:
            steps.append(_step(code, "data"))
    if not steps:
        steps.append(_step("keep", "adoption"))
    return tuple(steps[:MOST])
