"""Charts on a page: title, drawing, what to know of it, its figures, and its files."""

from __future__ import annotations

import copy
from typing import Any

import streamlit as st

from core.charts.figure import Figure
from core.ui import components, pictures
from core.ui.tables import frame_table
from core.visit import Visit


def draw(
    visit: Visit,
    figure: Figure,
    key: str,
    *,
    heading: bool = True,
    subtitle: str = "",
    profile: str | None = None,
    selection: str = "",
    figures: bool = True,
) -> str | None:
    """Show ``figure``, its table and its files; return the id clicked, if any.

    ``selection`` is the name of the chart's selection ("person" or "campaign"), whose
    one field is returned. Without ``figures`` the page shows the keys and the table of
    several drawings together, around them. Put the call inside
    ``st.container(key="card_…")``.
    """
    if heading:
        components.show(components.heading(figure.title, subtitle, profile=profile))
    if figure.keys and figures:
        keys = [(key.css(), key.word) for key in figure.keys]
        components.show(components.legend(keys))
    # Streamlit takes the data out of what it is given; the figure is kept.
    picked: Any = st.vega_lite_chart(
        copy.deepcopy(figure.spec),
        theme=None,
        width="stretch",
        alt=figure.alt,
        key=f"chart_{key}",
        on_select="rerun" if selection else "ignore",
        selection_mode=selection or None,
    )
    if figure.note:
        components.show(components.note(figure.note))
    if figures:
        with st.expander(visit.text("action.show_figures"), key=f"figures_{key}"):
            components.show(frame_table(figure.table, caption=figure.title))
            pictures.offer(visit, figure, key)
    if not selection:
        return None
    points = picked.selection.get(selection) or []
    return str(next(iter(points[0].values()))) if points else None
