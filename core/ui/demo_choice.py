"""The choice of the demo company, for whoever tries the demo."""

from __future__ import annotations

import streamlit as st

from core.ui import auth, opening
from core.visit import Visit

_WIDTH = 250


def draw(visit: Visit, place: str, *, is_labelled: bool = False) -> bool:
    """Draw the companies of the demo; nothing where there is one, or no demo.

    ``place`` names where it stands: there may be several on a page. Return whether
    anything was drawn.
    """
    known = opening.demo_companies() if visit.is_demo else {}
    if len(known) < 2:
        return False
    key = f"demo_company_{place}"
    st.session_state[key] = visit.workspace_id
    st.selectbox(
        visit.text("common.demo_company"),
        list(known),
        format_func=lambda one: visit.text(f"common.demo_company.{known[one]}"),
        key=key,
        label_visibility="visible" if is_labelled else "collapsed",
        on_change=_take,
        args=(key,),
        width="stretch" if is_labelled else _WIDTH,
    )
    return True


def _take(key: str) -> None:
    """Look at the company chosen, its latest month and everybody in it."""
    visitor = auth.visitor()
    if visitor is not None and visitor.is_demo:
        opening.look_at(visitor, str(st.session_state[key]))
