"""Practices: is the CRM part of the work, and which habit to mend first."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from core import practices
from core.indicators import members
from core.practices import Practices
from core.practices.reading import Practice
from core.scene import Scene
from core.ui import components
from core.ui.tables import Html, table
from core.ui.views import practices_people, practices_records
from core.ui.views.entering import enter
from core.ui.views.practices_words import limit, percent, sentence, state
from core.visit import Visit

_SECTIONS = {**practices_people.SECTIONS, **practices_records.SECTIONS}


def draw(visit: Visit) -> None:
    """Draw the page for the month and the people the filters leave."""
    one = enter(visit, "practices")
    if one is None:
        return
    one.workspace.select(members(one.rows), period=one.gate)
    every = read(one)
    _header(one, every)
    if not one.shows_people:
        k = one.workspace.settings.k
        notice = visit.text("page.home.protected", k=k)
        components.show(components.notice("info", notice))
    opened = _opened(every)
    _SECTIONS[opened](one, every)
    for practice in every.ranked:
        if practice.code != opened:
            with st.expander(_label(one, practice), key=f"practice_{practice.code}"):
                _SECTIONS[practice.code](one, every)


def _opened(every: Practices) -> str:
    """Return the practice that the address asks for, else the worst."""
    asked = st.query_params.get("practice", "")
    return asked if asked in practices.CODES else every.ranked[0].code


def _label(one: Scene, practice: Practice) -> str:
    word = one.visit.text(f"verdict.{state(one, practice)}")
    return f"{one.visit.text(f'practice.{practice.code}.name')} · {word}"


def read(one: Scene) -> Practices:
    """Return the practices of the people the filters leave, as they may be seen."""
    rows = one.rows if one.is_filtered else None
    workspace, day = one.workspace, one.period.as_of
    return one.remember(
        "practices",
        lambda: practices.told(workspace, practices.read(workspace, day, rows)),
    )


def _header(one: Scene, every: Practices) -> None:
    """Draw the answer, that of the worst practice, and a line a practice."""
    visit = one.visit
    first = every.ranked[0]
    if all(one_.state == "healthy" for one_ in every.ranked):
        answer = visit.text("page.practices.all_good")
    elif first.state == "not_enough_data":
        answer = visit.text("page.practices.unknown")
    else:
        answer = sentence(one, first, every)
    shown = state(one, first)
    components.show(
        components.verdict_header(
            visit.text("page.practices.eyebrow"),
            answer.replace("**", ""),
            shown,
            visit.text(f"verdict.{shown}"),
        )
    )
    with st.container(border=True, key="card_practices"):
        components.show(_summary(one, every))


def _summary(one: Scene, every: Practices) -> str:
    visit = one.visit
    return table(
        {
            "practice": visit.text("page.practices.practice"),
            "state": "",
            "value": visit.text("page.practices.figure"),
            "limit": visit.text("page.practices.limit"),
        },
        [_line(one, practice) for practice in every.ranked],
        caption=visit.text("page.practices.summary"),
        numeric={"value", "limit"},
        strong={"value"},
    )


def _line(one: Scene, practice: Practice) -> dict[str, object]:
    visit, code = one.visit, practice.code
    shown = state(one, practice)
    name = visit.text(f"practice.{code}.name")
    meaning = visit.text(f"practice.{code}.measure")
    colour = "color:var(--accent)"
    kept = st.query_params.to_dict()
    query = urlencode({**kept, "practice": code, "lang": visit.language})
    where = escape(f"practices?{query}", quote=True)
    link = f'<a href="{where}" style="{colour}">{components.rich(name)}</a>'
    row: dict[str, object] = {
        "practice": Html(f"{link}{components.note(meaning)}"),
        "state": Html(components.chip(shown, visit.text(f"verdict.{shown}"))),
        "value": percent(one, practice.value),
    }
    if practice.state != "not_enough_data":
        row["limit"] = limit(one, code)
    return row
