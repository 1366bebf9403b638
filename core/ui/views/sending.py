"""Before a mailing leaves: its plan by day, or the choice of the tool that sends it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from core.ui import components
from core.ui.views import sending_plan, sending_tools
from core.visit import Visit

_STYLE = Path(__file__).with_suffix(".css").read_text("utf-8")
_VIEWS = ("plan", "tool")


def draw(visit: Visit) -> None:
    """Draw the view that the address names; the switch stands under its title."""
    components.show(f"<style>{_STYLE}</style>")
    wanted = st.query_params.get("view")
    view = wanted if wanted in _VIEWS else _VIEWS[0]
    drawn = sending_plan.draw if view == "plan" else sending_tools.draw
    drawn(visit, partial(_switch, visit, view))


def _switch(visit: Visit, view: str) -> None:
    st.session_state["sending_view"] = view
    st.segmented_control(
        visit.text("page.sending.view"),
        _VIEWS,
        format_func=lambda name: visit.text(f"page.sending.view_{name}"),
        required=True,
        key="sending_view",
        label_visibility="collapsed",
        on_change=_keep_view,
        wrap=True,
    )


def _keep_view() -> None:
    """Put the view in the address; what the other one asked is kept apart."""
    st.query_params["view"] = st.session_state["sending_view"]
