"""One question at a time: four answers, what was heard, what the data say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import escape

import streamlit as st

from core.i18n import formats
from core.questionnaire import reading, words
from core.questionnaire.model import (
    ERASED,
    LEVELS,
    NOT_APPLICABLE,
    UNKNOWN,
    Interview,
)
from core.questionnaire.questions import DEPARTMENTS, Question
from core.questionnaire.reading import Answer, Result
from core.ui import auth, components
from core.ui.components import rich
from core.ui.language import reader_zone
from core.ui.views import audit_data
from core.ui.views.audit_room import Room, go, note, scale, themes

_LONGEST_COMMENT, _LONGEST_EVIDENCE = 4000, 1000


def draw(room: Room) -> None:
    """Draw the marks by theme, and the question that is open."""
    audit = room.opened
    interview = _interview(room)
    code = _open(room, interview)
    if code is None:
        components.show(components.note(room.text("audit.no_question")))
        return
    found = next(one for one in audit.results if one.question.code == code)
    with st.container(key="audit_room"):
        left, right = st.columns([0.36, 0.64], gap="small")
        with left, st.container(border=True, key="card_audit_themes"):
            title = components.heading(room.text("audit.themes"))
            present = found.question.process
            marks = themes(audit.marks, room.visit.language, present)
            components.show(title, marks, scale(room))
        with right, st.container(border=True, key="card_audit_question"):
            _question(room, interview, found)


def _interview(room: Room) -> Interview:
    """Return the interview that the address asks for, else the latest."""
    known = room.opened.interviews
    wanted = st.query_params.get("interview")
    return next((one for one in known if one.interview_id == wanted), known[-1])


def _open(room: Room, interview: Interview) -> str | None:
    """Return the question that the address asks for, else where one stopped."""
    audit = room.opened
    codes = [one.code for one in audit.questions]
    wanted = st.query_params.get("question")
    if wanted in codes:
        return wanted
    return reading.next_question(
        audit.questions, audit.given, interview.interview_id, audit.notes
    )


def _question(room: Room, interview: Interview, found: Result) -> None:
    question, visit = found.question, room.visit
    _who(room, interview)
    components.show(_progress(room, interview, question), _asked(room, question))
    answer = room.opened.given.get((interview.interview_id, question.code), Answer())
    _levels(room, interview, question, answer)
    audit_data.draw(room, interview, found, answer)
    _heard(room, interview, question, answer)
    others = _others(room, interview, question)
    if others:
        components.show(others)
    if answer.who:
        moment = datetime.fromtimestamp(answer.at, UTC).astimezone(reader_zone())
        when = formats.moment(moment, visit.language)
        said = room.text("audit.noted", who=answer.who, when=when)
        components.show(components.status(said))
    _steps(room, question)


def _who(room: Room, interview: Interview) -> None:
    """Draw whose answers are noted, and the way to one more interview."""
    names = {one.interview_id: one.person for one in room.opened.interviews}
    st.session_state["audit_interview"] = interview.interview_id
    with st.container(horizontal=True, key="audit_who", vertical_alignment="bottom"):
        st.selectbox(
            room.text("audit.interview"),
            list(names),
            format_func=lambda key: names[key],
            key="audit_interview",
            on_change=_change_interview,
            width=320,
        )
        with (
            st.popover(room.text("audit.add_interview")),
            st.form("audit_interview_form", border=False),
        ):
            person = st.text_input(room.text("audit.field.person"), max_chars=120)
            of = st.selectbox(
                room.text("audit.column.department"),
                DEPARTMENTS,
                format_func=lambda code: room.text(f"department.{code}"),
            )
            if st.form_submit_button(room.text("audit.add"), type="primary"):
                with auth.saying(room.visit.language):
                    st.query_params["interview"] = room.notebook.add_interview(
                        room.visit.who,
                        room.opened.assessment.assessment_id,
                        person,
                        of or "",
                        date.today(),
                    )
                    st.rerun()


def _change_interview() -> None:
    st.query_params["interview"] = st.session_state["audit_interview"]
    st.query_params.pop("question", None)


def _progress(room: Room, interview: Interview, question: Question) -> str:
    """Return where the interview is, in words and as a bar."""
    audit = room.opened
    mine = [one for one in audit.questions if one.process == question.process]
    place = room.number([one.code for one in mine].index(question.code) + 1)
    theme = room.text(f"process.{question.process}")
    values = {"theme": theme, "place": place, "count": room.number(len(mine))}
    given = [
        one
        for one in audit.questions
        if audit.given.get((interview.interview_id, one.code), Answer()).is_given
    ]
    done, asked = len(given), len(audit.questions)
    counts = {"done": room.number(done), "asked": room.number(asked)}
    return (
        f'<div class="progress"><p class="eyebrow">'
        f"{rich(room.text('audit.place', **values))}<span>"
        f"{rich(room.text('audit.progress', **counts))}</span></p>"
        f'<div class="rail"><span style="width:{done / asked:.1%}"></span></div></div>'
    )


def _asked(room: Room, question: Question) -> str:
    spoken = room.visit.language
    hint = question.said("hint", spoken)
    to = room.text("audit.ask_to", who=room.text(f"department.{question.department}"))
    below = f'<p class="hint">{escape(hint)}</p>' if hint else ""
    return (
        f'<div class="asked"><h2>{escape(question.said("ask", spoken))}</h2>{below}'
        f'<p class="note">{escape(to)}</p></div>'
    )


def _levels(
    room: Room, interview: Interview, question: Question, answer: Answer
) -> None:
    """Draw the four answers, then the two that are none; keys 1 to 4 answer too."""
    with st.container(key="audit_levels"):
        places = st.columns(4, gap="xxsmall")
        for place, value in zip(places, LEVELS, strict=True):
            with place:
                _button(room, interview, question, value, answer.level == value)
    with st.container(horizontal=True, key="audit_other_levels"):
        for value in (UNKNOWN, NOT_APPLICABLE):
            _button(room, interview, question, value, answer.level == value)
        if answer.is_given:
            st.button(
                room.text("audit.erase"),
                key="audit_erase",
                type="tertiary",
                on_click=note,
                args=(room, interview, question.code, "level", ERASED),
            )


def _button(
    room: Room, interview: Interview, question: Question, value: str, is_chosen: bool
) -> None:
    label = words.level(value, room.visit.language)
    if is_chosen:
        label = f"✓ {label}"
    is_level = value in LEVELS
    st.button(
        label,
        key=f"audit_level_{value}",
        type="primary" if is_chosen else "secondary",
        shortcut=str(LEVELS.index(value) + 1) if is_level else None,
        width="stretch" if is_level else "content",
        on_click=note,
        args=(room, interview, question.code, "level", value),
    )


def _heard(
    room: Room, interview: Interview, question: Question, answer: Answer
) -> None:
    """Draw the comment and the evidence, each kept as soon as one leaves it."""
    lines = {
        line.part: line.number
        for line in room.opened.notes
        if (line.interview_id, line.question) == (interview.interview_id, question.code)
    }
    # Another's words take the place of what was drawn: the key follows the last line.
    stem = f"{interview.interview_id}_{question.code}"
    comment = f"audit_comment_{stem}_{lines.get('comment', 0)}"
    st.text_area(
        room.text("audit.comment"),
        value=answer.comment,
        key=comment,
        max_chars=_LONGEST_COMMENT,
        height=86,
        on_change=_written,
        args=(room, interview, question.code, "comment", comment),
    )
    evidence = f"audit_evidence_{stem}_{lines.get('evidence', 0)}"
    st.text_input(
        room.text("audit.evidence"),
        value=answer.evidence,
        key=evidence,
        max_chars=_LONGEST_EVIDENCE,
        on_change=_written,
        args=(room, interview, question.code, "evidence", evidence),
    )


def _written(
    room: Room, interview: Interview, code: str, part: str, widget: str
) -> None:
    note(room, interview, code, part, str(st.session_state.get(widget) or ""))


def _others(room: Room, interview: Interview, question: Question) -> str:
    """Return what the other interviews answered."""
    rows, colon = [], room.text("common.colon")
    for one in room.opened.interviews:
        answer = room.opened.given.get((one.interview_id, question.code), Answer())
        if one.interview_id != interview.interview_id and answer.is_given:
            level = words.level(answer.level, room.visit.language)
            said = f" · {escape(answer.comment)}" if answer.comment else ""
            who = f"<b>{escape(one.person)}</b>{escape(colon)}"
            rows.append(f"<li>{who}{escape(level)}{said}</li>")
    if not rows:
        return ""
    title = escape(room.text("audit.others"))
    return f'<p class="eyebrow">{title}</p><ul class="others">{"".join(rows)}</ul>'


def _steps(room: Room, question: Question) -> None:
    """Draw the way to the question before and to the one after; arrows go too."""
    codes = [one.code for one in room.opened.questions]
    place = codes.index(question.code)
    with st.container(
        horizontal=True, key="audit_steps", horizontal_alignment="distribute"
    ):
        st.button(
            room.text("audit.previous"),
            key="audit_previous",
            shortcut="Left",
            disabled=place == 0,
            on_click=go,
            args=(codes[max(0, place - 1)],),
        )
        st.button(
            room.text("audit.next"),
            key="audit_next",
            type="primary",
            shortcut="Right",
            disabled=place == len(codes) - 1,
            on_click=go,
            args=(codes[min(len(codes) - 1, place + 1)],),
        )
    if not room.visit.is_phone:
        components.show(components.note(room.text("audit.keys")))
