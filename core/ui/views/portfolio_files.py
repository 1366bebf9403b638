"""The portfolio as a file: the rows shown, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core import exports
from core.accounts import audit
from core.i18n import formats
from core.portfolio.rows import NOT_SAID, Row
from core.ui.views import portfolio_cards
from core.visit import Visit

_COLUMNS = (
    *("name", "state", "headline", "habit", "before", "active", "licensed"),
    *("asleep", "cost", "currency", "symptoms", "day", "is_old", "step"),
    *("reason", "start", "phase", "next_step", "due", "is_example"),
)


def draw(visit: Visit, rows: Sequence[Row]) -> None:
    """Draw the buttons of the two files; who may not is shown none."""
    if not visit.can("export") or not rows:
        return
    name = partial(exports.file_name, visit.text("page.portfolio.nav"))
    for kind, label in (
        ("csv", "action.download_csv"),
        ("xlsx", "action.download_xlsx"),
    ):
        st.download_button(
            visit.text(label),
            partial(content, visit, rows, kind),
            name(suffix=kind),
            "text/csv" if kind == "csv" else None,
            key=f"portfolio_{kind}",
            on_click="ignore",
        )


def content(visit: Visit, rows: Sequence[Row], kind: str) -> bytes:
    """Return the file, and write in the journal which workspaces it tells of."""
    told = [row.workspace_id for row in rows if not row.is_example]
    audit.record(visit.who, "export", None, list="portfolio", workspaces=told)
    has_examples = any(row.is_example for row in rows)
    columns = {
        column: visit.text(f"page.portfolio.file.{column}")
        for column in _COLUMNS
        if column != "is_example" or has_examples
    }
    frame = pd.DataFrame([_line(visit, row) for row in rows], dtype=object)
    yes_no = (visit.text("common.yes"), visit.text("common.no"))
    if kind == "csv":
        return exports.csv_bytes(frame, columns, visit.language, yes_no=yes_no)
    today = formats.day(pd.Timestamp.now().date(), visit.language)
    return exports.xlsx_bytes(
        frame,
        columns,
        visit.language,
        sheet=visit.text("page.portfolio.nav"),
        notes=[
            visit.text("page.portfolio.file.made", day=today),
            visit.text("page.portfolio.line"),
        ],
        yes_no=yes_no,
    )


def _line(visit: Visit, row: Row) -> dict[str, Any]:
    """Return one row as values: figures are numbers, the rest words."""
    it, project = row.figures, row.project
    present = it.symptoms if it else None
    names = [visit.text(f"symptom.{code}.name") for code in present or ()]
    phase = row.phase and visit.text(f"page.portfolio.phase.{row.phase}")
    return {
        "name": row.name,
        "state": portfolio_cards.state(visit, row) if it else None,
        "headline": portfolio_cards.headline(visit, row).replace("**", ""),
        "habit": it.share if it else None,
        "before": it.before if it else None,
        "active": it.active if it else None,
        "licensed": it.licensed if it else None,
        "asleep": it.asleep if it else None,
        "cost": it.cost if it else None,
        "currency": row.currency if it and it.cost is not None else None,
        "symptoms": None if present is None else ", ".join(names),
        "day": it.as_of if it else None,
        "is_old": row.is_old if it and it.as_of else None,
        "step": portfolio_cards.step(visit, row) or None,
        "reason": visit.text(f"page.portfolio.reason.{project.reason or NOT_SAID}"),
        "start": project.start,
        "phase": phase,
        "next_step": project.next_step or None,
        "due": project.due,
        "is_example": row.is_example,
    }
