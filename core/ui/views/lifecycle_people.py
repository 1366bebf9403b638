"""A table of people: each row opens the person, and all of it goes to a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core import exports
from core.accounts import audit
from core.ui import links
from core.ui.views.adoption_scene import Scene

_NUMBERS = ("age", "since", "months")
_DAYS = ("created_day", "last_day", "previous_day", "left_day")
_HIGHEST = 420


def draw(one: Scene, rows: pd.DataFrame, widths: Mapping[str, int], key: str) -> None:
    """Draw ``rows``, the columns of ``widths`` (pixels) in order, and their file.

    ``rows`` has ``user_id`` as the reader may see it; ``key`` names table and file.
    """
    visit = one.visit
    columns = {name: visit.text(f"page.lifecycle.column.{name}") for name in widths}
    day = "DD/MM/YYYY" if visit.language == "fr" else "D MMM YYYY"
    shapes: dict[str, Any] = {}
    for name, width in widths.items():
        if name in _DAYS:
            shape = st.column_config.DateColumn(columns[name], width=width, format=day)
        elif name in _NUMBERS:
            shape = st.column_config.NumberColumn(
                columns[name], width=width, format="%.0f"
            )
        else:
            shape = st.column_config.TextColumn(columns[name], width=width)
        shapes[name] = shape
    state: Any = st.dataframe(
        rows[list(widths)],
        hide_index=True,
        column_config=shapes,
        height=min(35 * (len(rows) + 1) + 3, _HIGHEST),
        on_select="rerun",
        selection_mode="single-row",
        key=f"table_{key}",
        placeholder="–",
        alt=visit.text(f"page.lifecycle.list.{key}", count=len(rows)),
    )
    _file(one, rows, columns, key)
    picked = state.selection.rows
    if picked and picked[0] < len(rows):
        _open(one, str(rows["user_id"].iloc[picked[0]]))


def _open(one: Scene, user_id: str) -> None:
    """Open the person's card on the page of adoption, of the same month."""
    query = {"person": user_id}
    if "month" in st.query_params:
        query["month"] = one.period.month
    links.go("adoption", **query)


def _file(one: Scene, rows: pd.DataFrame, columns: dict[str, str], key: str) -> None:
    visit = one.visit
    if not visit.can("export"):
        return
    st.download_button(
        visit.text("action.download_csv"),
        partial(exports.csv_bytes, rows, columns, visit.language),
        exports.file_name(
            visit.text(f"page.lifecycle.file.{key}"),
            visit.workspace_name,
            one.period.as_of.isoformat(),
            suffix="csv",
        ),
        "text/csv",
        key=f"file_{key}",
        on_click=partial(
            audit.record, visit.who, "export", visit.workspace_id, list=key
        ),
    )
