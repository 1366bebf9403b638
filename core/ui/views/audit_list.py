"""Every question of an audit in a list, by theme, department or state."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from core.questionnaire import words
from core.questionnaire.questions import DEPARTMENTS
from core.questionnaire.reading import Result
from core.ui import addressed, components
from core.ui.tables import Html, table
from core.ui.views import audit_edit
from core.ui.views.audit_room import Room

_EVERY = ""
_STATES = ("open", "weak", "contradicts", "disagrees")


def draw(room: Room) -> None:
    """Draw the filters, the questions that they leave, and the editing of questions."""
    found = _filtered(room)
    with st.container(border=True, key="card_audit_list"):
        count = room.text("audit.list_count", count=room.number(len(found)))
        components.show(components.heading(room.text("audit.list"), count))
        if found:
            components.show(_table(room, found))
    audit_edit.draw(room)


def _filtered(room: Room) -> list[Result]:
    audit = room.opened
    processes = [_EVERY, *audit.marks]
    with st.container(horizontal=True, key="audit_filters"):
        process = _select(room, "process", processes, "process")
        department = _select(room, "department", [_EVERY, *DEPARTMENTS], "department")
        state = _select(room, "state", [_EVERY, *_STATES], "audit.only")
    return [
        one
        for one in audit.results
        if (not process or one.question.process == process)
        and (not department or one.question.department == department)
        and _is(one, state)
    ]


def _is(one: Result, state: str) -> bool:
    told = {
        "open": one.given == 0,
        "weak": one.is_weak,
        "contradicts": one.contradicts,
        "disagrees": one.disagrees,
    }
    return told.get(state, True)


def _select(room: Room, name: str, options: list[str], family: str) -> str:
    chosen = st.selectbox(
        room.text(f"audit.filter.{name}"),
        options,
        format_func=lambda code: room.text(
            f"{family}.{code}" if code else f"audit.filter.every_{name}"
        ),
        label_visibility="collapsed",
        **addressed.one_of(name, f"audit_filter_{name}", options),
    )
    return chosen or _EVERY


def _table(room: Room, found: list[Result]) -> str:
    return table(
        {
            "question": room.text("audit.column.question"),
            "department": room.text("audit.column.department"),
            "answer": room.text("audit.column.answer"),
            "data": room.text("audit.column.data"),
        },
        [_row(room, one) for one in found],
        caption=room.text("audit.list"),
    )


def _row(room: Room, one: Result) -> dict[str, object]:
    spoken, question = room.visit.language, one.question
    audit = room.opened.assessment.assessment_id
    query = urlencode(
        {"view": "questions", "question": question.code, "audit": audit, "lang": spoken}
    )
    link = (
        f'<a href="audit?{escape(query, quote=True)}">'
        f"{escape(question.said('ask', spoken))}</a>"
    )
    theme = components.note(room.text(f"process.{question.process}"))
    data = ""
    if one.signal is not None:
        level = words.level(str(one.signal.level), spoken)
        state = "watch" if one.contradicts else "info"
        data = components.chip(state, level)
    spread = words.spread(one, spoken)
    answer = escape(words.consensus(one, spoken))
    below = components.note(spread) if spread else ""
    return {
        "question": Html(link + theme),
        "department": room.text(f"department.{question.department}"),
        "answer": Html(f"<div>{answer}{below}</div>"),
        "data": Html(data) if data else None,
    }
