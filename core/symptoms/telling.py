"""Symptoms in words: their order, their sentences, what they lack, where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from core import guide, rules
from core.headline import MILD_SYMPTOMS
from core.i18n import formats
from core.symptoms import CODES, Fact, Symptom, kind_name
from core.visit import Visit
from core.workspace import Workspace

RANK = {"sick": 0, "watch": 1, "not_enough_data": 2, "healthy": 3}
# What rules a symptom out, the most telling first: over its threshold, or under.
_CLEARED = {
    "active": True,
    "other_teams": True,
    "best_team": False,
    "activated": True,
    "attendance_fall": False,
    "habit_fall": False,
    "late_arrivals": False,
    "still_there": False,
}
_MONTHS = "symptom.months"


def ordered(symptoms: Iterable[Symptom]) -> list[Symptom]:
    """Return the symptoms by what they ask for: present first, absent last.

    Of those in the same state, a dropped feature comes after what touches the whole.
    """

    def rank(one: Symptom) -> tuple[int, bool, float, int]:
        is_mild = one.code in MILD_SYMPTOMS
        return RANK[one.state], is_mild, -one.severity, CODES.index(one.code)

    return sorted(symptoms, key=rank)


def decisive(one: Symptom) -> Fact | None:
    """Return the fact that decides: for, or where there is none, against."""
    if one.state == "not_enough_data":
        return None
    if one.lead is not None:
        return one.lead
    against = {fact.figure: fact for fact in one.counter_evidence}
    clearing = (against[name] for name in _CLEARED if name in against)
    found = next((fact for fact in clearing if _clears(fact)), None)
    return found or next(iter(against.values()), None)


def _clears(fact: Fact) -> bool:
    """Tell whether a fact is on the side of its threshold that rules a symptom out."""
    if fact.value is None or fact.threshold is None:
        return False
    is_over = fact.value >= fact.threshold
    return is_over if _CLEARED[fact.figure] else not is_over


def figure(visit: Visit, value: float | None, unit: str) -> str:
    """Return a value with its unit, a dash where it is not known."""
    if value is None:
        return formats.ABSENT
    if unit == "none":
        digits = 0 if float(value).is_integer() else 1
        return formats.number(value, visit.language, digits=digits)
    # A difference of shares is no finer than the shares beside it.
    shown = round(value, 2) if unit == "points" else value
    return rules.shown(shown, unit, visit.language)


def limit(visit: Visit, fact: Fact) -> str:
    """Return the threshold of a fact with its unit, a dash without one."""
    return figure(visit, fact.threshold, fact.unit)


def _shown(visit: Visit, name: str, value: object) -> object:
    if name in ("kind", "by"):
        return kind_name(str(value), visit.language)
    if name in ("month", "start_month", "end_month"):
        return formats.month(value, visit.language)
    if name in ("start_share", "end_share"):
        return formats.percent(value, visit.language)
    if name in ("day", "week"):
        return formats.day(value, visit.language)
    if isinstance(value, float):
        digits = 0 if value.is_integer() else 1
        return formats.number(value, visit.language, digits=digits)
    return formats.number(value, visit.language) if isinstance(value, int) else value


def _filled(visit: Visit, fact: Fact) -> dict[str, object]:
    value = figure(visit, fact.value, fact.unit)
    others = {name: _shown(visit, name, one) for name, one in fact.values.items()}
    return {**others, "value": value, "threshold": limit(visit, fact)}


def sentence(visit: Visit, fact: Fact) -> str:
    """Return a fact as the sentence that a sceptic may check."""
    return visit.text(f"symptom.fact.{fact.figure}", **_filled(visit, fact))


def lead(visit: Visit, fact: Fact) -> str:
    """Return a fact as one line, where its threshold is drawn beside it."""
    return visit.text(f"symptom.lead.{fact.figure}", **_filled(visit, fact))


def told(visit: Visit, one: Symptom) -> str:
    """Return what decides about a symptom as running text, nothing where unknown.

    One team's share says nothing without that of the others: they are told together.
    """
    fact = decisive(one)
    if fact is None:
        return ""
    facts = [fact]
    if fact.figure == "best_team":
        facts += [other for other in one.evidence if other.figure == "other_teams"]
    return " ".join(closed(lead(visit, one)) for one in facts)


def plain(said: str) -> str:
    """Return a sentence without the stars of its decisive words."""
    return said.replace("**", "")


def closed(said: str) -> str:
    """Return a sentence with its full stop."""
    return said if said[-1:] in ".!?" else said + "."


def short(visit: Visit, one: Symptom) -> str:
    """Return what decides about a symptom in a few words."""
    fact = decisive(one)
    if fact is None or one.state == "healthy":
        return visit.text(f"page.symptoms.short.{one.state}")
    return visit.text(f"symptom.short.{fact.figure}", **_filled(visit, fact))


def first_day(workspace: Workspace) -> date | None:
    """Return the first day that the data tell of somebody."""
    known = workspace.query("mart_period")
    if not len(known) or pd.isna(known["first_day"].iloc[0]):
        return None
    return pd.Timestamp(known["first_day"].iloc[0]).date()


def answer_day(workspace: Workspace, as_of: date) -> tuple[date, date] | None:
    """Return the first day of the data, and the one from which symptoms are looked for.

    None where the data begin nowhere, or reach back far enough at ``as_of``.
    """
    first = first_day(workspace)
    if first is None:
        return None
    months = int(rules.Rules.of(workspace.settings.rules)[_MONTHS])
    ready = (pd.Timestamp(first) + pd.DateOffset(months=months)).date()
    return (first, ready) if as_of < ready else None


def lacking(visit: Visit, names: Sequence[str]) -> str:
    """Return the exports that are missing, as a list in words."""
    words = [_object(visit, name) for name in names]
    return formats.listing(words, visit.language)


def _object(visit: Visit, name: str) -> str:
    """Return an object, or a field of one (``user.last_login_at``), in words."""
    holder, _, field = name.partition(".")
    shown = visit.text(f"object.{holder}")
    shown = shown[:1].lower() + shown[1:]
    if not field:
        return shown
    return f"{shown} ({visit.text(f'field.{holder}.{field}')})"


def menus(visit: Visit, workspace: Workspace, name: str) -> list[tuple[str, str]]:
    """Return (tool, what to export from which menu) for the object ``name``.

    Only the tools whose files are there, every one we know where none is.
    """
    return guide.rows([name], visit.language, guide.used(workspace.manifest))


def title(visit: Visit, symptoms: Sequence[Symptom], as_of: date) -> str:
    """Return what the symptoms say together, in one sentence."""
    by_state: Mapping[str, list[Symptom]] = {
        state: [one for one in ordered(symptoms) if one.state == state]
        for state in RANK
    }
    for state in ("sick", "watch"):
        found = by_state[state]
        if found:
            first = visit.text(f"page.symptoms.clause.{found[0].code}")
            return _counted(visit, state, len(found), first)
    known = by_state["healthy"]
    if len(known) == len(symptoms):
        return visit.text("page.symptoms.title.healthy")
    if known:
        key = "page.symptoms.title.some"
        return visit.text(key, count=len(known))
    return _open(visit, symptoms, as_of)


def _counted(visit: Visit, state: str, count: int, first: str) -> str:
    if state == "sick":
        return visit.text(f"page.symptoms.title.sick_{count}", first=first)
    if count == 1:
        return visit.text("page.symptoms.title.watch_one", first=first)
    return visit.text("page.symptoms.title.watch_many", count=count, first=first)


def _open(visit: Visit, symptoms: Sequence[Symptom], as_of: date) -> str:
    """Return what would answer, where no symptom can be told."""
    assert visit.workspace is not None
    ready = answer_day(visit.workspace, as_of)
    if ready is not None:
        day = formats.day(ready[1], visit.language)
        return visit.text("page.symptoms.title.history", day=day)
    names = list(dict.fromkeys(name for one in symptoms for name in one.missing))
    if names:
        return visit.text("page.symptoms.title.files", files=lacking(visit, names))
    return visit.text("page.symptoms.title.unknown")


def todo(visit: Visit, one: Symptom, as_of: date) -> str:
    """Return the one thing to do about a symptom."""
    if one.state == "healthy":
        return visit.text("page.symptoms.todo_nothing")
    if one.state != "not_enough_data":
        return visit.text(f"page.symptoms.do.{one.code}.1")
    assert visit.workspace is not None
    ready = answer_day(visit.workspace, as_of)
    if ready is not None or not one.missing:
        if ready is None:
            return visit.text("page.symptoms.confidence.not_enough_data") + "."
        day = formats.day(ready[1], visit.language)
        return visit.text("page.symptoms.todo_wait", day=day)
    return visit.text("page.symptoms.todo_import", files=lacking(visit, one.missing))
