"""Charts that show a symptom to a sceptic: teams compared, people by their silence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import Figure, Look, style, tooltip
from core.charts.symptoms_marks import HEADROOM, Line, Writer, shades, words

TEAMS_SHOWN = 16


def teams(
    frame: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    indicator: str,
    written: Writer,
    thresholds: Sequence[Line] = (),
    note: str = "",
) -> Figure:
    """Return one share a team as bars, the highest first.

    ``frame`` has ``team``, ``value`` (0..1) and ``kind`` (``past`` or ``now``, which is
    saturated). A team without a value is too small to be shown: it is left out of the
    drawing and has a dash in the table. At most TEAMS_SHOWN teams are drawn: those at
    both ends.
    """
    colours = look.colours
    rows = frame[["team", "value", "kind"]].sort_values(
        "value", ascending=False, na_position="last"
    )
    rows = rows.assign(shown=[written(value) for value in rows["value"]])
    known = rows[rows["value"].notna()]
    if len(known) > TEAMS_SHOWN:
        half = TEAMS_SHOWN // 2
        known = pd.concat([known.head(half), known.tail(half)])
    y = alt.Y(
        "team:N",
        sort=list(known["team"]),
        title=None,
        axis=alt.Axis(labelLimit=130, grid=False),
        scale=alt.Scale(paddingInner=0.35),
    )
    x = alt.X(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1.12], nice=False),
        axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    fill, edge = shades(look)
    base = alt.Chart(known)
    bars = base.mark_bar(cornerRadiusEnd=4, strokeWidth=1).encode(
        x,
        y,
        fill,
        edge,
        tooltip=tooltip(("team", look.text("filter.team")), ("shown", indicator)),
    )
    layers: list[Any] = [bars]
    for line in thresholds:
        chart = alt.Chart(pd.DataFrame({"value": [line.value], "words": [line.words]}))
        rule = chart.mark_rule(color=colours.text, strokeDash=[6, 4], strokeWidth=1.4)
        layers.append(rule.encode(alt.X("value:Q")))
        at_top = [alt.X("value:Q"), alt.Text("words:N"), alt.YValue(0)]
        place: dict[str, Any] = {"baseline": "bottom", "dy": -4, "align": "center"}
        layers.append(words(chart, look, at_top, color=colours.text, **place))
    beside: dict[str, Any] = {"align": "left", "dx": 5, "color": colours.text}
    layers.append(words(base, look, [x, y, alt.Text("shown:N")], **beside))
    table = pd.DataFrame(
        {look.text("filter.team"): rows["team"], indicator: rows["shown"]}
    )
    drawing = style(alt.layer(*layers), look, height=34 * max(1, len(known)) + 46)
    return Figure(drawing, title, alt_text, table, note)


def silence(
    frame: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    indicator: str,
    line: Line,
    remark: str,
    note: str = "",
    height: int = 260,
) -> Figure:
    """Return how many people left their last trace so many weeks ago.

    ``frame`` has ``weeks`` (0 to 12, the last for more), ``words`` (its name) and
    ``people``, null where too few to be shown. Those at ``line.value`` weeks or more
    are saturated, and ``remark`` says how many they are.
    """
    colours = look.colours
    rows = frame[["weeks", "words", "people"]].sort_values("weeks")
    rows = rows.assign(
        left=rows["weeks"] - 0.42,
        right=rows["weeks"] + 0.42,
        kind=["now" if weeks >= line.value else "past" for weeks in rows["weeks"]],
        shown=[look.number(value) for value in rows["people"]],
    )
    known = rows[rows["people"].notna()]
    top = max(1.0, float(known["people"].max()) if len(known) else 1.0)
    x = alt.X(
        "left:Q",
        title=look.text("chart.weeks_silent"),
        scale=alt.Scale(domain=[-0.7, 12.7], nice=False),
        axis=alt.Axis(
            grid=False,
            values=[0, 2, 4, 6, 8, 10, 12],
            labelExpr="datum.value == 12 ? '12+' : format(datum.value, 'd')",
        ),
    )
    fill, stroke = shades(look)
    bars = (
        alt.Chart(known)
        .mark_rect(cornerRadiusTopLeft=3, cornerRadiusTopRight=3, strokeWidth=1)
        .encode(
            x,
            alt.X2("right:Q"),
            alt.Y(
                "people:Q",
                title=look.text("chart.people"),
                scale=alt.Scale(domain=[0, top * HEADROOM], nice=False),
                axis=alt.Axis(tickCount=4, tickMinStep=1, format=",.0f"),
            ),
            alt.Y2Datum(0),
            fill,
            stroke,
            tooltip=tooltip(("words", look.text("chart.period")), ("shown", indicator)),
        )
    )
    edge = pd.DataFrame(
        {"left": [line.value - 0.5], "words": [line.words], "remark": [remark]}
    )
    chart = alt.Chart(edge)
    rule = chart.mark_rule(color=colours.text, strokeDash=[6, 4], strokeWidth=1.4)
    place: dict[str, Any] = {"align": "left", "dx": 6, "color": colours.text}
    layers = [
        bars,
        rule.encode(alt.X("left:Q")),
        words(
            chart,
            look,
            [alt.X("left:Q"), alt.YValue(12), alt.Text("remark:N")],
            **place,
        ),
        words(
            chart,
            look,
            [alt.X("left:Q"), alt.YValue(30), alt.Text("words:N")],
            **{**place, "fontWeight": 400, "color": colours.muted},
        ),
    ]
    table = pd.DataFrame(
        {look.text("chart.period"): rows["words"], indicator: rows["shown"]}
    )
    drawing = style(alt.layer(*layers), look, height=height)
    return Figure(drawing, title, alt_text, table, note)
