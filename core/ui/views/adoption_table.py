"""Everybody in one sortable table, and as files to take away."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core import exports, indicators
from core.accounts import audit
from core.i18n import plural
from core.scene import Scene
from core.ui import components
from core.ui.views.person_words import days_moved, profile_name, records, why

_ORDER = {"at_risk": 0, "watch": 1, "not_enough_data": 2, "healthy": 3}
_NUMBERS = ("active_days", "expected_days", "days_moved", "actions", "login_days")
# Columns in order, and how wide each is on the screen, in pixels.
_WIDTHS = {
    "name": 150,
    "team": 140,
    "verdict": 115,
    "active_days": 90,
    "expected_days": 108,
    "days_moved": 128,
    "actions": 74,
    "login_days": 132,
    "profile": 170,
    "why": 620,
}


def rows(one: Scene) -> pd.DataFrame:
    """Return the people to show, those to support first, in the reader's words."""
    look = one.look
    people = indicators.members(one.shown)
    people = people[people["verdict"] != "excluded"]
    known = records(people)
    running = one.period.is_running
    words = people.assign(
        rank=people["verdict"].map(_ORDER),
        why=[why(look, row).replace("**", "") for row in known],
        days_moved=pd.array(
            [days_moved(row, is_running=running) for row in known], dtype="Int64"
        ),
    )
    words = words.sort_values(["rank", "active_days", "name"], ignore_index=True)
    return words.assign(
        verdict=[look.text(f"verdict.{code}") for code in words["verdict"]],
        profile=[profile_name(look, code) for code in words["profile"]],
        expected_days=words["expected_days"].round(1),
    )


def headings(one: Scene) -> dict[str, str]:
    """Return the columns of the table and of the files, with their headings."""
    return {name: one.visit.text(f"page.adoption.column.{name}") for name in _WIDTHS}


def draw(one: Scene) -> str | None:
    """Draw the table and its files; return the person whose row was clicked."""
    visit = one.visit
    words, columns = rows(one), headings(one)
    with st.container(border=True, key="card_everybody"):
        count = plural("count.person", len(words), visit.language)
        note = visit.text("page.adoption.table_note")
        components.show(components.heading(count, note))
        shapes = {
            name: st.column_config.NumberColumn(
                columns[name], width=width, format="%.0f"
            )
            if name in _NUMBERS
            else st.column_config.TextColumn(columns[name], width=width)
            for name, width in _WIDTHS.items()
        }
        state: Any = st.dataframe(
            words[list(_WIDTHS)],
            hide_index=True,
            column_config=shapes,
            height=min(38 * (len(words) + 1), 560),
            on_select="rerun",
            selection_mode="single-row",
            key="everybody",
            placeholder="–",
            alt=f"{count}. {note}",
        )
        _files(one, words, columns)
    picked = state.selection.rows
    return str(words["user_id"].iloc[picked[0]]) if picked else None


def _files(one: Scene, words: pd.DataFrame, columns: dict[str, str]) -> None:
    visit = one.visit
    if not visit.can("export"):
        return
    month = one.period.month
    note = partial(audit.record, visit.who, "export", visit.workspace_id, list="use")
    name = partial(exports.file_name, "adoption", visit.workspace_name, month)
    with st.container(horizontal=True, key="adoption_files"):
        st.download_button(
            visit.text("action.download_csv"),
            partial(exports.csv_bytes, words, columns, visit.language),
            name(suffix="csv"),
            "text/csv",
            key="adoption_csv",
            on_click=note,
        )
        st.download_button(
            visit.text("action.download_xlsx"),
            partial(exports.xlsx_bytes, words, columns, visit.language),
            name(suffix="xlsx"),
            key="adoption_xlsx",
            on_click=note,
        )
