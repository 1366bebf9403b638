"""A table of people: each row opens the person, and all of it goes to a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from core import exports
from core.accounts import audit
from core.i18n import formats
from core.scene import Scene
from core.ui import components, folding, links
from core.ui.tables import Html

_NUMBERS = ("age", "since", "months")
_DAYS = ("created_day", "last_day", "previous_day", "left_day")
_HIGHEST = 420
# Up to so many rows are read, not sorted or scrolled.
_FEW = 20


def draw(one: Scene, rows: pd.DataFrame, widths: Mapping[str, int], key: str) -> None:
    """Draw ``rows``, the columns of ``widths`` (pixels) in order, and their file.

    ``rows`` has ``user_id`` as the reader may see it; ``key`` names table and file.
    """
    visit = one.visit
    columns = {name: visit.text(f"page.lifecycle.column.{name}") for name in widths}
    if visit.is_phone or len(rows) <= _FEW:
        _cards(one, rows, columns, key)
        _file(one, rows, columns, key)
        return
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


def _cards(
    one: Scene, rows: pd.DataFrame, columns: Mapping[str, str], key: str
) -> None:
    """Draw the rows as a table of words; on a phone, the others unfold."""
    visit = one.visit
    written = [_written(one, row, columns) for row in rows.to_dict("records")]
    caption = visit.text(f"page.lifecycle.list.{key}", count=len(rows))
    folding.draw(visit, columns, written, caption=caption, key=key, numeric=_NUMBERS)


def _written(
    one: Scene, row: Mapping[Any, Any], columns: Mapping[str, str]
) -> dict[str, Any]:
    """Return a row as text; the name leads to the person's card."""
    language = one.visit.language
    cells: dict[str, Any] = {}
    for name in columns:
        value = row[name]
        if name in _DAYS:
            cells[name] = formats.day(value, language)
        elif name in _NUMBERS:
            cells[name] = formats.number(value, language)
        elif name == "verdict" and "state" in row:
            cells[name] = Html(components.chip(str(row["state"]), str(value)))
        else:
            cells[name] = value
    query = urlencode({**_query(one, str(row["user_id"])), "lang": language})
    where = escape(f"adoption?{query}", quote=True)
    cells["name"] = Html(f'<a href="{where}">{escape(str(row["name"]))}</a>')
    return cells


def _query(one: Scene, user_id: str) -> dict[str, str]:
    """Return the address of the person's card on the page of adoption, same month."""
    query = {"person": user_id}
    if "month" in st.query_params:
        query["month"] = one.period.month
    return query


def _open(one: Scene, user_id: str) -> None:
    links.go("adoption", **_query(one, user_id))


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
