"""What to do first: three things at most, the surest gain first.

Facts in, sentences out; where each leads is the name of a page and its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.headline import Verdict
from core.readings import Company
from core.sentences import Sentence

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

    ``campaign`` is the identifier and the name of the campaign with the call list,
    ``symptom`` the code of the gravest symptom that is present, ``asleep`` the licences
    paid for and not used, ``mailing`` the percentage of active people who log their
    mails where that is too few, None where it is not known or enough.
    """

    to_call: int = 0
    campaign: tuple[str, str] = ("", "")
    never_activated: int = 0
    dormant: int = 0
    has_base: bool = True
    symptom: str = ""
    asleep: int = 0
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


def first(facts: Company, verdict: Verdict, leads: Leads) -> tuple[Step, ...]:
    """Return the first things to do, three at most.

    People who clicked wait for a call today; then the gravest symptom, a fall or a lag
    of known teams, the pyramid, people who never started or stopped, licences that
    sleep, and last the exports that are missing.
    """
    steps: list[Step] = []
    if leads.to_call:
        identifier, name = leads.campaign
        query = {"campaign": identifier}
        steps.append(_step("call", "campaigns", leads.to_call, query, campaign=name))
    if leads.symptom:
        query = {"symptom": leads.symptom}
        steps.append(_step(f"symptom_{leads.symptom}", "symptoms", None, query))
    for team in facts.lagging[:1]:
        query = {"team": team.name}
        steps.append(_step("team", "adoption", team.below, query, team=team.name))
    fall = facts.falling
    is_down = verdict.change.state in ("watch", "sick")
    if fall is not None and is_down and fall not in facts.lagging:
        query = {"team": fall.name}
        steps.append(_step("fall", "adoption", fall.down, query, team=fall.name))
    if verdict.pyramid.state in ("watch", "sick"):
        steps.append(_step("calls", "pyramid"))
    if verdict.actions.state in ("watch", "sick") and facts.usage is not None:
        steps.append(_step("idle", "adoption", facts.usage.idle, _LIST))
    if leads.never_activated and leads.symptom != "procrastination":
        steps.append(_step("start", "adoption", leads.never_activated, _LIST))
    if leads.dormant:
        steps.append(_step("return", "adoption", leads.dormant, _LIST))
    if leads.asleep:
        steps.append(_step("licences", "lifecycle", leads.asleep))
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
