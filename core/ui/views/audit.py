"""The adoption audit: questions, list, report and stakeholder map, by the address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import streamlit as st

from core.demo import assessment as demo
from core.demo import companies
from core.questionnaire import report
from core.questionnaire.circle import Circle
from core.questionnaire.notebook import Notebook
from core.questionnaire.rights import can_note, can_see_map
from core.ui import auth, components, frame
from core.ui.views import (
    audit_list,
    audit_map,
    audit_question,
    audit_report,
)
from core.ui.views.audit_room import Room, headline
from core.visit import Visit

_RULES = Path(__file__).with_name("audit.css")
_VIEWS: dict[str, Callable[[Room], None]] = {
    "questions": audit_question.draw,
    "list": audit_list.draw,
    "report": audit_report.draw,
    "map": audit_map.draw,
}


def draw(visit: Visit) -> None:
    """Draw the view that the address asks for, of those that the reader may open."""
    st.html(f"<style>{_RULES.read_text('utf-8')}</style>")
    notes = can_note(visit.role, is_demo=visit.is_demo)
    views = [
        view
        for view in _VIEWS
        if view == "report"
        or (notes and view != "map")
        or (view == "map" and can_see_map(visit.role, is_demo=visit.is_demo))
    ]
    _view(visit, views)


def _wanted(views: list[str]) -> str:
    """Return the view to draw; the address and the switch follow each other."""
    if len(views) == 1:
        return views[0]
    wanted = st.query_params.get("view")
    if wanted in views and wanted != st.session_state.get("audit_view_asked"):
        st.session_state["audit_view"] = wanted
    elif st.session_state.get("audit_view") not in views:
        st.session_state["audit_view"] = views[0]
    st.session_state["audit_view_asked"] = wanted
    return str(st.session_state["audit_view"])


def _switch(visit: Visit, views: list[str]) -> None:
    """Draw the switch of views, where there are several."""
    if len(views) == 1:
        return
    st.segmented_control(
        visit.text("audit.views"),
        views,
        format_func=lambda name: visit.text(f"audit.view.{name}"),
        required=True,
        key="audit_view",
        label_visibility="collapsed",
        on_change=_keep_view,
        wrap=True,
    )


def _keep_view() -> None:
    st.query_params["view"] = st.session_state["audit_view"]


@frame.fragment
def _view(visit: Visit, views: list[str]) -> None:
    """Draw one view; it reruns alone at each answer."""
    room, view = _room(visit), _wanted(views)
    if room.audit is None and view != "map":
        _none(room)
        _switch(visit, views)
        return
    if view == "map":
        audit_map.head(room)
    else:
        _header(room)
    _switch(visit, views)
    _VIEWS[view](room)
    if view == "list" and room.can_note:
        with st.expander(visit.text("audit.begin_another"), key="audit_another"):
            _form(room)


def _room(visit: Visit) -> Room:
    """Open the notes that the visitor may read: the demo's are their session's own."""
    workspace_id = str(visit.workspace_id)
    memory = None
    if workspace_id in companies.codes():
        memory = demo.memory(visit.account.session_id, visit.language)
    notebook = Notebook(workspace_id, memory)
    known = notebook.assessments()
    wanted = st.query_params.get("audit")
    chosen = next((one for one in known if one.assessment_id == wanted), None)
    if chosen is None and known:
        chosen = known[0]
    return Room(
        visit=visit,
        notebook=notebook,
        circle=Circle(workspace_id, memory),
        assessments=tuple(known),
        audit=report.gather(notebook, chosen, visit.workspace) if chosen else None,
        can_note=can_note(visit.role, is_demo=visit.is_demo),
    )


def _header(room: Room) -> None:
    """Draw the answer of the page, and the choice of an audit where there are more."""
    visit, audit = room.visit, room.opened
    answer = headline(audit, visit.language)
    title, day = audit.assessment.title, room.day(audit.assessment.held_on)
    mark = audit.overall
    progress = visit.text(
        "audit.answered", done=room.number(mark.answered), asked=room.number(mark.asked)
    )
    eyebrow = visit.text("audit.eyebrow", title=title, day=day, progress=progress)
    word = visit.text(f"audit.state.{mark.state}")
    if mark.value is not None:
        shown = visit.text("audit.out_of_ten", mark=room.number(mark.value, 1))
        word = f"{word} · {shown}"
    components.show(components.verdict_header(eyebrow, answer, mark.state, word))
    if visit.workspace_id in companies.codes():
        components.show(components.note(visit.text("audit.demo")))
    if len(room.assessments) > 1:
        _choice(room)


def _choice(room: Room) -> None:
    names = {one.assessment_id: one for one in room.assessments}
    assert room.audit is not None
    present = room.audit.assessment.assessment_id
    st.session_state["audit_chosen"] = present
    st.selectbox(
        room.visit.text("audit.choose"),
        list(names),
        format_func=lambda key: f"{names[key].title} · {room.day(names[key].held_on)}",
        key="audit_chosen",
        label_visibility="collapsed",
        on_change=_choose,
        width=380,
    )


def _choose() -> None:
    st.query_params["audit"] = st.session_state["audit_chosen"]
    for name in ("question", "interview"):
        st.query_params.pop(name, None)


def _none(room: Room) -> None:
    """Say that no audit was begun, and let who may begin the first."""
    visit = room.visit
    title, body = visit.text("audit.none"), visit.text("audit.none_reader")
    if room.can_note:
        count = sum(not one.is_hidden for one in room.notebook.questions())
        body = visit.text("audit.none_body", count=room.number(count))
    components.show(components.empty_state(title, body, heading_level=1))
    if room.can_note:
        with st.container(border=True, key="card_audit_begin"):
            components.show(components.heading(visit.text("audit.begin")))
            _form(room)


def _form(room: Room) -> None:
    """Draw the form that begins an audit."""
    visit = room.visit
    with st.form("audit_begin", border=False):
        title = st.text_input(
            visit.text("audit.field.title"),
            value=visit.text("audit.field.title_first", company=visit.workspace_name),
            max_chars=120,
        )
        held_on = st.date_input(
            visit.text("audit.field.day"),
            value=date.today(),
            format="DD/MM/YYYY" if visit.language == "fr" else "YYYY-MM-DD",
        )
        person = st.text_input(
            visit.text("audit.field.person"),
            value=visit.text("audit.field.person_first"),
            max_chars=120,
            help=visit.text("audit.field.person_help"),
        )
        sent = st.form_submit_button(visit.text("audit.begin_now"), type="primary")
    if sent and isinstance(held_on, date):
        with auth.saying(visit.language):
            found = room.notebook.begin(visit.who, title, held_on, person)
            st.query_params["audit"] = found
            st.rerun()
