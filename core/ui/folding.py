"""A table that is short on a phone: its first rows show, the others unfold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from core.i18n import plural
from core.ui import components
from core.ui.tables import table
from core.visit import Visit

_FIRST, _FIRST_LINES = 4, 3


def draw(
    visit: Visit,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    caption: str,
    key: str,
    numeric: Collection[str] = (),
    strong: Collection[str] = (),
    is_line: bool = False,
) -> None:
    """Draw the rows of `core.ui.tables.table`; ``key`` names what unfolds.

    ``is_line`` keeps a row of few columns on one line of a phone, else it is a card.
    """
    first = _FIRST_LINES if is_line else _FIRST
    shown = rows[:first] if visit.is_phone and len(rows) > first + 1 else rows
    kinds: dict[str, Any] = {
        "numeric": numeric,
        "strong": strong,
        "stack": not (is_line and visit.is_phone),
    }
    components.show(table(columns, shown, caption=caption, **kinds))
    others = rows[len(shown) :]
    if others:
        label = plural("common.others", len(others), visit.language)
        with st.expander(label, key=f"more_{key}"):
            components.show(table(columns, others, caption=label, **kinds))
