"""Home without figures: nothing imported yet, or filters that leave nobody."""

from __future__ import annotations

import streamlit as st

from core import settings
from core.accounts import sessions, workspaces
from core.i18n import formats
from core.scene import Scene
from core.ui import auth, components, export_guide, filters, links
from core.visit import Visit

_OF_USE = ("login", "activity", "user")


def no_data(visit: Visit) -> None:
    """Say which exports to make in which CRM, and offer the demo company."""
    if not visit.can("import"):
        body, asked = visit.text("page.home.empty.reader"), []
    else:
        body = visit.text("page.home.empty.body")
        asked = export_guide.rows(visit, *_OF_USE)
    title = visit.text("page.home.empty.title")
    components.show(components.empty_state(title, body, asked, heading_level=1))
    with st.container(horizontal=True, horizontal_alignment="center", key="home_start"):
        if visit.can("import"):
            label = visit.text("action.import")
            if st.button(label, type="primary", key="home_import"):
                links.go("data")
        if _has_demo(visit):
            label = visit.text("action.see_demo")
            if st.button(label, key="home_demo"):
                auth.hand_over(None)


def _has_demo(visit: Visit) -> bool:
    is_on = settings.value("APLOMB_DEMO") == "1"
    there = workspaces.get(sessions.DEMO_WORKSPACE) is not None
    return is_on and there and not visit.is_demo


def nobody(one: Scene) -> None:
    """Name the filters that leave nobody; a button takes the guilty one away."""
    visit, chosen = one.visit, one.filters
    month = formats.month(chosen.month, visit.language)
    profile = visit.text(f"profile.{chosen.profile}") if chosen.profile else ""
    kind = "month"
    if chosen.team:
        kind = "both" if chosen.profile else "team"
    elif chosen.profile:
        kind = "profile"
    sentence = visit.text(
        f"page.home.nobody.{kind}", month=month, team=chosen.team, profile=profile
    )
    title = visit.text("page.home.nobody.title")
    components.show(components.empty_state(title, sentence, heading_level=1))
    for name in ("profile", "team"):
        if getattr(chosen, name):
            st.button(
                visit.text(f"action.remove_{name}"),
                key=f"remove_{name}",
                on_click=filters.choose,
                args=(name, None),
            )
            return
