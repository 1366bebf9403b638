"""Charts over months: the axis they share, and one indicator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import (
    FONT,
    Figure,
    Look,
    names_expression,
    style,
    tooltip,
)
from core.i18n import formats

Writer = Callable[[Any], str]
# Pixels that the name of a month takes, its space included.
_NAME_WIDTH = 34


def _months(frame: pd.DataFrame, look: Look) -> list[str]:
    """Return a short name a month, the year below it where it starts or changes."""
    names: list[str] = []
    year = ""
    for month in frame["month"]:
        name = formats.short_month(month, look.language)
        here = str(month)[:4]
        names.append(name if here == year else f"{name}\n{here}")
        year = here
    return names


def month_axis(frame: pd.DataFrame, look: Look) -> alt.X:
    """Return the axis of ``month``, in its order, under short names.

    Where a name a month does not fit, every other one is left out, from the last back.
    """
    months = frame.drop_duplicates("month")
    names = dict(zip(months["month"], _months(months, look), strict=True))
    every_other = months.iloc[::-2].iloc[::-1]
    few = dict.fromkeys(names, "") | dict(
        zip(every_other["month"], _months(every_other, look), strict=True)
    )
    label = (
        f"width < {_NAME_WIDTH * len(names)} ? {names_expression(few)}"
        f" : {names_expression(names)}"
    )
    return alt.X(
        "month:O",
        sort=list(names),
        scale=alt.Scale(domain=list(names)),
        title=None,
        axis=alt.Axis(
            labelAngle=0,
            labelOverlap=False,
            labelExpr=f"split({label}, '\\n')",
            grid=False,
        ),
    )


def _told(known: pd.DataFrame) -> list[str]:
    """Return the months whose value is written: both ends, and where the course turns.

    A highest or lowest month beside another one that is written leaves it the room.
    """
    months = list(known["month"])
    running = known.loc[known["kind"] != "past", "month"]
    told = {0, *(months.index(month) for month in running)} if months else set()
    values = [float(value) for value in known["value"]]
    for most in (max, min) if months else ():
        place = values.index(most(values))
        if all(abs(place - other) > 1 for other in told):
            told.add(place)
    return [months[place] for place in sorted(told)]


def trend(
    months: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    indicator: str,
    written: Writer,
    height: int = 200,
) -> Figure:
    """Return one indicator by month as bars; only the last month is saturated.

    ``months`` has ``month`` ("2026-10"), ``value``, ``is_complete``. A month still
    running is hollow; a month without data has no bar and a dash in the table.
    ``written`` writes a value for the reader; ``indicator`` is its name.
    """
    colours = look.colours
    frame = months[["month", "value", "is_complete"]].sort_values("month").copy()
    frame["words"] = [written(value) for value in frame["value"]]
    frame["month_words"] = [
        formats.month(month, look.language)
        + ("" if done else look.text("chart.running"))
        for month, done in zip(frame["month"], frame["is_complete"], strict=True)
    ]
    last = frame[frame["is_complete"] & frame["value"].notna()]["month"].max()
    frame["kind"] = [
        "running" if not done else "last" if month == last else "past"
        for month, done in zip(frame["month"], frame["is_complete"], strict=True)
    ]
    kinds = ["past", "last", "running"]
    shades = [colours.seq2, colours.accent, "transparent"]
    edges = [colours.seq3, colours.accent, colours.line2]
    known = frame[frame["value"].notna()]
    base = alt.Chart(known)
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domainMin=0),
        # The values that tell the course are written: lines without a scale are idle.
        axis=alt.Axis(grid=False, labels=False),
    )
    bars = base.mark_bar(cornerRadiusEnd=4, strokeWidth=1.2).encode(
        month_axis(frame, look),
        y,
        alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=shades), legend=None),
        alt.Stroke("kind:N", scale=alt.Scale(domain=kinds, range=edges), legend=None),
        tooltip=tooltip(
            ("month_words", look.text("chart.month")), ("words", indicator)
        ),
    )
    ends = known[known["month"].isin(_told(known))]
    values = (
        alt.Chart(ends)
        .mark_text(dy=-9, font=FONT, fontSize=12.5, fontWeight=600, color=colours.text)
        .encode(month_axis(frame, look), y, alt.Text("words:N"))
    )
    table = pd.DataFrame(
        {look.text("chart.month"): frame["month_words"], indicator: frame["words"]}
    )
    drawing = style(alt.layer(bars, values), look, height=height)
    return Figure(drawing, title, alt_text, table)
