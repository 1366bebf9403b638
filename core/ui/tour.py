"""The first-run tour: four steps over four pages, each in a card below the page.

It is offered once, on Home, to an account or a visit of the demo that finds data there.
The card takes its own room under the page, so that it covers nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

from core import settings
from core.accounts import tours
from core.ui import components, links
from core.visit import Visit

_RULES = Path(__file__).with_name("tour.css")
_AT = "tour"
_MOVED = "tour_moved"


@dataclass(frozen=True)
class Step:
    """One step: its texts are under ``tour.<code>``, what it speaks of on ``page``."""

    code: str
    page: str


STEPS = (
    Step("verdict", "home"),
    Step("figure", "adoption"),
    Step("list", "campaigns"),
    Step("files", "data"),
)


def steps(visit: Visit) -> tuple[Step, ...]:
    """Return the steps whose page the reader may open."""
    return tuple(step for step in STEPS if visit.can_open(step.page))


def _at(visit: Visit, page: str) -> int:
    """Return the step the reader is at, from 1; 0 for who is through or not asked."""
    if _AT not in st.session_state:
        st.session_state[_AT] = tours.step(visit.account)
    at = st.session_state[_AT]
    if at is None:
        has_data = visit.workspace is not None and bool(visit.workspace.objects)
        if page != "home" or not has_data:
            return 0
        _keep(visit, 1)
    return min(int(st.session_state[_AT]), len(steps(visit)))


def _keep(visit: Visit, at: int) -> None:
    st.session_state[_AT] = at
    tours.keep(visit.account, at)


def _go(visit: Visit, at: int) -> None:
    """Go to a step and to its page, with the focus on its card; 0 ends the tour."""
    _keep(visit, at)
    if not at:
        st.rerun()
    st.session_state[_MOVED] = True
    links.go(steps(visit)[at - 1].page)


def restart(visit: Visit) -> None:
    """Show the tour again, from its first step."""
    _go(visit, 1)


def draw(visit: Visit, page: str) -> None:
    """Draw the card of the step the reader is at, if they are in the tour."""
    if settings.value("APLOMB_TOUR") != "1":
        return
    at = _at(visit, page)
    if not at:
        return
    st.html(f"<style>{_RULES.read_text('utf-8')}</style>")
    step, count = steps(visit)[at - 1], len(steps(visit))
    is_there = step.page == page
    with st.bottom, st.container(key="tour"):
        _words(visit, step, at, count, is_there=is_there)
        with st.container(horizontal=True, key="tour_ways", gap="small"):
            if not is_there:
                if _button(visit, "go", primary=True):
                    _go(visit, at)
            elif at < count:
                if _button(visit, "next", primary=True):
                    _go(visit, at + 1)
            elif _button(visit, "done", primary=True):
                _go(visit, 0)
            if at > 1 and is_there and _button(visit, "back"):
                _go(visit, at - 1)
            if at < count and _button(visit, "skip"):
                _go(visit, 0)


def _button(visit: Visit, way: str, *, primary: bool = False) -> bool:
    return st.button(
        visit.text(f"tour.{way}"),
        key=f"tour_{way}",
        type="primary" if primary else "tertiary" if way == "skip" else "secondary",
    )


def _words(visit: Visit, step: Step, at: int, count: int, *, is_there: bool) -> None:
    """Draw what the step says, and how far it is; the script takes the focus there."""
    place = visit.text("tour.place", at=at, count=count)
    moved = "1" if st.session_state.pop(_MOVED, False) else ""
    marks = "".join(f'<i class="{"on" * (n < at)}"></i>' for n in range(count))
    say = visit.text(f"tour.{step.code}.say") if is_there else visit.text("tour.paused")
    st.html(
        f'<section class="tour" tabindex="-1" aria-label="{escape(place, quote=True)}"'
        f' data-aplomb-tour="{at}" data-focus="{moved}"><p class="eyebrow">'
        f'<span class="marks" aria-hidden="true">{marks}</span>{escape(place)}</p>'
        f"<h2>{escape(visit.text(f'tour.{step.code}.title'))}</h2>"
        f"{components.paragraph(say)}</section>"
        '<script src="/assets/tour.js"></script>',
        unsafe_allow_javascript=True,
    )
