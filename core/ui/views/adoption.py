"""Adoption: who uses the CRM as their job asks, day by day and person by person."""

from __future__ import annotations

import streamlit as st

from core import judgement
from core.i18n import formats
from core.scene import Scene
from core.ui import components
from core.ui.views import (
    adoption_calendar,
    adoption_charts,
    adoption_table,
    adoption_teams,
    home_empty,
    person,
)
from core.ui.views.entering import enter
from core.ui.views.person_words import records
from core.visit import Visit

_VIEWS = ("calendar", "points", "change", "table")


def draw(visit: Visit) -> None:
    """Draw the page for the month and the people the filters leave."""
    one = enter(visit, "adoption")
    if one is None:
        return
    if not one.usage.people:
        home_empty.nobody(one)
        return
    _header(one)
    if one.shows_people:
        _people(one)
    else:
        k = one.workspace.settings.k
        notice = visit.text("page.home.protected", k=k)
        components.show(components.notice("info", notice))
    if not one.filters.team:
        adoption_teams.teams(one)
    adoption_teams.months(one)
    adoption_teams.how(one, "verdicts")


def _header(one: Scene) -> None:
    visit = one.visit
    answer, state = judgement.of_use(one)
    eyebrow, word = visit.text("page.adoption.eyebrow"), visit.text(f"verdict.{state}")
    components.show(components.verdict_header(eyebrow, answer, state, word))


def _is_phone() -> bool:
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def _people(one: Scene) -> None:
    """Draw the switch of views, the view, and one person's card."""
    visit = one.visit
    wanted = st.query_params.get("view")
    first = "change" if _is_phone() else "calendar"
    if wanted in _VIEWS and wanted != st.session_state.get("view_asked"):
        st.session_state["adoption_view"] = wanted
    elif "adoption_view" not in st.session_state:
        st.session_state["adoption_view"] = first
    st.session_state["view_asked"] = wanted
    with st.container(horizontal=True, key="adoption_bar"):
        view = st.segmented_control(
            visit.text("page.adoption.view"),
            _VIEWS,
            format_func=lambda name: visit.text(f"page.adoption.view_{name}"),
            required=True,
            key="adoption_view",
            label_visibility="collapsed",
            on_change=_keep_view,
            wrap=True,
        )
        _find(one)
    row = person.asked(one)
    if view == "change":
        _change(one)
        return
    if row is not None:
        person.draw(one, row)
    picked = None
    if view == "calendar":
        adoption_calendar.draw(one)
    elif view == "points":
        picked = adoption_charts.days_and_actions(one)
    else:
        picked = adoption_table.draw(one)
    _open(picked)


def _keep_view() -> None:
    st.query_params["view"] = st.session_state["adoption_view"]


def _find(one: Scene) -> None:
    """Draw the box that opens the card of somebody by their name."""
    people = one.shown[one.shown["state"] != "integration"]
    known = zip(people["user_id"], people["name"], strict=True)
    names = dict(sorted(known, key=lambda pair: formats.sorting(pair[1])))
    wanted = st.query_params.get("person")
    st.session_state["person"] = wanted if wanted in names else None
    st.selectbox(
        one.visit.text("page.adoption.find"),
        list(names),
        format_func=lambda key: str(names[key]),
        placeholder=one.visit.text("page.adoption.find"),
        key="person",
        label_visibility="collapsed",
        on_change=lambda: person.choose(st.session_state["person"]),
        width=280,
    )


def _change(one: Scene) -> None:
    """Draw the arrows, and beside them the person clicked, or who fell the most."""
    people = adoption_charts.moved(one)
    left, right = st.columns([3, 2], gap="small")
    with left, st.container(border=True, key="card_change"):
        picked = adoption_charts.change(one, people)
    row = person.asked(one)
    if row is None and len(people):
        first = one.shown[one.shown["user_id"] == people["user_id"].iloc[0]]
        row = records(first)[0]
    if row is not None:
        with right:
            person.draw(one, row, is_wide=False)
    _open(picked)


def _open(picked: str | None) -> None:
    """Open the card of the person just clicked; a click kept from before does not."""
    if picked and picked != st.session_state.get("picked"):
        st.session_state["picked"] = picked
        person.choose(picked)
        st.rerun()
