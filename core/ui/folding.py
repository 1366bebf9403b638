"""A table that is short on a phone: its first rows show, the others unfold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from core.i18n import plural
from core.ui import components
from core.ui.tables import brief, table
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
    line: Sequence[str] | None = None,
    most: int | None = None,
    stack: bool = True,
) -> None:
    """Draw the rows of `core.ui.tables.table`; ``key`` names what unfolds.

    ``line`` makes each row one line on a phone, as `core.ui.tables.brief` does, of
    these columns beside the name: put the worst rows first. ``most`` is how many a
    large screen shows at once, None for all of them. Without ``stack`` a row of few
    columns stays a row on a phone.
    """

    def written(some: Sequence[Mapping[str, Any]], said: str) -> str:
        if line is not None and visit.is_phone:
            return brief(columns, some, line, caption=said)
        kinds: dict[str, Any] = {"numeric": numeric, "strong": strong}
        is_card = stack or not visit.is_phone
        return table(columns, some, caption=said, stack=is_card, **kinds)

    first = _FIRST if visit.is_phone else most or len(rows)
    # One more row takes no more room than the words that would unfold it.
    shown = rows if len(rows) == first + 1 else rows[:first]
    components.show(written(shown, caption))
    others = rows[len(shown) :]
    if others:
        label = plural("common.others", len(others), visit.language)
        with st.expander(label, key=f"more_{key}"):
            components.show(written(others, label))
