"""The calls a year of one contact, month by month."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.charts.figure import Look
from core.charts.trend import trend
from core.i18n import formats
from core.ui import drawings
from core.visit import Visit

_MONTHS = 12


def year(visit: Visit, as_of: Any) -> pd.DataFrame:
    """Return the calls a year of one contact, by month: month, value."""
    assert visit.workspace is not None
    rows = visit.workspace.query("mart_pyramid_month", as_of=as_of).tail(_MONTHS)
    rows = rows[(rows["contacts"] > 0) & rows["calls"].notna()]
    values = (rows["calls"] / rows["contacts"]).astype("float64")
    return pd.DataFrame({"month": rows["month"], "value": values})


def draw(visit: Visit, found: pd.DataFrame) -> None:
    """Draw the calls a year of one contact, month by month."""
    if len(found) < 2:
        return
    months = found.assign(is_complete=True)

    def written(value: Any) -> str:
        return formats.number(value, visit.language, digits=1)

    first, last = map(written, found["value"].iloc[[0, -1]])
    with st.container(key="card_pyramid_months"):
        indicator = visit.text("ratio.calls_per_contact")
        figure = trend(
            months,
            Look(visit.language, visit.theme),
            title=visit.text("page.pyramid.over_time"),
            alt_text=visit.text("page.pyramid.over_time_alt", first=first, last=last),
            indicator=indicator,
            written=written,
        )
        note = visit.text("page.pyramid.over_time_note")
        drawings.draw(visit, figure, "pyramid_months", subtitle=note)
