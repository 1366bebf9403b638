"""One symptom as a card, and all of them as the few lines that Home shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

from core.i18n import formats
from core.practices.reading import Practice
from core.rules import Rules
from core.symptoms import Fact, Symptom
from core.symptoms import telling as words
from core.ui import components, tiles
from core.ui.components import Stat, rich
from core.ui.icons import icon
from core.visit import Visit

# A bar of something else than a share reaches beyond the larger of value and threshold.
_ROOM = 1.35
# What is left of a feature is drawn on the scale of what it was.
_OF_PEAK = ("novelty_left", "also_dropped")
# Figures that make a symptom when they are low; the others do when they are high.
_UNDER = (
    *("active", "activated", "best_activated", "other_teams"),
    *("calls_per_contact", "novelty_left", "also_dropped", "gateway"),
)


def summary(
    visit: Visit, symptoms: Iterable[Symptom], practice: Practice | None = None
) -> str:
    """Return a line a symptom, worst first: sign, name, what decides in a few words.

    ``practice`` is the mailbox gateway, where it is looked at. On a phone, those that
    are absent unfold.
    """
    found = words.ordered(symptoms)
    stats = [
        (
            one.state,
            visit.text(f"symptom.{one.code}.name"),
            words.short(visit, one),
        )
        for one in found
    ]
    if practice is not None:
        name = visit.text("page.symptoms.gateway.name")
        share = formats.percent(practice.value, visit.language)
        said = visit.text("page.symptoms.gateway.short", share=share)
        if practice.state in ("healthy", "not_enough_data"):
            said = visit.text(f"page.symptoms.short.{practice.state}")
        stats.append((practice.state, name, said))
        stats.sort(key=lambda stat: words.RANK[stat[0]])
    lines = [Stat(name, said, state=state) for state, name, said in stats]
    absent = [line for line in lines if line.state == "healthy"]
    if not visit.is_phone or len(absent) < 2:
        return components.stat_list(lines)
    label = visit.text("page.symptoms.absent", count=len(absent))
    return components.stat_list(line for line in lines if line not in absent) + (
        f'<details class="more"><summary>{escape(label)}</summary>'
        f"{components.stat_list(absent)}</details>"
    )


def bar(visit: Visit, fact: Fact | None, state: str) -> str:
    """Return the bar of a fact beside its threshold, a dashed one without figures."""
    if fact is None or fact.value is None or fact.threshold is None:
        return '<div class="bullet none"><div class="track"></div></div>'
    value, threshold = abs(fact.value), abs(fact.threshold)
    top = 1.0
    if fact.figure in _OF_PEAK and "peak" in fact.values:
        top = float(fact.values["peak"]) / 100
    elif fact.unit != "percent" or max(value, threshold) > 1:
        top = max(value, threshold, 1e-9) * _ROOM
    shown = words.figure(visit, fact.value, fact.unit)
    if fact.seen:
        shown = visit.text("page.symptoms.trend", value=shown)
    side = "under" if fact.figure in _UNDER else "over"
    key = "goal" if fact.figure == "gateway" else f"present_{side}"
    limit = visit.text(f"page.symptoms.{key}", value=words.limit(visit, fact))
    return tiles.bullet(
        value / top, threshold / top, state, value=shown, threshold_words=limit
    )


def line(visit: Visit, one: Symptom) -> str:
    """Return an absent symptom as one line: its sign, its state, what rules it out."""
    word = visit.text(f"page.symptoms.chip.{one.state}")
    return (
        f'<p class="absent"><span class="t-{one.state}">{icon(one.state)} '
        f"{escape(word)}</span> {rich(words.told(visit, one))}</p>"
    )


def card(visit: Visit, one: Symptom, as_of: date) -> str:
    """Return the body of a symptom's card: state, meaning, evidence, what to do."""
    fact = words.decisive(one)
    unknown = visit.text("page.symptoms.confidence.not_enough_data") + "."
    sure = ""
    if one.state != "not_enough_data":
        sure = visit.text(f"page.symptoms.confidence.{one.confidence}")
    return _body(
        visit,
        one.state,
        visit.text(f"symptom.{one.code}.name"),
        visit.text(f"symptom.{one.code}.meaning"),
        words.told(visit, one) or unknown,
        bar(visit, fact, one.state),
        words.todo(visit, one, as_of),
        sure,
    )


def gateway_card(visit: Visit, practice: Practice) -> str:
    """Return the same for the mailbox gateway, a feature that is easily forgotten."""
    share = formats.percent(practice.value, visit.language)
    fact: Fact | None = Fact("gateway", practice.value, practice.threshold)
    if "hidden" in practice.values:
        assert visit.workspace is not None
        fact = None
        told = visit.text("practice.hidden", k=visit.workspace.settings.k)
        todo = visit.text("page.symptoms.todo_nothing")
    elif practice.state == "not_enough_data":
        fact, told = None, visit.text("practice.gateway.unknown")
        todo = visit.text("page.symptoms.gateway.export")
    elif practice.state == "healthy":
        told = visit.text("practice.gateway.good", share=share)
        todo = visit.text("page.symptoms.todo_nothing")
    else:
        assert visit.workspace is not None
        limit = Rules.of(visit.workspace.settings.rules)["practice.gateway.healthy"]
        told = visit.text(
            "practice.gateway.poor",
            share=share,
            goal=formats.percent(limit, visit.language),
        )
        todo = visit.text("page.symptoms.gateway.todo")
    return _body(
        visit,
        practice.state,
        visit.text("page.symptoms.gateway.name"),
        visit.text("page.symptoms.gateway.meaning"),
        told,
        bar(visit, fact, practice.state),
        todo,
    )


def _body(
    visit: Visit,
    state: str,
    name: str,
    meaning: str,
    told: str,
    drawn: str,
    todo: str,
    sure: str = "",
) -> str:
    pill = components.chip(state, visit.text(f"page.symptoms.chip.{state}"))
    beside = components.note(sure) if sure else ""
    return (
        f'<div class="symptom"><div class="head">{pill}{beside}</div>'
        f"<h2>{escape(name)}</h2>{components.paragraph(meaning)}"
        f'<p class="fact">{rich(told)}</p>{drawn}'
        f'<div class="todo"><p class="eyebrow">'
        f"{escape(visit.text('page.symptoms.todo'))}</p><p>{rich(todo)}</p></div></div>"
    )
