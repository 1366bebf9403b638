"""Profiles: who works at which rhythm, why, and what an administrator may correct."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.scene import Scene
from core.ui import components, deciding
from core.ui.views import (
    profiles_absences,
    profiles_cards,
    profiles_people,
    profiles_programs,
    profiles_rules,
)
from core.ui.views.entering import enter
from core.visit import Visit

_STYLE = Path(__file__).with_name("profiles.css")
_TABS = {
    "people": profiles_people.draw,
    "rules": profiles_rules.draw,
    "absences": profiles_absences.draw,
    "programs": profiles_programs.draw,
}


def draw(visit: Visit) -> None:
    """Draw the page for the month and the people the filters leave."""
    one = enter(visit, "profiles")
    if one is None:
        return
    st.html(f"<style>{_STYLE.read_text('utf-8')}</style>")
    profiles_cards.header(one)
    tab = _tab(one)
    deciding.told()
    _TABS[tab](one)


def _tab(one: Scene) -> str:
    """Draw the switch of parts, for who configures and for the demo's visitors."""
    visit = one.visit
    if not visit.can("configure") and not visit.is_demo:
        return "people"
    wanted = st.query_params.get("tab")
    if wanted in _TABS and wanted != st.session_state.get("profiles_asked"):
        st.session_state["profiles_tab"] = wanted
    st.session_state.setdefault("profiles_tab", "people")
    st.session_state["profiles_asked"] = wanted
    tab = st.segmented_control(
        visit.text("page.profiles.parts"),
        list(_TABS),
        format_func=lambda name: visit.text(f"page.profiles.tab.{name}"),
        required=True,
        key="profiles_tab",
        label_visibility="collapsed",
        on_change=_keep_tab,
        wrap=True,
    )
    if visit.is_demo:
        components.show(components.note(visit.text("page.profiles.demo")))
    return str(tab)


def _keep_tab() -> None:
    st.query_params["tab"] = st.session_state["profiles_tab"]
