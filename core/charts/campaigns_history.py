"""A rate of campaigns over time: one panel a group, all on one scale from zero."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Key, Look, style, tooltip
from core.i18n import formats

HEIGHT = 130
_WEEKS = 21  # days of air at both ends of the time axis


def over_time(
    rows: pd.DataFrame,
    everyone: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    indicator: str,
    written: Callable[[Any], str],
    top: float,
    span: tuple[date, date],
    breaks: Sequence[date] = (),
) -> Figure:
    """Return a rate of one group by month, over all campaigns in the background.

    Both frames have ``day`` (the first of the month), ``era``, ``value``, ``low`` and
    ``high``: the ends of the interval, None where the volume makes it needless. A line
    never joins two eras; ``breaks`` are the days between them. ``top`` ends the scale
    and ``span`` the time axis, the same for every panel.
    """
    colours = look.colours
    frame = _dated(rows)
    frame["month"] = [formats.month(day, look.language) for day in rows["day"]]
    frame["words"] = [written(value) for value in rows["value"]]
    first, last = (pd.Timestamp(day) for day in span)
    air = pd.Timedelta(days=_WEEKS)
    domain = [
        {"year": day.year, "month": day.month, "date": day.day}
        for day in (first - air, last + air)
    ]
    x = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(domain=domain),
        axis=alt.Axis(
            format="%b %y",
            tickCount=4,
            grid=False,
            labelOverlap="greedy",
            labelSeparation=8,
        ),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(format=".1%" if top < 0.1 else ".0%", tickCount=3),
    )
    era = alt.Detail("era:N")
    base = alt.Chart(frame)
    shown = frame[frame["low"].notna() & frame["high"].notna()]
    layers = [
        alt.Chart(_dated(everyone))
        .mark_line(color=colours.ghost, strokeWidth=1.5, opacity=0.6)
        .encode(x, y, era),
        alt.Chart(shown)
        .mark_rule(color=colours.muted, strokeWidth=1.4)
        .encode(x, alt.Y("low:Q", title=None), alt.Y2("high:Q")),
        base.mark_line(color=colours.accent, strokeWidth=2).encode(x, y, era),
        base.mark_point(
            filled=True, size=55, color=colours.accent, opacity=1, stroke=colours.card
        ).encode(
            x,
            y,
            tooltip=tooltip(("month", look.text("chart.month")), ("words", indicator)),
        ),
    ]
    if breaks:
        layers += _breaks(breaks, look)
    table = pd.DataFrame(
        {look.text("chart.month"): frame["month"], indicator: frame["words"]}
    )
    drawing = style(alt.layer(*layers), look, height=HEIGHT)
    keys = (
        Key(title, "accent", sign="dot"),
        Key(look.text("chart.every_campaign"), "ghost", sign="rule"),
    )
    return Figure(drawing, title, alt_text, table, keys=keys)


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    frame = rows[["day", "era", "value", "low", "high"]].copy()
    # Written as local midnight: a browser west of London would show the day before.
    frame["day"] = [f"{day:%Y-%m-%d}T00:00:00" for day in frame["day"]]
    for column in ("value", "low", "high"):
        frame[column] = frame[column].astype("Float64")
    return frame


def _breaks(days: Sequence[date], look: Look) -> list[alt.Chart]:
    """Return the days on which the definition changed; the last bears the word."""
    frame = pd.DataFrame(
        {
            "day": [f"{day:%Y-%m-%d}T00:00:00" for day in days],
            "words": look.text("chart.definition_changed"),
        }
    )
    base = alt.Chart(frame)
    words = alt.Chart(frame.tail(1)).mark_text(
        font=FONT,
        fontSize=10.5,
        color=look.colours.muted,
        align="left",
        baseline="bottom",
        dx=4,
        dy=-2,
    )
    return [
        base.mark_rule(color=look.colours.line2, strokeDash=[4, 3]).encode(
            alt.X("day:T")
        ),
        words.encode(alt.X("day:T"), alt.YValue("height"), alt.Text("words:N")),
    ]
