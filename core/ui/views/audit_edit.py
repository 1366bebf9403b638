"""Rewording, ordering, hiding and adding questions, for one workspace."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.i18n import LANGUAGES
from core.questionnaire import questions
from core.questionnaire.questions import (
    DEPARTMENTS,
    PARTS,
    PROCESSES,
    WEIGHTS,
    Question,
)
from core.ui import auth, components
from core.ui.views.audit_room import Room

_NEW = ""
_LONGEST = 400


def draw(room: Room) -> None:
    """Draw the choice of a question, then its form; nothing for who only reads."""
    if not room.can_note:
        return
    every = room.notebook.questions()
    known = {one.code: one for one in every}
    with st.expander(room.text("audit.edit"), key="audit_edit"):
        components.show(components.note(room.text("audit.edit_note")))
        code = st.selectbox(
            room.text("audit.edit_choose"),
            [_NEW, *known],
            format_func=lambda one: _name(room, known.get(one)),
            key="audit_edit_code",
        )
        one = known.get(code or _NEW)
        _form(room, one)
        if one is not None:
            _buttons(room, one, every)


def _name(room: Room, one: Question | None) -> str:
    if one is None:
        return room.text("audit.edit_new")
    said = one.said("ask", room.visit.language)
    if one.is_hidden:
        return room.text("audit.edit_hidden", question=said)
    return room.text("audit.edit_changed", question=said) if one.is_changed else said


def _form(room: Room, one: Question | None) -> None:
    stem = one.code if one else "new"
    with st.form(f"audit_edit_{stem}", border=False):
        words: dict[str, dict[str, str]] = {}
        columns = st.columns(len(LANGUAGES), gap="small")
        for place, language in zip(columns, LANGUAGES, strict=True):
            with place:
                words[language] = {
                    part: st.text_area(
                        room.text(f"audit.field.{part}.{language}"),
                        value=_said(one, part, language),
                        key=f"audit_edit_{stem}_{part}_{language}",
                        max_chars=_LONGEST,
                        height=72,
                    )
                    for part in PARTS
                }
        left, middle, right = st.columns(3, gap="small")
        with left:
            process = st.selectbox(
                room.text("audit.column.theme"),
                PROCESSES,
                index=PROCESSES.index(one.process) if one else 0,
                format_func=lambda code: room.text(f"process.{code}"),
            )
        with middle:
            department = st.selectbox(
                room.text("audit.column.department"),
                DEPARTMENTS,
                index=DEPARTMENTS.index(one.department) if one else 0,
                format_func=lambda code: room.text(f"department.{code}"),
            )
        with right:
            weight = st.selectbox(
                room.text("audit.column.weight"),
                WEIGHTS,
                index=WEIGHTS.index(one.weight) if one else 0,
                format_func=room.number,
            )
        sent = st.form_submit_button(room.text("action.save"), type="primary")
    if sent:
        changed = {
            "words": _changed(one, words),
            "process": process,
            "department": department,
            "weight": weight,
        }
        code = one.code if one else questions.new_code()
        with auth.saying(room.visit.language):
            room.notebook.change_question(room.visit.who, code, changed)
            st.rerun()


def _said(one: Question | None, part: str, language: str) -> str:
    if one is None:
        return ""
    if one.is_own:
        return one.words.get(language, {}).get(part, "")
    return one.said(part, language)


def _changed(
    one: Question | None, written: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """Return the words that differ from ours: the others keep following the product."""
    if one is None or one.is_own:
        return written
    ours = questions.shipped()[one.code]
    return {
        language: {
            part: said
            for part, said in parts.items()
            if said.strip() != ours.said(part, language)
        }
        for language, parts in written.items()
    }


def _buttons(room: Room, one: Question, every: tuple[Question, ...]) -> None:
    """Draw what is done at once: up, down, hide, have back."""
    mine = [other for other in every if other.process == one.process]
    place = mine.index(one)
    with st.container(horizontal=True, key="audit_edit_buttons"):
        for name, step in (("up", -1), ("down", 1)):
            st.button(
                room.text(f"audit.edit_{name}"),
                key=f"audit_edit_{name}",
                disabled=not 0 <= place + step < len(mine),
                on_click=_move,
                args=(room, one, mine, step),
            )
        st.button(
            room.text("audit.edit_show" if one.is_hidden else "audit.edit_hide"),
            key="audit_edit_hide",
            on_click=_change,
            args=(room, one.code, {"is_hidden": not one.is_hidden}),
        )
        if one.is_changed:
            st.button(
                room.text("action.remove" if one.is_own else "audit.edit_restore"),
                key="audit_edit_restore",
                on_click=room.notebook.restore_question,
                args=(room.visit.who, one.code),
            )


def _change(room: Room, code: str, content: dict[str, Any]) -> None:
    room.notebook.change_question(room.visit.who, code, content)


def _move(room: Room, one: Question, mine: list[Question], step: int) -> None:
    """Put a question before or after its neighbour, half-way to the next."""
    place = mine.index(one) + step
    beyond = place + step
    at = mine[place].place
    far = mine[beyond].place if 0 <= beyond < len(mine) else at + step
    _change(room, one.code, {"place": (at + far) / 2})
