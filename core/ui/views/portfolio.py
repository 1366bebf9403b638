"""The portfolio: the workspaces of a reader side by side, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import streamlit as st

from core.demo import portfolio as examples
from core.errors import NotAllowed
from core.i18n import formats, plural
from core.portfolio.project import REASONS
from core.portfolio.rows import NOT_SAID, SORTS, STATES, Row, chosen, ordered
from core.ui import components, filters, links, sidebar
from core.ui.frame import fragment
from core.ui.views import (
    portfolio_cards,
    portfolio_figures,
    portfolio_files,
    portfolio_form,
    portfolio_reasons,
)
from core.ui.views.portfolio_figures import Asked
from core.visit import Visit

_RULES = Path(__file__).with_name("portfolio.css")
_OPENED = "portfolio_opened"
_EVERY_SECONDS = 1.0
# The page is drawn again each time so many more workspaces are ready.
_BATCH = 6
_EVERY = ""


def draw(visit: Visit) -> None:
    """Draw every workspace of the reader, or say why there is nothing to compare."""
    st.html(f"<style>{_RULES.read_text('utf-8')}</style>")
    _follow_opened()
    asked = portfolio_figures.ask(visit)
    rows = portfolio_figures.rows(asked)
    if visit.is_demo:
        rows += examples.rows(visit.language, date.today())
    if len(rows) < 2:
        _alone(visit)
        return
    components.show(
        components.verdict_header(visit.text("page.portfolio.nav"), _title(visit, rows))
    )
    if visit.is_demo:
        components.show(components.note(visit.text("page.portfolio.demo_note")))
    if asked.pending:
        _progress(visit, asked, asked.done)
    shown = _chosen(visit, rows)
    _rows(visit, shown)
    with st.container(horizontal=True, key="portfolio_files"):
        portfolio_files.draw(visit, shown)
    portfolio_form.draw(visit, asked.infos)
    portfolio_reasons.draw(visit, rows)
    components.show(components.data_line(visit.text("page.portfolio.line")))
    links.method(visit, "portfolio")


def _alone(visit: Visit) -> None:
    """Say what the page is for to somebody who has one workspace."""
    title = visit.text("page.portfolio.alone.title")
    missing = visit.text("page.portfolio.alone.missing")
    components.show(components.empty_state(title, missing, heading_level=1))
    if visit.can("configure"):
        with st.container(
            horizontal=True, horizontal_alignment="center", key="main_link"
        ):
            label = visit.text("page.portfolio.alone.link")
            links.page_link(visit, "settings", label)


def _title(visit: Visit, rows: Sequence[Row]) -> str:
    """Return how many projects are in each state, the worst first."""
    told = [row for row in rows if row.figures is not None]
    counts = {state: sum(row.state == state for row in told) for state in STATES}
    parts = [
        plural(f"page.portfolio.count.{state}", count, visit.language)
        for state, count in counts.items()
        if count
    ]
    waiting = len(rows) - len(told)
    if waiting:
        parts.append(plural("page.portfolio.count.waiting", waiting, visit.language))
    states = formats.listing(parts, visit.language)
    return plural("page.portfolio.title", len(rows), visit.language, states=states)


@fragment(run_every=_EVERY_SECONDS)
def _progress(visit: Visit, asked: Asked, before: int) -> None:
    """Say how many workspaces are ready; the page is drawn again as they come."""
    done, whole = asked.done, len(asked.infos)
    if done == whole or done >= before + _BATCH:
        st.rerun(scope="app")
    said = visit.text(
        "page.portfolio.computing",
        done=formats.number(done, visit.language),
        whole=formats.number(whole, visit.language),
    )
    st.progress(done / whole, text=said)


def _take(name: str) -> None:
    """Put what was chosen in the address."""
    value = str(st.session_state.get(f"portfolio_{name}") or "")
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _select(visit: Visit, name: str, options: Sequence[str], family: str) -> str:
    """Draw one choice kept in the address; return it, the first by default."""
    asked = st.query_params.get(name, options[0])
    st.session_state[f"portfolio_{name}"] = asked if asked in options else options[0]
    return str(
        st.selectbox(
            visit.text(f"page.portfolio.{name}.label"),
            options,
            format_func=lambda value: visit.text(
                f"{family}.{value}" if value else f"page.portfolio.{name}.every"
            ),
            key=f"portfolio_{name}",
            on_change=_take,
            args=(name,),
            label_visibility="collapsed",
        )
    )


def _chosen(visit: Visit, rows: Sequence[Row]) -> list[Row]:
    """Draw the search, the filters and the order; return the rows they leave."""
    with st.container(horizontal=True, key="portfolio_filters"):
        st.session_state["portfolio_q"] = st.query_params.get("q", "")[:120]
        words = st.text_input(
            visit.text("page.portfolio.search"),
            key="portfolio_q",
            on_change=_take,
            args=("q",),
            placeholder=visit.text("page.portfolio.search"),
            label_visibility="collapsed",
        )
        state = _select(visit, "verdict", (_EVERY, *STATES), "verdict")
        reasons = (_EVERY, *REASONS, NOT_SAID)
        reason = _select(visit, "reason", reasons, "page.portfolio.reason")
        _select(visit, "sort", SORTS, "page.portfolio.sort")
    by = next(one for one in SORTS if one == st.session_state["portfolio_sort"])
    return ordered(chosen(rows, reason=reason, state=state, words=words or ""), by)


def _rows(visit: Visit, shown: Sequence[Row]) -> None:
    if not shown:
        title = visit.text("page.portfolio.nobody.title")
        missing = visit.text("page.portfolio.nobody.missing")
        components.show(components.empty_state(title, missing))
        st.button(
            visit.text("filter.clear_all"), key="portfolio_clear", on_click=_clear
        )
        return
    with st.container(key="card_projects", border=True, gap=None):
        components.show(portfolio_cards.heads(visit))
        for place, row in enumerate(shown):
            with st.container(key=f"portfolio_row_{place}"):
                who, what = st.columns(portfolio_cards.WIDTHS, gap="small")
                with who:
                    _name(visit, row, place)
                    components.show(portfolio_cards.verdict(visit, row))
                with what:
                    components.show(portfolio_cards.figures(visit, row))


def _name(visit: Visit, row: Row, place: int) -> None:
    """Draw the name: a button that opens the workspace, words for an example."""
    if row.is_example or visit.is_demo:
        components.show(components.heading(row.name))
        return
    st.button(
        portfolio_cards.plain_label(row.name),
        key=f"portfolio_open_{place}",
        type="tertiary",
        help=visit.text("page.portfolio.open"),
        on_click=_open,
        args=(row.workspace_id,),
    )


def _open(workspace_id: str) -> None:
    """Look at a workspace from now on, if the reader is still a member of it."""
    st.session_state[_OPENED] = sidebar.enter(workspace_id)


def _follow_opened() -> None:
    """Go to the Home of the workspace that was just opened."""
    is_opened = st.session_state.pop(_OPENED, None)
    if is_opened is False:
        raise NotAllowed()
    if is_opened:
        filters.clear()
        links.go("home")


def _clear() -> None:
    for name in ("q", "verdict", "reason"):
        st.query_params.pop(name, None)
