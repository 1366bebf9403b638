"""Practices: is the CRM part of the work, and which habit to mend first."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from core import practices
from core.indicators import members
from core.practices import Practices
from core.practices.reading import Practice
from core.scene import Scene
from core.ui import components, links
from core.ui.views import practices_people, practices_records
from core.ui.views.entering import enter
from core.ui.views.practices_words import limit, percent, sentence, state
from core.visit import Visit

_STYLE = Path(__file__).with_name("practices.css")
_HEADS = ("practice", "measured", "state", "figure", "limit")
_SECTIONS = {**practices_people.SECTIONS, **practices_records.SECTIONS}


def draw(visit: Visit) -> None:
    """Draw the page for the month and the people the filters leave."""
    st.html(f"<style>{_STYLE.read_text('utf-8')}</style>")
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
    _SECTIONS[_opened(every)](one, every)


def _opened(every: Practices) -> str:
    """Return the practice that the address asks for, else the worst."""
    asked = st.query_params.get("practice", "")
    return asked if asked in practices.CODES else every.ranked[0].code


def read(one: Scene) -> Practices:
    """Return the practices of the people the filters leave, as they may be seen."""
    rows = one.rows if one.is_filtered else None
    workspace, day = one.workspace, one.period.as_of
    return one.remember(
        "practices",
        lambda: practices.told(workspace, practices.read(workspace, day, rows)),
    )


def _header(one: Scene, every: Practices) -> None:
    """Draw the answer, that of the worst practice, and a row a practice."""
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
    with st.container(border=True, key="card_practices", gap=None):
        _summary(one, every)


def _summary(one: Scene, every: Practices) -> None:
    """Draw a row a practice; the whole row opens it below."""
    visit, opened = one.visit, _opened(every)
    heads = [visit.text(f"page.practices.{name}") for name in _HEADS]
    said = "".join(f"<span>{escape(words)}</span>" for words in heads)
    components.show(f'<p class="practice_head" aria-hidden="true">{said}</p>')
    kept = {k: v for k, v in st.query_params.to_dict().items() if k != "practice"}
    for practice in every.ranked:
        code = practice.code
        mark = "chosen_" if code == opened else ""
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            gap="small",
            key=f"practice_row_{mark}{code}",
        ):
            name = links.plain(visit.text(f"practice.{code}.name"))
            links.page_link(visit, "practices", name, **{**kept, "practice": code})
            components.show(_line(one, practice))


def _line(one: Scene, practice: Practice) -> str:
    """Return what is measured, the state, the figure and its limit."""
    visit, code = one.visit, practice.code
    shown = state(one, practice)
    told = practice.state != "not_enough_data"
    cells = {
        "what": escape(visit.text(f"practice.{code}.measure")),
        "state": components.chip(shown, visit.text(f"verdict.{shown}")),
        "figure": escape(percent(one, practice.value)),
        "limit": escape(limit(one, code)) if told else "",
    }
    said = "".join(
        f'<span class="{name}">{cell}</span>' for name, cell in cells.items()
    )
    return f'<p class="practice">{said}</p>'
