"""The fields of what is scored, in the form of a new scorecard and of an old one."""

from __future__ import annotations

import streamlit as st

from core.score_usage import Sheet
from core.visit import Visit

EFFORTS = (1, 2, 3, 4, 5)
_EMPTY = Sheet(name="")


def draw(visit: Visit, key: str, sheet: Sheet = _EMPTY) -> None:
    """Draw the name, the description and the effort, filled as ``sheet`` says."""
    st.text_input(
        visit.text("page.score.field.name"),
        value=sheet.name,
        max_chars=120,
        key=f"score_{key}_name",
    )
    st.text_area(
        visit.text("page.score.field.description"),
        value=sheet.description,
        max_chars=2000,
        height=90,
        key=f"score_{key}_description",
    )
    st.selectbox(
        visit.text("page.score.field.effort"),
        EFFORTS,
        index=None if sheet.effort is None else EFFORTS.index(sheet.effort),
        format_func=lambda value: visit.text(f"score.effort.{value}"),
        placeholder=visit.text("page.score.field.no_effort"),
        key=f"score_{key}_effort",
    )


def typed(key: str) -> Sheet:
    """Return what was typed, without an answer."""
    state = st.session_state
    return Sheet(
        name=str(state.get(f"score_{key}_name") or ""),
        description=str(state.get(f"score_{key}_description") or ""),
        effort=state.get(f"score_{key}_effort"),
    )
