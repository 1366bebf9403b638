"""Correct what a file was taken for: its object, dates, words and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import available_timezones

import pandas as pd
import streamlit as st

from core.i18n import formats
from core.sources import objects
from core.sources.model import Choices, DateOrder, Inspection, Question
from core.ui import components
from core.visit import Visit

_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")


def _key(inspection: Inspection, *parts: object) -> str:
    """Return a widget's key: other answers give other widgets."""
    named = "_".join(str(part) for part in parts)
    return f"{named}_{inspection.object}_{inspection.signature}_{inspection.file}"


def questions(visit: Visit, inspection: Inspection, known: Choices) -> Choices:
    """Draw what only a person can answer; return the choices with the answers.

    An answer given stays there to be changed.
    """
    wanted = _object(visit, inspection, known)
    asked = {question.code: question for question in inspection.questions}
    for code in ("date_order", "timezone", "campaign"):
        if code not in asked and getattr(known, code) is not None:
            asked[code] = Question(code, guess=getattr(known, code))
    for question in asked.values():
        if question.code in ("object", "value"):
            continue
        words = visit.text(f"question.{question.code}")
        if question.samples:
            shown = formats.listing(list(question.samples[:4]), visit.language)
            words = f"{words} ({shown})"
        wanted = _answered(visit, inspection, question, words, wanted)
    return wanted


def _object(visit: Visit, inspection: Inspection, known: Choices) -> Choices:
    """Draw which object the file holds; another choice guesses its columns anew."""
    names = list(objects.objects())
    chosen = st.selectbox(
        visit.text("question.object"),
        names,
        index=names.index(inspection.object) if inspection.object else None,
        format_func=lambda name: visit.text(f"object.{name}"),
        placeholder=visit.text("common.choose"),
        key=_key(inspection, "object"),
    )
    if chosen is None or chosen == inspection.object:
        return known
    return Choices(object=chosen, timezone=known.timezone, date_order=known.date_order)


def _answered(
    visit: Visit,
    inspection: Inspection,
    question: Question,
    asked: str,
    wanted: Choices,
) -> Choices:
    """Draw one question and return the choices with its answer."""
    key = _key(inspection, question.code, question.field)
    match question.code:
        case "date_order":
            chosen = st.segmented_control(
                asked,
                _ORDERS,
                default=wanted.date_order,
                format_func=lambda code: visit.text(f"choice.{code}"),
                key=key,
            )
            order = next((code for code in _ORDERS if code == chosen), None)
            if wanted.date_order is None and question.guess:
                guess = visit.text(f"choice.{question.guess}")
                note = visit.text("import.date_order_guess", order=guess)
                components.show(components.note(note))
            return replace(wanted, date_order=order or wanted.date_order)
        case "timezone":
            zones = sorted(available_timezones())
            now = wanted.timezone or question.guess or "UTC"
            zone = st.selectbox(asked, zones, index=zones.index(now), key=key)
            return wanted if zone == now else replace(wanted, timezone=zone)
        case "campaign":
            named = wanted.campaign or question.guess or ""
            name = st.text_input(asked, named, key=key, max_chars=200).strip()
            return wanted if name in ("", named) else replace(wanted, campaign=name)
        case _:
            return _column(visit, inspection, question, asked, wanted, key)


def _column(
    visit: Visit,
    inspection: Inspection,
    question: Question,
    asked: str,
    wanted: Choices,
    key: str,
) -> Choices:
    """Draw which of several columns with one name is read."""
    samples = {str(c.position): c for c in inspection.columns}

    def shown(position: str) -> str:
        column = samples[position]
        words = ", ".join(column.samples[:3])
        return visit.text("import.nth_column", n=column.position + 1, samples=words)

    options = list(question.options)
    current = next(
        (o for o in options if wanted.bindings.get(int(o)) == question.field),
        question.guess,
    )
    place = options.index(current) if current in options else 0
    chosen = st.selectbox(asked, options, index=place, format_func=shown, key=key)
    others: dict[int, str | None] = {int(o): None for o in options if o != chosen}
    bound = {**wanted.bindings, **others, int(chosen): question.field}
    return replace(wanted, bindings=bound)


def words(visit: Visit, inspection: Inspection, known: Choices) -> Choices:
    """Draw the file's own words beside what they become; return what was changed."""
    if inspection.object is None:
        return known
    values = {field: dict(kept) for field, kept in known.values.items()}
    fields = objects.objects()[inspection.object].fields
    for field, found in inspection.words.items():
        if not found:
            continue
        labels = _labels(visit, fields[field].values)
        label = visit.text(f"field.{inspection.object}.{field}")
        note = visit.text("import.words_note")
        components.show(components.heading(label, note))
        frame = pd.DataFrame(
            {
                "word": [word.text for word in found],
                "count": [word.count for word in found],
                "value": [visit_label(labels, word.value) for word in found],
            }
        )
        edited = st.data_editor(
            frame,
            column_config={
                "word": st.column_config.TextColumn(visit.text("import.word")),
                "count": st.column_config.NumberColumn(visit.text("import.times")),
                "value": st.column_config.SelectboxColumn(
                    visit.text("import.becomes"), options=list(labels)
                ),
            },
            disabled=["word", "count"],
            hide_index=True,
            width="stretch",
            key=_key(inspection, "words", field),
        )
        for word, shown in zip(found, edited["value"], strict=True):
            value = labels.get(shown) if isinstance(shown, str) else None
            if value != word.value:
                values.setdefault(field, {})[word.text] = value
    return replace(known, values=values) if values != dict(known.values) else known


def _labels(visit: Visit, values: tuple[str, ...]) -> dict[str, str]:
    return {visit.text(f"choice.{value}"): value for value in values}


def visit_label(labels: Mapping[str, str], value: str | None) -> str | None:
    """Return the words that stand for ``value`` among ``labels``, None for none."""
    return next((shown for shown, code in labels.items() if code == value), None)


def columns(visit: Visit, inspection: Inspection, known: Choices) -> Choices:
    """Draw every column with what it becomes; return the bindings changed."""
    if inspection.object is None:
        return known
    fields = objects.objects()[inspection.object].fields
    labels = {visit.text(f"field.{inspection.object}.{name}"): name for name in fields}
    components.show(
        components.heading(
            visit.text("import.columns"), visit.text("import.columns_note")
        )
    )
    frame = pd.DataFrame(
        {
            "header": [c.header or "–" for c in inspection.columns],
            "samples": [", ".join(c.samples[:3]) for c in inspection.columns],
            "field": [visit_label(labels, c.field) for c in inspection.columns],
            "why": [visit.text(f"binding.{c.reason}") for c in inspection.columns],
        }
    )
    texts: Any = st.column_config.TextColumn
    edited = st.data_editor(
        frame,
        column_config={
            "header": texts(visit.text("import.column_name")),
            "samples": texts(visit.text("import.samples")),
            "field": st.column_config.SelectboxColumn(
                visit.text("import.becomes"), options=sorted(labels)
            ),
            "why": texts(visit.text("import.why")),
        },
        disabled=["header", "samples", "why"],
        hide_index=True,
        width="stretch",
        height=min(35 * (len(frame) + 1) + 3, 420),
        placeholder="–",
        key=_key(inspection, "columns"),
    )
    bound = dict(known.bindings)
    for column, shown in zip(inspection.columns, edited["field"], strict=True):
        field = labels.get(shown) if isinstance(shown, str) else None
        if field != column.field:
            bound[column.position] = field
    return replace(known, bindings=bound) if bound != dict(known.bindings) else known
