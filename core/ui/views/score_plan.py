"""What to do about the risks: counter-measures to tick, and the plan they make."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from core.score_usage import CRITERIA, KEYS, MEASURES, Action, Sheet
from core.scorecards.words import Reading
from core.ui import components
from core.ui.views import score_blocks
from core.ui.views.score_board import can_write, write
from core.visit import Visit

_LETTERS = {one.key: one.letter for one in CRITERIA}
_WIDTHS = (9, 4, 3, 2, 1.6)
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


def draw(visit: Visit, feature_id: str, sheet: Sheet, read: Reading) -> None:
    """Draw the counter-measures of each risk, worst first, then the plan."""
    if sheet.risks:
        with st.container(key="card_score_risks", border=True):
            _risks(visit, feature_id, sheet, read)
    with st.container(key="card_score_plan", border=True):
        _plan(visit, feature_id, sheet, read)


def _risks(visit: Visit, feature_id: str, sheet: Sheet, read: Reading) -> None:
    title, note = visit.text("page.score.parry"), visit.text("page.score.parry_note")
    components.show(components.heading(title, note))
    high = sheet.high_risks
    others = [key for key in sheet.risks if key not in high]
    for key in high:
        _measures(visit, feature_id, key, sheet, read)
    if others and high:
        label = visit.text("page.score.other_risks", count=len(others))
        with st.expander(label, key="score_other_risks"):
            for key in others:
                _measures(visit, feature_id, key, sheet, read)
    else:
        for key in others:
            _measures(visit, feature_id, key, sheet, read)


def _measures(
    visit: Visit, feature_id: str, key: str, sheet: Sheet, read: Reading
) -> None:
    value = sheet.answers[key].value
    sign = score_blocks.tile(_LETTERS[key], value, "", small=True)
    said = components.rich(f"**{read.name(key)}** · {read.answer(value)}")
    components.show(f'<p class="risk-head">{sign}<span>{said}</span></p>')
    planned = {
        one.measure: one.action_id for one in sheet.actions if one.criterion == key
    }
    for measure in MEASURES:
        box = f"measure_{key}_{measure}_{feature_id}"
        is_planned = measure in planned
        if st.session_state.get(box) != is_planned:
            st.session_state[box] = is_planned
        st.checkbox(
            read.text(f"score.{key}.measure.{measure}"),
            key=box,
            on_change=_tick,
            args=(visit, feature_id, key, measure, planned.get(measure)),
            disabled=not can_write(visit),
        )


def _tick(
    visit: Visit, feature_id: str, key: str, measure: int, action_id: str | None
) -> None:
    """Put a counter-measure into the plan, or take it out."""
    if action_id is None:
        write(visit, lambda own: own.add_action(feature_id, Action(key, measure)))
    else:
        write(visit, lambda own: own.remove_action(feature_id, action_id))


def _plan(visit: Visit, feature_id: str, sheet: Sheet, read: Reading) -> None:
    components.show(components.heading(visit.text("score.plan")))
    if not sheet.actions:
        components.show(components.note(visit.text("score.plan.none")))
    for action in sheet.actions:
        _action(visit, feature_id, action, read)
    if can_write(visit):
        _own(visit, feature_id, read)


def _action(visit: Visit, feature_id: str, action: Action, read: Reading) -> None:
    """Draw a line of the plan: what, who, until when, done, remove."""
    identifier = action.action_id
    is_fixed = not can_write(visit)
    with st.container(key=f"plan_{identifier}"):
        what, who, due, done, out = st.columns(
            _WIDTHS, gap="small", vertical_alignment="bottom"
        )
    with what:
        said = components.rich(
            f"**{read.name(action.criterion)}** · {read.measure(action)}"
        )
        components.show(f'<p class="measure">{said}</p>')

    def changed(field: str) -> dict[str, Any]:
        key = f"plan_{field}_{identifier}"
        stored = getattr(action, field)
        if st.session_state.get(key, _action) != stored:
            st.session_state[key] = stored
        return {
            "key": key,
            "disabled": is_fixed,
            "on_change": _change,
            "args": (visit, feature_id, identifier, field, key),
        }

    with who:
        label = visit.text("page.score.plan.owner")
        st.text_input(label, max_chars=120, **changed("owner"))
    with due:
        st.date_input(
            visit.text("page.score.plan.due"),
            value=None,
            min_value=_EARLIEST,
            max_value=_LATEST,
            format="DD/MM/YYYY" if visit.language == "fr" else "YYYY-MM-DD",
            **changed("due_day"),
        )
    with done:
        st.checkbox(visit.text("page.score.plan.done"), **changed("is_done"))
    with out:
        st.button(
            visit.text("action.remove"),
            key=f"plan_remove_{identifier}",
            type="tertiary",
            disabled=is_fixed,
            on_click=_remove,
            args=(visit, feature_id, identifier),
        )


def _change(
    visit: Visit, feature_id: str, action_id: str, field: str, key: str
) -> None:
    value = st.session_state.get(key)
    if field == "owner":
        value = value or ""
    write(visit, lambda own: own.change_action(feature_id, action_id, **{field: value}))


def _remove(visit: Visit, feature_id: str, action_id: str) -> None:
    write(visit, lambda own: own.remove_action(feature_id, action_id))


def _own(visit: Visit, feature_id: str, read: Reading) -> None:
    """Draw the line for a counter-measure of one's own."""
    with (
        st.expander(visit.text("page.score.plan.own"), key="score_own"),
        st.form(f"own_{feature_id}", border=False, clear_on_submit=True),
    ):
        st.selectbox(
            visit.text("page.score.plan.criterion"),
            KEYS,
            format_func=read.name,
            key="own_criterion",
        )
        st.text_input(
            visit.text("page.score.plan.what"), max_chars=300, key="own_words"
        )
        st.form_submit_button(
            visit.text("page.score.plan.add"), on_click=_add, args=(visit, feature_id)
        )


def _add(visit: Visit, feature_id: str) -> None:
    words = str(st.session_state.get("own_words") or "")
    action = Action(str(st.session_state.get("own_criterion")), words=words)
    write(visit, lambda own: own.add_action(feature_id, action))
