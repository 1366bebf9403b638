"""The verdict of a company in one sentence, and what each indicator says.

Facts in, a state and sentences out; nothing here reads data or draws. Rules of the
chip: not enough data under 20 working days or 5 people; sick when adoption and the
pyramid both are, or when three symptoms are present; watch when one indicator is not
healthy or a symptom is present; healthy otherwise. A team or a profile is as bad as its
worst indicator. The sentence comes from what is worst; of equals, the pyramid speaks
before a symptom, a symptom before the fall, the fall before the range, the range
before the actions. Where use wears away in a few teams only, they are what is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core import severity
from core.indicators import share_state
from core.periods import ENOUGH_DAYS
from core.readings import Base, Company, Reading
from core.sentences import Sentence

__all__ = ["Base", "Company", "Reading", "Verdict", "company"]

ENOUGH_PEOPLE = 5
# Shares of login days without action and of people who fall: beliefs, as the method
# page says.
IDLE_WATCH, IDLE_SICK = 0.05, 0.4
FALL_WATCH, FALL_SICK, FALL_FEW = 0.1, 0.25, 3
CALLS_HEALTHY, CALLS_WATCH, CALLS_EXPECTED = 1.5, 0.9, 2.0
# So many symptoms together make a project sick, whatever its indicators.
MANY_SYMPTOMS = 3
# What was dropped is one feature: the tool itself may be well.
MILD_SYMPTOMS = ("abandoned_novelty",)
# Where the launch never came, the rest follows: it speaks first.
UNSTARTED = "procrastination"
# What is said of it depends on how much is lost, and where.
ERODING = "blunted_tool"
# Holiday months in France: alone they tell no trend.
SEASON = ("08", "12")
_NAMELESS = ("headline.range.below", "headline.range.half")
_ORDER = ("healthy", "not_enough_data", "watch", "sick")


@dataclass(frozen=True)
class Verdict:
    """The overall state, its sentence, the evidence, and each indicator's reading.

    The headline names the team that was chosen; ``said`` is the same without it.
    """

    state: str
    headline: Sentence
    evidence: tuple[Sentence, ...]
    days: Reading
    actions: Reading
    change: Reading
    pyramid: Reading

    @property
    def said(self) -> Sentence:
        """What the headline says, of whomever."""
        inner = self.headline.values.get("said")
        return inner if isinstance(inner, Sentence) else self.headline

    @property
    def adoption(self) -> str:
        """The worst state of the three indicators of use, of those that are known."""
        states = [reading.state for reading in (self.days, self.actions, self.change)]
        known = [state for state in states if state != "not_enough_data"]
        return max(known, key=_ORDER.index, default="not_enough_data")


def _missing(what: str) -> Reading:
    return Reading("not_enough_data", Sentence(f"headline.missing.{what}"))


def _few(company: Company) -> Sentence | None:
    """Return why there is too little for any verdict, or None."""
    if company.usage is None or not (company.has_logins or company.has_actions):
        return Sentence("headline.missing.use")
    if company.usage.people < ENOUGH_PEOPLE:
        return Sentence("headline.missing.people")
    if company.days_known < ENOUGH_DAYS:
        return Sentence("headline.missing.days", ENOUGH_DAYS - company.days_known)
    return None


def days(company: Company) -> Reading:
    """Judge how many people keep the rhythm of their profile."""
    few, usage = _few(company), company.usage
    if few or usage is None:
        return Reading("not_enough_data", few or Sentence("headline.missing.use"))
    state = share_state(usage.in_range / usage.people)
    values = {"n": usage.people, "ok": usage.in_range}
    if state == "sick" and company.month[-2:] in SEASON:
        return Reading("watch", Sentence("headline.range.half", None, values))
    worst = company.lagging
    names = {"teams": tuple(team.name for team in worst)}
    if state == "healthy":
        if usage.below == 0:
            return Reading("healthy", Sentence("headline.range.everyone"))
        return Reading("healthy", Sentence("headline.range.few", usage.below, values))
    if state == "watch":
        if not worst:
            below = Sentence("headline.range.below", usage.below, values)
            return Reading("watch", below)
        part = {"part": sum(team.below for team in worst)}
        key = "headline.range.team" if len(worst) == 1 else "headline.range.teams"
        return Reading("watch", Sentence(key, usage.below, {**values, **names, **part}))
    if not worst:
        return Reading("sick", Sentence("headline.range.half", None, values))
    half = Sentence("headline.range.half_team", None, {**values, **names})
    return Reading("sick", half)


def actions(company: Company) -> Reading:
    """Judge whether people work in the CRM on the days they open it."""
    few, usage = _few(company), company.usage
    if not company.has_actions:
        return _missing("actions")
    if few or usage is None:
        return Reading("not_enough_data", few or Sentence("headline.missing.use"))
    if not company.has_logins or usage.idle_share is None:
        return _missing("logins")
    if usage.idle_share >= IDLE_SICK:
        percent = {"percent": round(usage.idle_share * 100)}
        return Reading("sick", Sentence("headline.actions.sick", None, percent))
    if usage.idle > 1 and usage.idle >= IDLE_WATCH * usage.people:
        return Reading("watch", Sentence("headline.actions.watch", usage.idle))
    if usage.idle == 0:
        return Reading("healthy", Sentence("headline.actions.healthy"))
    return Reading("healthy", Sentence("headline.actions.few", usage.idle))


def change(company: Company) -> Reading:
    """Judge whether use rises or falls against the month before."""
    few, usage, fall = _few(company), company.usage, company.falling
    if usage is None:
        return _missing("months")
    if few:
        return Reading("not_enough_data", few)
    if usage.compared < ENOUGH_PEOPLE:
        return _missing("months")
    if company.month[-2:] in SEASON:
        return _missing("season")
    values = {"up": usage.up, "down": usage.down, "n": usage.compared}
    if company.down_twice >= FALL_SICK * usage.compared:
        twice = Sentence("headline.change.twice", company.down_twice, values)
        return Reading("sick", twice)
    fell = usage.down - usage.up >= FALL_WATCH * usage.compared
    if fall is not None and fall.down >= FALL_FEW and usage.down > usage.up:
        team = {**values, "team": fall.name, "part": fall.down}
        return Reading("watch", Sentence("headline.change.team", usage.down, team))
    if fell:
        return Reading("watch", Sentence("headline.change.down", usage.down, values))
    risen = usage.up - usage.down >= FALL_WATCH * usage.compared
    key = "headline.change.up" if risen else "headline.change.stable"
    return Reading("healthy", Sentence(key, None, values))


def missing_tenths(base: Base) -> int:
    """Return how many of ten expected calls are not in the CRM, 1 to 9."""
    expected = CALLS_EXPECTED * base.contacts
    held = (base.calls or 0.0) / expected if expected else 1.0
    return min(9, max(1, round(10 * (1 - held))))


def pyramid(base: Base | None) -> Reading:
    """Judge a pyramid by its shape and by the calls a year of one contact."""
    if base is not None and not base.accounts:
        return _missing("portfolio")
    if base is None or base.shape is None or base.calls is None:
        return _missing("pyramid")
    if base.shape == "inverted":
        return Reading("sick", Sentence("headline.pyramid.inverted"))
    per_contact = round(base.calls / base.contacts, 1)
    if base.calls / base.contacts < CALLS_WATCH:
        tenths = {"tenths": missing_tenths(base)}
        return Reading("sick", Sentence(f"headline.pyramid.{base.shape}", None, tenths))
    if base.calls / base.contacts < CALLS_HEALTHY:
        return Reading("watch", Sentence("headline.pyramid.thin", per_contact))
    return Reading("healthy", Sentence("headline.pyramid.healthy", per_contact))


def symptom(company: Company) -> Reading | None:
    """Return what the gravest symptom that is present says, None without any."""
    if not company.symptoms:
        return None
    if len(company.symptoms) >= MANY_SYMPTOMS:
        key = f"headline.symptom.many{'_here' if company.is_part else ''}"
        return Reading("sick", Sentence(key, len(company.symptoms)))
    grave = [code for code in company.symptoms if code not in MILD_SYMPTOMS]
    first = UNSTARTED if UNSTARTED in grave else (grave or company.symptoms)[0]
    if first == ERODING:
        keeps = days(company).state != "sick"
        lost, team = company.erosion, company.team
        return Reading("sick", severity.sentence(lost, team=team, keeps_pace=keeps))
    return Reading("sick" if grave else "watch", Sentence(f"headline.symptom.{first}"))


def _is_address_book(readings: Mapping[str, Reading]) -> bool:
    """Whether adoption and the pyramid are sick together."""
    adoption = {readings["days"].state, readings["actions"].state}
    return "sick" in adoption and readings["pyramid"].state == "sick"


def _headline(company: Company, readings: Mapping[str, Reading]) -> Sentence:
    usage = company.usage
    worst = max(readings, key=lambda name: _ORDER.index(readings[name].state))
    many = len(company.symptoms) >= MANY_SYMPTOMS and not _is_address_book(readings)
    if many or UNSTARTED in company.symptoms:
        worst = "symptom"
    state = readings[worst].state
    if state not in ("watch", "sick") and usage is not None:
        values = {"ok": usage.in_range, "n": usage.people}
        key = f"headline.range.healthy{'_here' if company.is_part else ''}"
        return Sentence(key, None, values)
    base = company.base if worst == "pyramid" else None
    if base and state == "sick" and readings["pyramid"].sentence.values:
        if _is_address_book(readings):
            tenths = {"tenths": missing_tenths(base)}
            return Sentence("headline.company.address_book", None, tenths)
        here = "_here" if company.is_part else ""
        return Sentence(f"headline.company.no_calls{here}")
    said = readings[worst].sentence
    if said.key == "headline.range.teams":
        return replace(said, key="headline.range.below")
    return said


def _evidence(company: Company, headline: Sentence) -> tuple[Sentence, ...]:
    """Return up to three short facts that the headline does not already tell."""
    facts: list[Sentence] = []
    usage, base, fall = company.usage, company.base, company.falling
    if usage is not None and headline.key in severity.IN_TEAMS:
        held = sum(team.below for team in company.lagging)
        facts.append(Sentence("headline.fact.held", held, {"below": usage.below}))
    elif usage is not None and not headline.key.startswith("headline.range."):
        values = {"month": company.month, "ok": usage.in_range, "n": usage.people}
        facts.append(Sentence("headline.fact.range", None, values))
    elif usage is not None and usage.active_days is not None and not company.lagging:
        values = {"month": company.month, "of": company.working_days}
        facts.append(Sentence("headline.fact.days", round(usage.active_days), values))
    if base is not None and base.calls is not None and base.contacts:
        expected = round(CALLS_EXPECTED * base.contacts)
        counts = {"expected": _rounded(expected)}
        key = "calls" if base.calls < 0.75 * expected else "calls_kept"
        facts.append(Sentence(f"headline.fact.{key}", round(base.calls), counts))
    if company.lagging and headline.key in _NAMELESS:
        names = tuple(team.name for team in company.lagging)
        facts.append(Sentence("headline.fact.teams", None, {"teams": names}))
    moved = None if fall is None else fall.days_moved
    is_down = usage is not None and usage.down > usage.up
    if fall is not None and is_down and moved is not None and moved <= -0.5:
        lost = {"team": fall.name}
        facts.append(Sentence("headline.fact.fall", round(-moved, 1), lost))
    if usage is not None and company.month[-2:] in SEASON:
        facts.append(Sentence("headline.fact.season", None, {"month": company.month}))
    if not company.has_actions and usage is not None:
        facts.append(Sentence("headline.fact.no_actions"))
    elif not company.has_logins and usage is not None:
        facts.append(Sentence("headline.fact.no_logins"))
    return tuple(facts[:3])


def _rounded(expected: int) -> int:
    """Return an expectation without false precision: two figures, or tens."""
    step = int(10 ** max(0, len(str(expected)) - 2))
    return round(expected / step) * step


def _state(readings: Mapping[str, Reading], company: Company) -> str:
    """Return the state of the whole, or of a part: see the rule at the top."""
    if len(company.symptoms) >= MANY_SYMPTOMS or _is_address_book(readings):
        return "sick"
    measured = [readings[name].state for name in readings if name != "symptom"]
    if company.is_part and "sick" in measured:
        return "sick"
    states = {reading.state for reading in readings.values()}
    return "watch" if states & {"watch", "sick"} else "healthy"


def company(facts: Company) -> Verdict:
    """Return the verdict of a company, or of the part of it that filters leave."""
    found = {
        "pyramid": pyramid(facts.base),
        "change": change(facts),
        "days": days(facts),
        "actions": actions(facts),
    }
    present = symptom(facts)
    told = {"pyramid": found["pyramid"], **({"symptom": present} if present else {})}
    told |= found
    state, head = _state(told, facts), _headline(facts, told)
    few = _few(facts)
    if few is not None:
        state, head = "not_enough_data", few
        if facts.usage is None and facts.to_call:
            head = Sentence("headline.company.campaign", facts.to_call)
    evidence = _evidence(facts, head) if few is None else ()
    if facts.usage is None:
        evidence = (Sentence("headline.fact.no_use"),)
    if facts.team and "team" not in head.values:
        named = {"team": facts.team, "said": head}
        head = Sentence("headline.of_team", None, named)
    return Verdict(state=state, headline=head, evidence=evidence, **found)
