"""What every chart shares: its look, its words and its table.

Charts are built with ``alt.X`` and ``alt.Y`` objects: the shorthand keywords cost
200 times as much (measured with Altair 6.3).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
from babel.dates import get_day_names, get_month_names

from core.charts.tokens import Palette, palette
from core.i18n import formats, text

FONT = "Inter, 'Segoe UI', sans-serif"
NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Look:
    """How a chart speaks and what colours it takes."""

    language: str
    theme: str = "light"

    @property
    def colours(self) -> Palette:
        """The colours of the theme."""
        return palette(self.theme)

    def text(self, key: str, /, **values: object) -> str:
        """Return a text of the catalogue."""
        return text(key, self.language, **values)

    def number(self, value: Any, digits: int = 0) -> str:
        """Return a figure as the language writes it."""
        return formats.number(value, self.language, digits=digits)


@dataclass(frozen=True)
class Figure:
    """A chart that anyone can read: drawing, title, sentence, and the figures.

    ``alt`` is the finding with its key numbers, ``table`` the same figures written for
    the reader, its headings included. None of them may be empty. ``note`` says what
    the drawing does that a reader should know.
    """

    chart: alt.LayerChart | alt.Chart
    title: str
    alt: str
    table: pd.DataFrame
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a drawing without words."""
        if not self.title or not self.alt:
            raise ValueError("a chart needs a title and its finding in words")
        if not len(self.table.columns):
            raise ValueError("a chart needs the table of its figures")

    @functools.cached_property
    def spec(self) -> dict[str, Any]:
        """The drawing as Vega-Lite reads it, checked and written once."""
        return dict(self.chart.to_dict())


@functools.cache
def vega_locale(language: str) -> dict[str, Any]:
    """Return numbers and dates of ``language`` as Vega wants them."""
    locale = formats.locale(language)
    french = language == "fr"
    # Vega's weeks start on Sunday, Babel's on Monday.
    days = [6, 0, 1, 2, 3, 4, 5]

    def day_names(width: Any) -> list[str]:
        names = get_day_names(width, "stand-alone", locale)
        return [names[day] for day in days]

    def months(width: Any) -> list[str]:
        names = get_month_names(width, "stand-alone", locale)
        return [names[month] for month in range(1, 13)]

    return {
        "number": {
            "decimal": "," if french else ".",
            "thousands": NO_BREAK if french else ",",
            "grouping": [3],
            "currency": ["", NO_BREAK + "€"] if french else ["€", ""],
            "percent": NO_BREAK + "%" if french else "%",
            "minus": formats.MINUS,
        },
        "time": {
            "dateTime": "%A %e %B %Y %H:%M",
            "date": "%d/%m/%Y" if french else "%e %b %Y",
            "time": "%H:%M",
            "periods": ["", ""] if french else ["am", "pm"],
            "days": day_names("wide"),
            "shortDays": day_names("abbreviated"),
            "months": months("wide"),
            "shortMonths": months("abbreviated"),
        },
    }


def style(chart: Any, look: Look, *, height: int) -> Any:
    """Dress ``chart``: transparent, quiet axes, the language's numbers and dates."""
    colours = look.colours
    axis = alt.AxisConfig(
        domain=False,
        ticks=False,
        gridColor=colours.line,
        gridOpacity=0.7 if look.theme == "dark" else 1,
        labelColor=colours.muted,
        titleColor=colours.muted,
        labelFontSize=12,
        titleFontSize=12,
        titleFontWeight=500,
        labelPadding=6,
        labelFont=FONT,
        titleFont=FONT,
    )
    # In one call: each ``configure_…`` would copy the whole chart again.
    return chart.properties(
        height=height,
        width="container",
        padding={"left": 2, "right": 2, "top": 2, "bottom": 2},
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        config=alt.Config(
            background="transparent",
            font=FONT,
            locale=vega_locale(look.language),
            view=alt.ViewConfig(stroke=None),
            axis=axis,
        ),
    )


def names_expression(names: Mapping[str, str]) -> str:
    """Return the axis expression that writes a key's name instead of the key."""
    return f"({json.dumps(dict(names))})[datum.value]"


def tooltip(*columns: tuple[str, str]) -> list[alt.Tooltip]:
    """Return a tooltip of (column of written text, title)."""
    return [
        alt.Tooltip(field=name, type="nominal", title=title) for name, title in columns
    ]
