"""Charts that show a symptom to a sceptic: one figure over time, licences that wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import Figure, Look, style, tooltip
from core.charts.symptoms_marks import (
    HEADROOM,
    KINDS,
    Line,
    Remark,
    Writer,
    shades,
    time_axis,
    words,
)

# Two labels one above the other need this part of the height.
_LABEL_ROOM = 0.14


def timeline(
    frame: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    indicator: str,
    written: Writer,
    threshold: Line | None = None,
    remarks: Sequence[Remark] = (),
    slope: tuple[Remark, Remark] | None = None,
    note: str = "",
    axis_format: str = ".0%",
    height: int = 260,
) -> Figure:
    """Return one indicator by week or by month, as bars.

    ``frame`` has ``start`` and ``end`` (timestamps that bound the period), ``words``
    (its name), ``value`` and ``kind`` (one of KINDS). A period without data has no bar
    and a dash in the table. ``slope`` is the trend, from one end to the other.
    ``written`` writes a value for the reader.
    """
    rows = frame[["start", "end", "words", "value", "kind"]].sort_values("start")
    rows = rows.assign(shown=[written(value) for value in rows["value"]])
    known = rows[rows["value"].notna()]
    tops = [float(known["value"].max()) if len(known) else 0.0]
    tops += [end.value for end in slope or ()]
    tops += [] if threshold is None else [threshold.value]
    top = max(*tops, 1e-9) * HEADROOM
    # A share is never more than a whole, were there room above it.
    whole = axis_format.endswith("%") and top > 1
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(
            tickCount=4,
            format=axis_format,
            values=[0, 0.25, 0.5, 0.75, 1] if whole else alt.Undefined,
        ),
    )
    x = time_axis(rows)
    fill, edge = shades(look)
    bars = (
        alt.Chart(known)
        .mark_rect(cornerRadiusTopLeft=3, cornerRadiusTopRight=3, strokeWidth=1)
        .encode(
            x,
            alt.X2("end:T"),
            y,
            alt.Y2Datum(0),
            fill,
            edge,
            alt.StrokeDash(
                "kind:N",
                scale=alt.Scale(domain=list(KINDS), range=[[1, 0], [1, 0], [3, 3]]),
                legend=None,
            ),
            tooltip=tooltip(("words", look.text("chart.period")), ("shown", indicator)),
        )
    )
    layers: list[Any] = [bars]
    if slope is not None:
        layers.append(_slope(slope, look))
    if threshold is not None:
        layers += _threshold(threshold, look)
    layers += [_remark(one, rows, look) for one in remarks]
    table = pd.DataFrame(
        {look.text("chart.period"): rows["words"], indicator: rows["shown"]}
    )
    drawing = style(alt.layer(*layers), look, height=height)
    return Figure(drawing, title, alt_text, table, note)


def _threshold(line: Line, look: Look) -> list[Any]:
    chart = alt.Chart(pd.DataFrame({"value": [line.value], "words": [line.words]}))
    rule = chart.mark_rule(
        color=look.colours.text, strokeDash=[6, 4], strokeWidth=1.4
    ).encode(alt.Y("value:Q"))
    at_left = [alt.Y("value:Q"), alt.Text("words:N"), alt.XValue(4)]
    place: dict[str, Any] = {"align": "left", "baseline": "bottom", "dy": -4}
    return [rule, words(chart, look, at_left, color=look.colours.text, **place)]


def _slope(slope: tuple[Remark, Remark], look: Look) -> Any:
    ends = pd.DataFrame([{"start": end.at, "value": end.value} for end in slope])
    return (
        alt.Chart(ends)
        .mark_line(color=look.colours.bad_m, strokeWidth=2.6)
        .encode(alt.X("start:T"), alt.Y("value:Q"))
    )


def _remark(one: Remark, rows: pd.DataFrame, look: Look) -> Any:
    first, last = rows["start"].min(), rows["end"].max()
    place = (one.at - first) / max(last - first, pd.Timedelta(days=1))
    align = "left" if place < 0.35 else "right" if place > 0.65 else "center"
    chart = alt.Chart(
        pd.DataFrame({"start": [one.at], "value": [one.value], "words": [one.words]})
    )
    encoding = [alt.X("start:T"), alt.Y("value:Q"), alt.Text("words:N")]
    return words(
        chart,
        look,
        encoding,
        color=look.colours.text,
        align=align,
        baseline="bottom",
        dy=-6,
    )


def waiting(
    frame: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    names: tuple[str, str],
    remark: str,
    note: str = "",
    height: int = 260,
) -> Figure:
    """Return licences assigned against those ever activated, both since the start.

    ``frame`` has ``start`` (timestamp), ``words``, ``assigned`` and ``activated``,
    running totals of accounts. What waits, the difference, is saturated. ``names`` are
    the words for assigned and activated, ``remark`` those for what waits at the end.
    """
    colours = look.colours
    rows = frame[["start", "words", "assigned", "activated"]].sort_values("start")
    for name in ("assigned", "activated"):
        rows[f"{name}_words"] = [look.number(value) for value in rows[name]]
    base = alt.Chart(rows)
    x = time_axis(rows.assign(end=rows["start"]))
    top = max(1.0, float(rows["assigned"].max())) * HEADROOM
    scale = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(tickCount=4, tickMinStep=1, format=",.0f")
    hints = tooltip(
        ("words", look.text("chart.period")),
        ("assigned_words", names[0]),
        ("activated_words", names[1]),
    )
    gap = base.mark_area(interpolate="step-after", color=colours.accent).encode(
        x,
        alt.Y("activated:Q", title=None, scale=scale, axis=axis),
        alt.Y2("assigned:Q"),
        tooltip=hints,
    )
    held = base.mark_area(
        interpolate="step-after",
        color=colours.seq1,
        line={"color": colours.seq2, "strokeWidth": 1},
    ).encode(
        x,
        alt.Y("activated:Q", title=None, scale=scale, axis=axis),
        tooltip=hints,
    )
    last = rows.iloc[-1]
    ends = pd.DataFrame(
        {
            "start": [last["start"]] * 2,
            "value": [float(last["assigned"]), float(last["activated"])],
            "words": [remark, f"{names[1]} : {last['activated_words']}"],
        }
    )
    if last["assigned"] - last["activated"] < _LABEL_ROOM * top:
        ends = ends.head(1)
    encoding = [alt.X("start:T"), alt.Y("value:Q"), alt.Text("words:N")]
    labels = words(
        alt.Chart(ends),
        look,
        encoding,
        color=colours.text,
        align="right",
        baseline="bottom",
        dy=-6,
    )
    table = pd.DataFrame(
        {
            look.text("chart.period"): rows["words"],
            names[0]: rows["assigned_words"],
            names[1]: rows["activated_words"],
        }
    )
    drawing = style(alt.layer(held, gap, labels), look, height=height)
    return Figure(drawing, title, alt_text, table, note)
