"""The retro-test drawn: use week by week since a launch, and marks against use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, style, tooltip
from core.i18n import formats
from core.score_usage import LARGEST

_SHAPES = {"right": "circle", "half": "triangle-up", "wrong": "square"}
_STATES = {"right": "healthy", "half": "watch", "wrong": "sick"}
_LONGEST = 30
_PLACES: dict[str, Literal["left", "center", "right"]] = {
    "left": "left",
    "center": "center",
    "right": "right",
}
_MOST_LABELS = 12


@dataclass(frozen=True)
class Confronted:
    """A feature: its mark at the launch, the share that uses it, and who was right."""

    name: str
    mark: float
    share: float
    agreement: str


def weekly(
    weeks: pd.DataFrame, look: Look, *, title: str, alt_text: str, measured: date
) -> Figure:
    """Return the share of people who used a feature, by week since its launch.

    ``weeks`` has week (Monday) and share, null where it may not be told; a line marks
    the day ``measured``, when the data reach it.
    """
    colours = look.colours
    frame = weeks.assign(
        words=[formats.percent(one, look.language) for one in weeks["share"]],
        when=[formats.day(one, look.language) for one in weeks["week"]],
    )
    most = float(frame["share"].max()) if frame["share"].notna().any() else 0.0
    top = min(1.0, max(0.2, round(most * 1.25 + 0.05, 1)))
    x = alt.X(
        "week:T",
        title=None,
        axis=alt.Axis(format="%b %Y", tickCount=6, grid=False, labelOverlap=True),
    )
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(format=".0%", tickCount=4),
    )
    base = alt.Chart(frame)
    layers: list[Any] = [
        base.mark_area(color=colours.accent, opacity=0.14).encode(x, y),
        base.mark_line(
            color=colours.accent,
            strokeWidth=2.2,
            point=alt.OverlayMarkDef(size=22, color=colours.accent),
        ).encode(
            x,
            y,
            tooltip=tooltip(
                ("when", look.text("chart.retro.week")),
                ("words", look.text("chart.retro.share")),
            ),
        ),
    ]
    if len(weeks) and pd.Timestamp(measured) <= weeks["week"].max() + pd.Timedelta(
        days=13
    ):
        day = formats.day(measured, look.language)
        mark = alt.Chart(
            pd.DataFrame(
                {
                    "week": [pd.Timestamp(measured)],
                    "words": [look.text("chart.retro.measured", day=day)],
                }
            )
        )
        is_late = pd.Timestamp(measured) > weeks["week"].min() + 0.6 * (
            weeks["week"].max() - weeks["week"].min()
        )
        layers += [
            mark.mark_rule(
                color=colours.text, strokeDash=[6, 4], strokeWidth=1.3
            ).encode(alt.X("week:T")),
            mark.mark_text(
                font=FONT,
                fontSize=12,
                fontWeight=600,
                color=colours.text,
                align="right" if is_late else "left",
                baseline="top",
                dx=-6 if is_late else 6,
                dy=2,
            ).encode(alt.X("week:T"), alt.YValue(0), alt.Text("words:N")),
        ]
    table = pd.DataFrame(
        {
            look.text("chart.retro.week"): frame["when"],
            look.text("chart.retro.share"): frame["words"],
        }
    )
    drawing = style(alt.layer(*layers), look, height=190)
    return Figure(drawing, title, alt_text, table)


def confronted(
    points: Sequence[Confronted],
    look: Look,
    *,
    title: str,
    alt_text: str,
    marks: tuple[float, float],
    shares: tuple[float, float],
) -> Figure:
    """Return features by mark (across) and measured use (upwards).

    ``marks`` are the limits of uncertain and likely, ``shares`` those of rejected and
    adopted. Where a mark was right stands on the diagonal; corners say what the others
    are. Beyond a dozen features only the pointer names them.
    """
    colours = look.colours
    x_scale = alt.Scale(domain=[0, LARGEST], nice=False)
    y_scale = alt.Scale(domain=[0, 1], nice=False)
    x_edges, y_edges = (0, *marks, LARGEST), (0.0, *shares, 1.0)
    zones = pd.DataFrame(
        [
            {
                "left": x_edges[column],
                "right": x_edges[column + 1],
                "low": y_edges[row],
                "high": y_edges[row + 1],
                "kind": ("right", "half", "wrong")[abs(column - row)],
            }
            for column in range(3)
            for row in range(3)
        ]
    )
    kinds = list(_SHAPES)
    tints = [colours.ok_t, colours.warn_t, colours.bad_t]
    bands = (
        alt.Chart(zones)
        .mark_rect(opacity=0.75, stroke=colours.card, strokeWidth=1)
        .encode(
            alt.X("left:Q", scale=x_scale),
            alt.X2("right:Q"),
            alt.Y("low:Q", scale=y_scale),
            alt.Y2("high:Q"),
            alt.Color(
                "kind:N", scale=alt.Scale(domain=kinds, range=tints), legend=None
            ),
        )
    )
    corners = [
        _corner(look, code, x_scale, y_scale, at)
        for code, at in (
            ("surprise", (0, 1)),
            ("adopted", (LARGEST, 1)),
            ("rejected", (0, 0)),
            ("deceived", (LARGEST, 0)),
        )
    ]
    frame = pd.DataFrame(
        [
            {
                "mark": one.mark,
                "share": one.share,
                "name": one.name,
                "label": one.name
                if len(one.name) <= _LONGEST
                else one.name[: _LONGEST - 1].rstrip() + "…",
                "kind": one.agreement,
                "place": _place(one.mark),
                "said": look.text(f"score.retro.agreement.{one.agreement}"),
                "mark_words": look.number(one.mark, 1),
                "share_words": formats.percent(one.share, look.language),
            }
            for one in points
        ]
    )
    x = alt.X(
        "mark:Q",
        scale=x_scale,
        title=look.text("chart.retro.mark"),
        axis=alt.Axis(values=[0, 2, 4, 6, 8, 10], grid=False, format="d"),
    )
    y = alt.Y(
        "share:Q",
        scale=y_scale,
        title=look.text("chart.retro.adoption"),
        axis=alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], grid=False, format=".0%"),
    )
    base = alt.Chart(frame)
    dots = base.mark_point(
        size=150, filled=True, stroke=colours.card, strokeWidth=1.5, opacity=1
    ).encode(
        x,
        y,
        alt.Shape(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=list(_SHAPES.values())),
            legend=None,
        ),
        alt.Fill(
            "kind:N",
            scale=alt.Scale(
                domain=kinds, range=[colours.mark(_STATES[kind]) for kind in kinds]
            ),
            legend=None,
        ),
        tooltip=tooltip(
            ("name", look.text("score.feature")),
            ("mark_words", look.text("chart.retro.mark")),
            ("share_words", look.text("chart.retro.adoption")),
            ("said", look.text("score.verdict")),
        ),
    )
    layers: list[Any] = [bands, *corners, dots]
    if len(frame) <= _MOST_LABELS:
        layers += [_names(base, x, y, place, colours.text) for place in _PLACES]
    table = pd.DataFrame(
        {
            look.text("score.feature"): frame["name"],
            look.text("chart.retro.mark"): frame["mark_words"],
            look.text("chart.retro.adoption"): frame["share_words"],
            look.text("score.verdict"): frame["said"],
        }
    )
    drawing = style(
        alt.layer(*layers).resolve_scale(color="independent"), look, height=360
    )
    return Figure(drawing, title, alt_text, table)


def _place(mark: float) -> str:
    """Return how a name stands under its point, so as to stay in the drawing."""
    if mark > 0.65 * LARGEST:
        return "right"
    return "left" if mark < 0.35 * LARGEST else "center"


def _names(base: alt.Chart, x: alt.X, y: alt.Y, place: str, colour: str) -> Any:
    return (
        base.transform_filter(alt.FieldEqualPredicate(field="place", equal=place))
        .mark_text(
            font=FONT,
            fontSize=12.5,
            fontWeight=500,
            color=colour,
            align=_PLACES[place],
            baseline="top",
            dx={"left": -8, "center": 0, "right": 8}[place],
            dy=10,
        )
        .encode(x, y, alt.Text("label:N"))
    )


def _corner(
    look: Look,
    code: str,
    x_scale: alt.Scale,
    y_scale: alt.Scale,
    at: tuple[float, float],
) -> Any:
    """Return the words of a corner, inside it."""
    is_left, is_low = at[0] == 0, at[1] == 0
    words = pd.DataFrame(
        {"x": [at[0]], "y": [at[1]], "words": [look.text(f"chart.retro.{code}")]}
    )
    return (
        alt.Chart(words)
        .mark_text(
            font=FONT,
            fontSize=11.5,
            color=look.colours.muted,
            align="left" if is_left else "right",
            baseline="bottom" if is_low else "top",
            lineBreak="\n",
            dx=6 if is_left else -6,
            dy=-20 if is_low else 6,
        )
        .encode(
            alt.X("x:Q", scale=x_scale),
            alt.Y("y:Q", scale=y_scale),
            alt.Text("words:N"),
        )
    )
