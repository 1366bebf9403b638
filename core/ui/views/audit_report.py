"""The report of an audit: strengths, risks, contradictions, actions, and its files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from html import escape
from typing import Any, Literal

import pandas as pd
import streamlit as st

from core import exports
from core.accounts import audit as journal
from core.demo import companies
from core.questionnaire import reading, report, stakeholders, words
from core.questionnaire.model import Action
from core.questionnaire.reading import Result
from core.questionnaire.rights import can_see_map
from core.questionnaire.stakeholders import Standing
from core.ui import auth, components, folding, links
from core.ui.icons import icon
from core.ui.views.audit_room import Room, headline, scale, themes

_FEW = 6
_MOST_COMMENTS = 3
_EDITED = ("kept", "what", "owner", "due", "done")


def draw(room: Room) -> None:
    """Draw the report: marks, what to mend, what holds, the plan, the files."""
    audit, spoken = room.opened, room.visit.language
    left, right = st.columns([0.36, 0.64], gap="small")
    with left, st.container(border=True, key="card_audit_marks"):
        title = components.heading(room.text("audit.themes"))
        marks = reading.worst_first(audit.marks)
        components.show(title, themes(marks, spoken), scale(room))
    with right:
        with st.container(border=True, key="card_audit_risks"):
            _list(room, "risks", audit.risks, "sick")
        with st.container(border=True, key="card_audit_contradictions"):
            _contradictions(room)
        with st.container(border=True, key="card_audit_spread"):
            _list(room, "disagreements", audit.disagreements, "watch")
    # What holds comes after what does not, where one follows the other.
    with (
        right if room.visit.is_phone else left,
        st.container(border=True, key="card_audit_strengths"),
    ):
        _list(room, "strengths", audit.strengths, "healthy")
    with st.container(border=True, key="card_audit_plan"):
        _plan(room)
    if room.visit.can("export"):
        _files(room)
    how = [room.text(f"audit.how_{name}") for name in ("mark", "data", "actions")]
    links.how(room.visit, "audit_mark", how)


def _list(room: Room, name: str, found: Sequence[Result], state: str) -> None:
    """Draw some questions: the first ones, the others folded."""
    note = room.text(f"audit.{name}_note")
    components.show(components.heading(room.text(f"audit.{name}"), note))
    if not found:
        components.show(components.note(room.text(f"audit.no_{name}")))
        return
    components.show(_rows(room, found[:_FEW], state))
    if len(found) > _FEW:
        more = room.text("audit.more", count=room.number(len(found) - _FEW))
        rest = _rows(room, found[_FEW:], state)
        summary = f"<summary>{escape(more)}</summary>"
        components.show(f'<details class="how more">{summary}{rest}</details>')


def _rows(room: Room, found: Sequence[Result], state: str) -> str:
    spoken = room.visit.language
    rows = []
    for one in found:
        said = [escape(words.spread(one, spoken) or words.consensus(one, spoken))]
        said += [escape(comment) for comment in one.comments[:_MOST_COMMENTS]]
        below = "".join(f'<span class="note">{line}</span>' for line in said)
        rows.append(
            f'<li><span class="t-{state}">{icon(state)}</span>'
            f"<span>{escape(one.question.said('ask', spoken))}{below}</span></li>"
        )
    return f'<ul class="facts">{"".join(rows)}</ul>'


def _contradictions(room: Room) -> None:
    spoken, found = room.visit.language, room.opened.contradictions
    note = room.text("audit.contradictions_note")
    components.show(components.heading(room.text("audit.contradictions"), note))
    if not found:
        components.show(components.note(room.text("audit.no_contradictions")))
        return
    rows = []
    for one in found:
        assert one.signal is not None
        answer = words.lowered(words.consensus(one, spoken))
        data = words.plain(words.said(one.signal, spoken))
        told = escape(room.text("audit.against", answer=answer, data=data))
        rows.append(
            f'<li><span class="t-watch">{icon("watch")}</span><span>'
            f"{escape(one.question.said('ask', spoken))}"
            f'<span class="note">{told}</span></span></li>'
        )
    components.show(f'<ul class="facts">{"".join(rows)}</ul>')


def _plan(room: Room) -> None:
    """Draw what was decided, and the table in which it is decided."""
    actions = room.opened.actions
    note = room.text("audit.plan_note")
    components.show(components.heading(room.text("audit.plan"), note))
    if actions:
        names = ("what", "owner", "due", "done")
        columns = {name: room.text(f"audit.column.{name}") for name in names}
        rows = [_planned(room, one) for one in report.by_due(actions)]
        folding.draw(
            room.visit,
            columns,
            rows,
            caption=room.text("audit.plan"),
            key="audit_plan",
            numeric={"due"},
            line=("due",),
        )
    else:
        components.show(components.note(room.text("audit.no_plan")))
    if room.can_note:
        label = room.text("audit.plan_edit")
        with st.expander(label, key="audit_plan_edit"):
            _editor(room)


def _planned(room: Room, one: Action) -> dict[str, Any]:
    return {
        "what": one.what,
        "owner": one.owner or None,
        "due": room.day(one.due),
        "done": room.text("common.yes" if one.is_done else "common.no"),
    }


def _editor(room: Room) -> None:
    """Draw a line a weak answer or a decision: tick to keep, then who and when."""
    audit, spoken = room.opened, room.visit.language
    weak = [one.question.code for one in audit.risks]
    codes = list(dict.fromkeys([*weak, *audit.actions]))
    if not codes:
        components.show(components.note(room.text("audit.plan_nothing")))
        return
    asked = {one.code: one for one in room.notebook.questions()}
    rows = []
    for code in codes:
        kept = audit.actions.get(code)
        question = asked.get(code)
        rows.append(
            {
                "kept": kept is not None,
                "question": question.said("ask", spoken) if question else "",
                "what": kept.what
                if kept
                else question.said("do", spoken)
                if question
                else "",
                "owner": kept.owner if kept else "",
                "due": kept.due if kept else None,
                "done": kept.is_done if kept else False,
            }
        )
    frame = pd.DataFrame(rows)
    frame["due"] = pd.to_datetime(frame["due"])
    # What was decided since makes a new table: it is drawn from what is kept.
    state = hash(tuple((code, audit.actions.get(code)) for code in codes))
    key = f"audit_plan_{audit.assessment.assessment_id}_{state}"
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        width="stretch",
        num_rows="fixed",
        disabled=["question"],
        column_config=_columns(room),
        on_change=_decided,
        args=(room, key, codes, rows),
    )


def _columns(room: Room) -> dict[str, Any]:
    def name(code: str) -> str:
        return room.text(f"audit.column.{code}")

    day = "DD/MM/YYYY" if room.visit.language == "fr" else "D MMM YYYY"
    column = st.column_config
    return {
        "kept": column.CheckboxColumn(name("kept"), width=70),
        "question": column.TextColumn(name("question"), width=260),
        "what": column.TextColumn(name("what"), width=340, max_chars=500),
        "owner": column.TextColumn(name("owner"), width=150, max_chars=120),
        "due": column.DateColumn(name("due"), format=day, width=110),
        "done": column.CheckboxColumn(name("done"), width=70),
    }


def _decided(
    room: Room, key: str, codes: list[str], rows: list[dict[str, Any]]
) -> None:
    """Keep the lines that changed, each on its own."""
    edited = st.session_state[key]["edited_rows"]
    assessment = room.opened.assessment.assessment_id
    for place, changed in edited.items():
        if not set(changed) & set(_EDITED):
            continue
        code = codes[int(place)]
        row = {**rows[int(place)], **changed}
        # To say who or when is to keep.
        is_kept = changed.get("kept", row["kept"] or "kept" not in changed)
        if not is_kept:
            room.notebook.drop_action(assessment, code)
            continue
        due = row["due"]
        action = Action(
            question=code,
            what=row["what"] or rows[int(place)]["what"],
            owner=row["owner"] or "",
            due=date.fromisoformat(due[:10]) if isinstance(due, str) else due,
            is_done=bool(row["done"]),
        )
        with auth.saying(room.visit.language):
            room.notebook.decide(room.visit.who, assessment, action)


def _files(room: Room) -> None:
    """Draw the files to take away; the map goes with them only where asked."""
    visit = room.visit
    components.show(components.section(room.text("audit.take_away")))
    standings: list[Standing] | None = None
    if can_see_map(visit.role, is_demo=visit.is_demo):
        wants = st.checkbox(
            room.text("audit.with_map"),
            key="audit_with_map",
            help=room.text("audit.with_map_help"),
        )
        if wants:
            standings = stakeholders.standings(room.circle.everyone())
    # The apostrophe of print is no separator to a file name.
    title = room.opened.assessment.title.replace("\u2019", "'")
    day = room.opened.assessment.held_on.isoformat()
    with st.container(horizontal=True, key="audit_files"):
        for kind, (make, mime) in _KINDS.items():
            st.download_button(
                room.text(f"audit.file.{kind}"),
                partial(_file, room, kind, make, standings),
                exports.file_name(title, day, suffix=kind),
                mime,
                key=f"audit_file_{kind}",
                on_click="ignore",
            )
    components.show(components.note(room.text("audit.print_note")))


Kind = Literal["pdf", "xlsx", "json"]
Make = Callable[[Room, list[Standing] | None], bytes]


def _file(room: Room, kind: str, make: Make, standings: list[Standing] | None) -> bytes:
    """Return a file; the journal tells that it left, and whether with the map."""
    visit = room.visit
    if visit.workspace_id not in companies.codes():
        rows = len(room.opened.results)
        journal.record(
            visit.who,
            "export",
            visit.workspace_id,
            list=f"audit_{kind}",
            rows=rows,
            with_map=standings is not None,
        )
    return make(room, standings)


def _pdf(room: Room, standings: list[Standing] | None) -> bytes:
    # The fonts take a second to unpack: only who asks for the document waits.
    from core.questionnaire import document

    spoken = room.visit.language
    said = headline(room.opened, spoken)
    name = room.visit.workspace_name
    return document.pdf(room.opened, spoken, name, said, standings)


def _xlsx(room: Room, standings: list[Standing] | None) -> bytes:
    spoken = room.visit.language
    sheets = report.leaves(room.opened, spoken)
    if standings is not None:
        sheets.append(report.people(standings, spoken))
    yes_no = room.text("common.yes"), room.text("common.no")
    notes = [headline(room.opened, spoken), room.text("audit.how_mark")]
    return exports.workbook_bytes(sheets, spoken, notes=notes, yes_no=yes_no)


def _json(room: Room, standings: list[Standing] | None) -> bytes:
    found = report.plain(room.opened, room.visit.language, standings)
    return json.dumps(found, ensure_ascii=False, indent=2).encode()


_KINDS: dict[Kind, tuple[Make, str]] = {
    "pdf": (_pdf, "application/pdf"),
    "xlsx": (
        _xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "json": (_json, "application/json"),
}
