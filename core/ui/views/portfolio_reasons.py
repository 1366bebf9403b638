"""Why the projects are led, period by period, and how that changes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.charts import Look
from core.charts import portfolio as charts
from core.i18n import formats, plural
from core.portfolio.reasons import FEWEST, SPANS, by_period, present
from core.portfolio.rows import Row
from core.ui import addressed, components, drawings
from core.visit import Visit

_RESCUE = "rescue"


def draw(visit: Visit, rows: Sequence[Row]) -> None:
    """Draw the shares of the reasons, or say what to type to see them.

    Few projects are read one by one: they make no share.
    """
    if len(rows) < FEWEST:
        return
    with st.container(key="card_reasons"):
        undated = sum(row.project.year is None for row in rows)
        if undated == len(rows):
            title = visit.text("page.portfolio.reasons.title")
            missing = visit.text("page.portfolio.reasons.missing")
            components.show(components.heading(title, missing))
            return
        span = st.segmented_control(
            visit.text("page.portfolio.reasons.span"),
            SPANS,
            format_func=lambda one: visit.text(f"page.portfolio.reasons.span_{one}"),
            required=True,
            label_visibility="collapsed",
            **addressed.one_of("span", "portfolio_span", SPANS),
        )
        periods = by_period([row.project for row in rows], span or SPANS[0])
        _chart(visit, periods, undated)


def _chart(visit: Visit, periods: pd.DataFrame, undated: int) -> None:
    names = {
        reason: visit.text(f"page.portfolio.reason.{reason}")
        for reason in present(periods)
    }
    look = Look(visit.language, visit.theme)
    title = answer(visit, periods)
    lines = [_line(visit, row) for row in periods.to_dict("records")]
    notes = []
    if (periods["total"] < FEWEST).any():
        notes.append(visit.text("page.portfolio.reasons.few", count=FEWEST))
    if undated:
        notes.append(plural("page.portfolio.reasons.undated", undated, visit.language))
    figure = charts.reasons(
        periods,
        look,
        title=title,
        alt_text=" ".join([title, *lines]),
        names=names,
        written=[_cells(visit, row, names) for row in periods.to_dict("records")],
        headings=(
            visit.text("chart.period"),
            visit.text("page.portfolio.reasons.total"),
        ),
        fewest=FEWEST,
        note=" ".join(notes),
    )
    drawings.draw(visit, figure, "reasons")


def answer(visit: Visit, periods: pd.DataFrame) -> str:
    """Return how rescues went from the first period to the last, in counts."""
    first, last = periods.iloc[0], periods.iloc[-1]

    def said(row: pd.Series[int]) -> str:
        count = plural("page.portfolio.reasons.rescue", row[_RESCUE], visit.language)
        return visit.text(
            "page.portfolio.reasons.in_period",
            count=count,
            whole=formats.number(row["total"], visit.language),
            period=row["period"],
        )

    if len(periods) == 1:
        return said(first)
    return visit.text(
        "page.portfolio.reasons.compared", first=said(first), last=said(last)
    )


def part(visit: Visit, count: int, total: int) -> str:
    """Return a count, with its share where there are projects enough."""
    written = formats.number(count, visit.language)
    if total < FEWEST or not count:
        return written
    return f"{written} ({formats.percent(count / total, visit.language)})"


def _line(visit: Visit, row: Mapping[Hashable, Any]) -> str:
    total = row["total"]
    parts = [
        f"{visit.text(f'page.portfolio.reason.{reason}')} {part(visit, count, total)}"
        for reason, count in row.items()
        if reason not in ("period", "total") and count
    ]
    count = plural("page.portfolio.reasons.projects", total, visit.language)
    listed = formats.listing(parts, visit.language)
    return visit.text(
        "page.portfolio.reasons.line", period=row["period"], count=count, parts=listed
    )


def _cells(
    visit: Visit, row: Mapping[Hashable, Any], names: Mapping[str, str]
) -> dict[str, str]:
    """Return one period as the table writes it."""
    cells = {
        name: part(visit, row[reason], row["total"]) for reason, name in names.items()
    }
    total = formats.number(row["total"], visit.language)
    return {
        visit.text("chart.period"): str(row["period"]),
        **cells,
        visit.text("page.portfolio.reasons.total"): total,
    }
