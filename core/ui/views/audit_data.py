"""What the data say of the open question, what they suggest, what they contradict."""

from __future__ import annotations

import streamlit as st

from core.questionnaire import words
from core.questionnaire.model import LEVELS, Interview
from core.questionnaire.reading import Answer, Result
from core.rules import DEFAULTS, Rules
from core.ui import components, links
from core.ui.views.audit_room import Room, note


def draw(room: Room, interview: Interview, found: Result, answer: Answer) -> None:
    """Draw what the data say and suggest, and whether the answer contradicts it."""
    signal, visit = found.signal, room.visit
    if signal is None:
        if found.question.signal:
            components.show(components.partial_data(room.text("audit.data_missing")))
        return
    spoken = visit.language
    said = room.text(
        "audit.data_say",
        said=words.said(signal, spoken),
        span=words.span(signal, spoken),
    )
    components.show(components.notice("info", said))
    suggested = LEVELS[signal.level]
    with st.container(horizontal=True, key="audit_data"):
        if not answer.is_given:
            label = room.text("audit.take", level=words.level(suggested, spoken))
            st.button(
                label,
                key="audit_take",
                on_click=_take,
                args=(room, interview, found, words.plain(said)),
            )
        label = room.text("audit.see_page", page=room.text(f"page.{signal.page}.nav"))
        links.page_link(visit, signal.page, label, **signal.query)
    rules = Rules.of(visit.workspace.settings.rules) if visit.workspace else DEFAULTS
    apart = rules["questionnaire.contradiction"]
    if answer.level in LEVELS and abs(int(answer.level) - signal.level) >= apart:
        level = words.level(suggested, spoken)
        warned = room.text("audit.contradicts", level=level)
        components.show(components.notice("watch", warned))


def _take(room: Room, interview: Interview, found: Result, said: str) -> None:
    """Answer as the data suggest, with their sentence as evidence: a person decides."""
    assert found.signal is not None
    code = found.question.code
    given = room.opened.given.get((interview.interview_id, code), Answer())
    note(room, interview, code, "level", LEVELS[found.signal.level])
    if not given.evidence:
        note(room, interview, code, "evidence", said)
