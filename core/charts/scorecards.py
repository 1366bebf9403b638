"""Features by mark and effort: what to launch first, and what to strengthen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
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
from core.score_usage import LARGEST

_HEIGHT = 380
_MOST_LABELS = 12
_LONGEST = 34
_SIDES = ("left_up", "left_down", "right_up", "right_down")
_SHAPES = {"healthy": "circle", "watch": "triangle-up", "sick": "square"}


@dataclass(frozen=True)
class Point:
    """A feature: ``effort`` 1 to 5, ``mark`` out of 10, and the state of the mark."""

    name: str
    effort: int
    mark: float
    state: str


def _short(names: Sequence[str]) -> str:
    words = ", ".join(names)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _side(effort: int) -> str:
    """Return where a name stands: neighbours go above and below, so as not to meet."""
    return f"{'left' if effort > 3 else 'right'}_{'up' if effort % 2 else 'down'}"


def portfolio_chart(
    points: Sequence[Point],
    look: Look,
    *,
    title: str,
    alt_text: str,
    limits: tuple[float, float],
) -> Figure:
    """Return the features with the effort across and the mark upwards.

    ``limits`` are the marks from which adoption is uncertain, then likely. Features at
    one place share a point; beyond a dozen points only the pointer names them.
    """
    colours = look.colours
    places: dict[tuple[int, float], list[Point]] = defaultdict(list)
    for point in points:
        places[point.effort, point.mark].append(point)
    frame = pd.DataFrame(
        [
            {
                "effort": effort,
                "mark": mark,
                "state": group[0].state,
                "names": ", ".join(one.name for one in group),
                "label": _short([one.name for one in group]),
                "side": _side(effort),
                "words": look.number(mark, 1),
                "work": look.text(f"score.effort.{effort}"),
            }
            for (effort, mark), group in places.items()
        ]
    )
    zones = pd.DataFrame(
        {
            "low": [0, *limits],
            "high": [*limits, LARGEST],
            "zone": ["sick", "watch", "healthy"],
            "words": [
                look.text(f"score.state.{state}")
                for state in ("sick", "watch", "healthy")
            ],
        }
    )
    steps = [0, *limits, LARGEST]
    states = list(_SHAPES)
    tints = [colours.bad_t, colours.warn_t, colours.ok_t]
    y_scale = alt.Scale(domain=[0, LARGEST], nice=False)
    x_scale = alt.Scale(domain=[0.5, 5.5], nice=False)
    x = alt.X(
        "effort:Q",
        scale=x_scale,
        title=look.text("score.effort.axis"),
        axis=alt.Axis(values=[1, 2, 3, 4, 5], grid=False, format="d"),
    )
    y = alt.Y(
        "mark:Q",
        scale=y_scale,
        title=look.text("score.mark"),
        axis=alt.Axis(
            values=steps,
            grid=False,
            labelExpr=names_expression(
                {
                    f"{step:g}": look.number(step, 0 if step == int(step) else 1)
                    for step in steps
                }
            ),
        ),
    )
    bands = (
        alt.Chart(zones)
        .mark_rect(opacity=0.75)
        .encode(
            alt.Y("low:Q", scale=y_scale),
            alt.Y2("high:Q"),
            alt.Color(
                "zone:N",
                scale=alt.Scale(domain=["sick", "watch", "healthy"], range=tints),
                legend=None,
            ),
        )
    )
    named = (
        alt.Chart(zones)
        .mark_text(font=FONT, fontSize=11.5, align="right", baseline="top", dx=-6, dy=6)
        .encode(
            alt.XValue("width"),
            alt.Y("high:Q", scale=y_scale),
            alt.Text("words:N"),
            color=alt.value(colours.muted),
        )
    )
    base = alt.Chart(frame)
    marks = base.mark_point(
        size=150, filled=True, stroke=colours.card, strokeWidth=1.5, opacity=1
    ).encode(
        x,
        y,
        alt.Shape(
            "state:N",
            scale=alt.Scale(domain=states, range=list(_SHAPES.values())),
            legend=None,
        ),
        alt.Fill(
            "state:N",
            scale=alt.Scale(domain=states, range=[colours.mark(s) for s in states]),
            legend=None,
        ),
        tooltip=tooltip(
            ("names", look.text("score.feature")),
            ("words", look.text("score.mark")),
            ("work", look.text("score.effort")),
        ),
    )
    layers: list[Any] = [bands, named, marks]
    if len(frame) <= _MOST_LABELS:
        layers += [_labels(base, x, y, side, colours.text) for side in _SIDES]
    table = pd.DataFrame(
        {
            look.text("score.feature"): [one.name for one in points],
            look.text("score.mark"): [look.number(one.mark, 1) for one in points],
            look.text("score.effort"): [
                look.text(f"score.effort.{one.effort}") for one in points
            ],
            look.text("score.verdict"): [
                look.text(f"score.state.{one.state}") for one in points
            ],
        }
    )
    drawing = style(
        alt.layer(*layers).resolve_scale(color="independent"), look, height=_HEIGHT
    )
    return Figure(drawing, title, alt_text, table)


def _labels(base: alt.Chart, x: alt.X, y: alt.Y, side: str, colour: str) -> Any:
    """Return the names on one side of their points."""
    is_left, is_up = side.startswith("left"), side.endswith("up")
    return (
        base.transform_filter(alt.FieldEqualPredicate(field="side", equal=side))
        .mark_text(
            font=FONT,
            fontSize=12.5,
            fontWeight=500,
            baseline="middle",
            align="right" if is_left else "left",
            dx=-12 if is_left else 12,
            dy=-8 if is_up else 8,
        )
        .encode(x, y, alt.Text("label:N"), color=alt.value(colour))
    )
