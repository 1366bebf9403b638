"""One symptom as a card, and all of them as the few lines that Home shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

from core.symptoms import Fact, Symptom
from core.ui import components, tiles
from core.ui.components import Stat, rich
from core.ui.views import symptoms_words as words
from core.ui.visit import Visit

# A bar of something else than a share reaches beyond the larger of value and threshold.
_ROOM = 1.35


def summary(visit: Visit, symptoms: Iterable[Symptom]) -> str:
    """Return a line a symptom, worst first: sign, name, what decides in a few words."""
    stats = [
        Stat(
            visit.text(f"symptom.{one.code}.name"),
            words.short(visit, one),
            state=one.state,
        )
        for one in words.ordered(symptoms)
    ]
    return components.stat_list(stats)


def bar(visit: Visit, fact: Fact | None, state: str) -> str:
    """Return the bar of a fact beside its threshold, a dashed one without figures."""
    if fact is None or fact.value is None or fact.threshold is None:
        return '<div class="bullet none"><div class="track"></div></div>'
    value, threshold = abs(fact.value), abs(fact.threshold)
    top = 1.0
    if fact.unit != "percent" or max(value, threshold) > 1:
        top = max(value, threshold, 1e-9) * _ROOM
    shown = words.figure(visit, fact.value, fact.unit)
    limit = visit.text("page.symptoms.threshold", value=words.limit(visit, fact))
    return tiles.bullet(
        value / top, threshold / top, state, value=shown, threshold_words=limit
    )


def card(visit: Visit, one: Symptom, as_of: date) -> str:
    """Return the body of a symptom's card: state, meaning, evidence, what to do."""
    pill = components.chip(one.state, visit.text(f"page.symptoms.chip.{one.state}"))
    sure = ""
    if one.state != "not_enough_data":
        said = visit.text(f"page.symptoms.confidence.{one.confidence}")
        sure = components.note(said)
    told = visit.text("page.symptoms.confidence.not_enough_data") + "."
    lead = words.decisive(one)
    if lead is not None:
        told = words.lead(visit, lead)
    name = escape(visit.text(f"symptom.{one.code}.name"))
    meaning = components.paragraph(visit.text(f"symptom.{one.code}.meaning"))
    return (
        f'<div class="symptom"><div class="head">{pill}{sure}</div><h2>{name}</h2>'
        f'{meaning}<p class="fact">{rich(told)}</p>{bar(visit, lead, one.state)}'
        f'<div class="todo"><p class="eyebrow">'
        f"{escape(visit.text('page.symptoms.todo'))}</p>"
        f"<p>{rich(words.todo(visit, one, as_of))}</p></div></div>"
    )
