"""What people say of a project: its reason, its start, its next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from core.accounts import workspaces
from core.accounts.workspaces import WorkspaceInfo
from core.errors import NotAllowed
from core.i18n import formats
from core.portfolio import project
from core.portfolio.project import FIRST_YEAR, KEY, LONGEST_STEP, REASONS, Project
from core.portfolio.rows import NOT_SAID
from core.ui import auth, components
from core.ui.views import portfolio_figures
from core.visit import Visit

_MONTHS = tuple(f"{number:02d}" for number in range(1, 13))


def draw(visit: Visit, infos: Sequence[WorkspaceInfo]) -> None:
    """Draw the form for whoever may configure; nothing for others."""
    if not visit.can("configure") or not infos:
        return
    names = {info.workspace_id: info for info in infos}
    with st.expander(visit.text("page.portfolio.form.title"), key="portfolio_form"):
        picked = st.selectbox(
            visit.text("common.workspace"),
            list(names),
            format_func=lambda identifier: names[identifier].name,
            key="portfolio_workspace",
        )
        if picked in names:
            _form(visit, names[picked])


def _form(visit: Visit, info: WorkspaceInfo) -> None:
    known, which = project.of(info.settings), info.workspace_id
    with st.form(f"project_{which}", border=False):
        left, middle, right = st.columns([2, 1, 1])
        reason = left.selectbox(
            visit.text("page.portfolio.cell.project"),
            [None, *REASONS],
            index=[None, *REASONS].index(known.reason),
            format_func=lambda one: visit.text(
                f"page.portfolio.reason.{one or NOT_SAID}"
            ),
            key=f"project_reason_{which}",
        )
        start = _month(visit, known, which, (middle, right))
        left, right = st.columns([3, 1])
        step = left.text_input(
            visit.text("page.portfolio.form.next_step"),
            known.next_step,
            max_chars=LONGEST_STEP,
            key=f"project_step_{which}",
        )
        # Streamlit's date box asks for dd/mm/yyyy in English only.
        due = right.text_input(
            visit.text("page.portfolio.form.due"),
            _due(visit, known),
            max_chars=20,
            key=f"project_due_{which}",
        )
        sent = st.form_submit_button(visit.text("action.save"), type="primary")
    if sent:
        with auth.saying(visit.language):
            entry = {"reason": reason, "start": start, "next_step": step, "due": due}
            save(visit, which, project.checked(entry))
            st.rerun()
    components.show(components.note(visit.text("page.portfolio.form.note")))


def _due(visit: Visit, known: Project) -> str:
    """Return the due date as it is typed."""
    if known.due is None:
        return ""
    is_french = visit.language == "fr"
    return formats.day(known.due, "fr") if is_french else known.due.isoformat()


def _month(visit: Visit, known: Project, which: str, places: Sequence[Any]) -> str:
    """Draw the month and the year of the start; return "2026-10", or nothing."""
    year, month = (known.start or "-").split("-")
    months = ["", *_MONTHS]
    years = ["", *map(str, range(date.today().year + 2, FIRST_YEAR - 1, -1))]
    if year not in years:
        years.append(year)

    def named(number: str) -> str:
        if not number:
            return visit.text("page.portfolio.reason.not_said")
        return formats.capital(formats.month_name(f"2000-{number}", visit.language))

    shown = places[0].selectbox(
        visit.text("page.portfolio.form.month"),
        months,
        index=months.index(month),
        format_func=named,
        key=f"project_month_{which}",
    )
    told = places[1].selectbox(
        visit.text("page.portfolio.form.year"),
        years,
        index=years.index(year),
        format_func=lambda one: one or visit.text("page.portfolio.reason.not_said"),
        key=f"project_year_{which}",
    )
    if not told and not shown:
        return ""
    return f"{told}-{shown}"


def save(visit: Visit, workspace_id: str, said: Project) -> None:
    """Keep what was said of a project, if the reader may and is still a member.

    The journal tells which fields changed, not the words.
    """
    mine = {info.workspace_id: info for info in portfolio_figures.mine(visit)}
    if not visit.can("configure") or workspace_id not in mine:
        raise NotAllowed()
    before = project.of(mine[workspace_id].settings).to_json()
    after = said.to_json()
    changed = sorted(name for name in after if after[name] != before[name])
    if changed:
        workspaces.change(
            visit.who, workspace_id, KEY, lambda _: {KEY: after}, fields=changed
        )
