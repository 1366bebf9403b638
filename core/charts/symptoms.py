"""Charts that show a symptom to a sceptic: time against a threshold, teams compared.

The rows that decide are saturated, everything else is pale; a period that proves
nothing is hollow. Shades differ in lightness, so that a grey print says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, style, tooltip

Writer = Callable[[Any], str]
# What a row is to the finding: context, what decides, or left out of the judgement.
KINDS = ("past", "now", "apart")
TEAMS_SHOWN = 16
# Room above the highest value for the words beside it.
_HEADROOM = 1.22
_MONTH = (
    "timeFormat(datum.value, '%m') == '01'"
    " ? [timeFormat(datum.value, '%b'), timeFormat(datum.value, '%Y')]"
    " : timeFormat(datum.value, '%b')"
)


@dataclass(frozen=True)
class Line:
    """A threshold: its value on the axis and the words that name it."""

    value: float
    words: str


@dataclass(frozen=True)
class Remark:
    """A few words on the drawing, above the value of one period."""

    at: pd.Timestamp
    value: float
    words: str


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
    slope: tuple[float, float] | None = None,
    note: str = "",
    axis_format: str = ".0%",
    height: int = 260,
) -> Figure:
    """Return one indicator by week or by month, as bars.

    ``frame`` has ``start`` and ``end`` (timestamps that bound the period), ``words``
    (its name), ``value`` and ``kind`` (one of KINDS). A period without data has no bar
    and a dash in the table. ``slope`` is the trend: its value at the first and at the
    last period. ``written`` writes a value for the reader.
    """
    colours = look.colours
    rows = frame[["start", "end", "words", "value", "kind"]].sort_values("start")
    rows = rows.assign(shown=[written(value) for value in rows["value"]])
    known = rows[rows["value"].notna()]
    tops = [float(known["value"].max()) if len(known) else 0.0, *(slope or ())]
    tops += [] if threshold is None else [threshold.value]
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[0, max(*tops, 1e-9) * _HEADROOM], nice=False),
        axis=alt.Axis(tickCount=4, format=axis_format),
    )
    x = _time_axis(rows)
    shades = [colours.seq1, colours.accent, "transparent"]
    edges = [colours.seq2, colours.accent, colours.line2]
    bars = (
        alt.Chart(known)
        .mark_rect(cornerRadiusTopLeft=3, cornerRadiusTopRight=3, strokeWidth=1)
        .encode(
            x,
            alt.X2("end:T"),
            y,
            alt.Y2Datum(0),
            alt.Color(
                "kind:N",
                scale=alt.Scale(domain=list(KINDS), range=shades),
                legend=None,
            ),
            alt.Stroke(
                "kind:N", scale=alt.Scale(domain=list(KINDS), range=edges), legend=None
            ),
            alt.StrokeDash(
                "kind:N",
                scale=alt.Scale(domain=list(KINDS), range=[[1, 0], [1, 0], [3, 3]]),
                legend=None,
            ),
            tooltip=tooltip(("words", look.text("chart.period")), ("shown", indicator)),
        )
    )
    layers: list[Any] = [bars]
    if slope is not None and len(known):
        layers.append(_slope(known, slope, look))
    if threshold is not None:
        layers += _threshold(threshold, look)
    layers += [_remark(one, rows, look) for one in remarks]
    table = pd.DataFrame(
        {look.text("chart.period"): rows["words"], indicator: rows["shown"]}
    )
    drawing = style(alt.layer(*layers), look, height=height)
    return Figure(drawing, title, alt_text, table, note)


def _time_axis(rows: pd.DataFrame) -> alt.X:
    """Return the axis of time, months named: under their bar where a bar is a month."""
    middles = rows["start"] + (rows["end"] - rows["start"]) / 2
    is_monthly = bool((rows["end"] - rows["start"] > pd.Timedelta(days=20)).any())
    axis = alt.Axis(
        grid=False,
        tickCount="month",
        labelExpr=_MONTH,
        labelOverlap="greedy",
        values=[day.isoformat() for day in middles] if is_monthly else alt.Undefined,
    )
    return alt.X("start:T", title=None, axis=axis)


def _halo(look: Look) -> dict[str, Any]:
    """Return the card's colour around letters, to read them over a bar."""
    return {"stroke": look.colours.card, "strokeWidth": 4, "strokeJoin": "round"}


def _words(chart: alt.Chart, look: Look, encoding: Sequence[Any], **mark: Any) -> Any:
    """Return written words and the halo that lifts them off what lies below."""
    face: dict[str, Any] = {"font": FONT, "fontSize": 12.5, "fontWeight": 600, **mark}
    under = chart.mark_text(**{**face, **_halo(look), "color": look.colours.card})
    return alt.layer(under.encode(*encoding), chart.mark_text(**face).encode(*encoding))


def _threshold(line: Line, look: Look) -> list[Any]:
    chart = alt.Chart(pd.DataFrame({"value": [line.value], "words": [line.words]}))
    rule = chart.mark_rule(
        color=look.colours.text, strokeDash=[6, 4], strokeWidth=1.4
    ).encode(alt.Y("value:Q"))
    at_left = [alt.Y("value:Q"), alt.Text("words:N"), alt.XValue(4)]
    place: dict[str, Any] = {"align": "left", "baseline": "bottom", "dy": -4}
    return [rule, _words(chart, look, at_left, color=look.colours.text, **place)]


def _slope(known: pd.DataFrame, slope: tuple[float, float], look: Look) -> Any:
    middles = known["start"] + (known["end"] - known["start"]) / 2
    ends = pd.DataFrame(
        {"start": [middles.iloc[0], middles.iloc[-1]], "value": list(slope)}
    )
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
    return _words(
        chart,
        look,
        encoding,
        color=look.colours.text,
        align=align,
        baseline="bottom",
        dy=-6,
    )


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
    shades = [colours.seq1, colours.accent]
    edges = [colours.seq2, colours.accent]
    kinds = list(KINDS[:2])
    base = alt.Chart(known)
    bars = base.mark_bar(cornerRadiusEnd=4, strokeWidth=1).encode(
        x,
        y,
        alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=shades), legend=None),
        alt.Stroke("kind:N", scale=alt.Scale(domain=kinds, range=edges), legend=None),
        tooltip=tooltip(("team", look.text("filter.team")), ("shown", indicator)),
    )
    layers: list[Any] = [bars]
    for line in thresholds:
        chart = alt.Chart(pd.DataFrame({"value": [line.value], "words": [line.words]}))
        rule = chart.mark_rule(color=colours.text, strokeDash=[6, 4], strokeWidth=1.4)
        layers.append(rule.encode(alt.X("value:Q")))
        at_top = [alt.X("value:Q"), alt.Text("words:N"), alt.YValue(0)]
        place: dict[str, Any] = {"baseline": "bottom", "dy": -4, "align": "center"}
        layers.append(_words(chart, look, at_top, color=colours.text, **place))
    beside: dict[str, Any] = {"align": "left", "dx": 5, "color": colours.text}
    layers.append(_words(base, look, [x, y, alt.Text("shown:N")], **beside))
    table = pd.DataFrame(
        {look.text("filter.team"): rows["team"], indicator: rows["shown"]}
    )
    drawing = style(alt.layer(*layers), look, height=34 * max(1, len(known)) + 46)
    return Figure(drawing, title, alt_text, table, note)


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
    x = _time_axis(rows.assign(end=rows["start"]))
    top = max(1.0, float(rows["assigned"].max())) * _HEADROOM
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
    encoding = [alt.X("start:T"), alt.Y("value:Q"), alt.Text("words:N")]
    labels = _words(
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
