"""A table that is short on a phone: its first rows show, the others unfold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from core.i18n import plural
from core.ui import components
from core.ui.tables import table
from core.visit import Visit

_FIRST = 4


def draw(
    visit: Visit,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    caption: str,
    key: str,
    numeric: Collection[str] = (),
    strong: Collection[str] = (),
) -> None:
    """Draw the rows of `core.ui.tables.table`; ``key`` names what unfolds."""
    shown = rows[:_FIRST] if visit.is_phone else rows
    components.show(
        table(columns, shown, caption=caption, numeric=numeric, strong=strong)
    )
    others = rows[len(shown) :]
    if others:
        label = plural("common.others", len(others), visit.language)
        with st.expander(label, key=f"more_{key}"):
            components.show(
                table(columns, others, caption=label, numeric=numeric, strong=strong)
            )
