"""Charts about people: days against actions, and changes."""

from __future__ import annotations

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
from core.i18n import formats, plural

# Persons named beside their point; above, the group is counted instead.
NAMED = 3
# Pixels that "+12" takes beside its arrow.
_CHANGE = 34
_SHAPES = {
    "healthy": "circle",
    "watch": "triangle-up",
    "at_risk": "square",
    "not_enough_data": "cross",
}


def _room(values: pd.Series[float], factor: float) -> float:
    """Return the top of an axis that leaves room above for the range's name."""
    return max(1.0, float(values.max()) if len(values) else 0.0) * factor


def _band(low: float, high: float, look: Look) -> list[Any]:
    """Return the expected range on the x axis: a pale band and its name."""
    colours = look.colours
    data = pd.DataFrame(
        {"low": [low], "high": [high], "words": [look.text("chart.expected_range")]}
    )
    base = alt.Chart(data)
    return [
        base.mark_rect(
            color=colours.ok_m,
            opacity=0.14,
            stroke=colours.ok_m,
            strokeDash=[4, 3],
            cornerRadius=6,
        ).encode(
            alt.X("low:Q"),
            alt.X2("high:Q"),
            alt.YValue(0),
            alt.Y2Value("height"),
        ),
        base.mark_text(
            align="right",
            baseline="top",
            dx=-6,
            dy=6,
            color=colours.ok,
            font=FONT,
            fontSize=12,
            fontWeight=600,
        ).encode(alt.X("high:Q"), alt.YValue(0), alt.Text("words:N")),
    ]


def scatter(
    people: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    expected: tuple[float, float],
    days_max: int = 22,
    height: int = 320,
) -> Figure:
    """Return login days against actions, one point a person of one profile.

    ``people`` has ``user_id``, ``name``, ``login_days``, ``actions``, ``verdict``;
    ``expected`` is the profile's range in days. Who is excluded is not drawn. A click
    gives ``person.user_id``.
    """
    colours = look.colours
    counted = people[people["verdict"] != "excluded"]
    frame = counted[["user_id", "name", "login_days", "actions", "verdict"]].copy()
    frame["words"] = [look.text(f"verdict.{verdict}") for verdict in frame["verdict"]]
    frame["days_words"] = [look.number(value) for value in frame["login_days"]]
    frame["actions_words"] = [look.number(value) for value in frame["actions"]]
    states = list(_SHAPES)
    pick = alt.selection_point(name="person", fields=["user_id"])
    points = (
        alt.Chart(frame)
        .mark_point(
            size=130, filled=True, opacity=0.92, stroke=colours.card, strokeWidth=1.5
        )
        .encode(
            alt.X(
                "login_days:Q",
                title=look.text("chart.days_in_month"),
                scale=alt.Scale(domain=[0, days_max + 0.6], nice=False),
                axis=alt.Axis(values=list(range(0, days_max + 1, 5)), grid=False),
            ),
            alt.Y(
                "actions:Q",
                title=look.text("chart.actions_in_month"),
                scale=alt.Scale(domain=[0, _room(frame["actions"], 1.16)], nice=False),
                axis=alt.Axis(tickCount=5, format=",.0f"),
            ),
            alt.Shape(
                "verdict:N",
                scale=alt.Scale(domain=states, range=list(_SHAPES.values())),
                legend=None,
            ),
            alt.Color(
                "verdict:N",
                scale=alt.Scale(domain=states, range=[colours.mark(s) for s in states]),
                legend=None,
            ),
            tooltip=tooltip(
                ("name", look.text("chart.person")),
                ("days_words", look.text("chart.days")),
                ("actions_words", look.text("chart.actions")),
                ("words", look.text("chart.reading")),
            ),
        )
        .add_params(pick)
    )
    low = frame[frame["verdict"] == "at_risk"]
    layers = [*_band(expected[0], min(expected[1], days_max + 0.6), look), points]
    if len(low):
        layers += _named(low, look, days_max / 2)
    table = pd.DataFrame(
        {
            look.text("chart.person"): frame["name"],
            look.text("chart.days"): frame["days_words"],
            look.text("chart.actions"): frame["actions_words"],
            look.text("chart.reading"): frame["words"],
        }
    )
    drawing = style(alt.layer(*layers), look, height=height)
    return Figure(drawing, title, alt_text, table)


def _named(low: pd.DataFrame, look: Look, middle: float) -> list[alt.Chart]:
    """Return the words for the points far below: their names, or their number.

    A name stays beside its point, on the side where there is room; the number of many
    stands at the top left, where axis and range leave room for it.
    """
    words: dict[str, Any] = {
        "color": look.colours.bad,
        "font": FONT,
        "fontSize": 12,
        "fontWeight": 600,
    }
    if len(low) > NAMED:
        count = plural("chart.far_below", len(low), look.language)
        corner = alt.Chart(pd.DataFrame({"name": [count]})).mark_text(
            align="left", baseline="top", dx=4, dy=22, **words
        )
        return [corner.encode(alt.XValue(0), alt.YValue(0), alt.Text("name:N"))]
    is_left = low["login_days"] <= middle
    left: dict[str, Any] = {"align": "left", "dx": -6}
    right: dict[str, Any] = {"align": "right", "dx": 6}
    return [
        alt.Chart(part[["login_days", "actions", "name"]])
        .mark_text(dy=-14, **words, **side)
        .encode(alt.X("login_days:Q"), alt.Y("actions:Q"), alt.Text("name:N"))
        for part, side in ((low[is_left], left), (low[~is_left], right))
        if len(part)
    ]


def largest(people: pd.DataFrame, *, falls: int = 10, rises: int = 6) -> pd.DataFrame:
    """Return the people whose ``current`` moved most from ``previous``, falls first."""
    change = people["current"] - people["previous"]
    moved = people.assign(change=change).sort_values("change", kind="stable")
    down = moved[moved["change"] < 0].head(falls)
    up = moved[moved["change"] > 0].tail(rises)
    return pd.concat([down, up])


def change_arrows(
    people: pd.DataFrame, look: Look, *, title: str, alt_text: str, days_max: int = 22
) -> Figure:
    """Return one arrow a person, from last month's login days to this month's.

    ``people`` has ``user_id``, ``name``, ``previous``, ``current``, in drawing order.
    """
    colours = look.colours
    frame = people[["user_id", "name", "previous", "current"]].copy()
    frame["change"] = frame["current"] - frame["previous"]
    frame["way"] = ["up" if change > 0 else "down" for change in frame["change"]]
    frame["words"] = [formats.signed(value, look.language) for value in frame["change"]]
    for column in ("previous", "current"):
        frame[f"{column}_words"] = [look.number(value) for value in frame[column]]
    # Two people may bear one name: the axis holds ids and writes names.
    names = dict(zip(frame["user_id"], frame["name"], strict=True))
    y = alt.Y(
        "user_id:N",
        sort=list(names),
        title=None,
        axis=alt.Axis(labelExpr=names_expression(names), labelLimit=150),
    )
    base = alt.Chart(frame)
    axis = alt.Axis(
        orient="top",
        values=list(range(0, days_max + 1, 5)),
        labelExpr=f"datum.label + '\u00a0{look.text('chart.day_letter')}'",
    )
    # Room on the right, where every change is written clear of the names.
    room: list[Any] = [0, alt.ExprRef(f"width - {_CHANGE}")]
    scale = alt.Scale(domain=[-0.6, days_max], range=room, nice=False)
    x_now = alt.X("current:Q", scale=scale, axis=axis, title=None)
    colour = alt.Color(
        "way:N",
        scale=alt.Scale(domain=["down", "up"], range=[colours.bad_m, colours.ok_m]),
        legend=None,
    )
    hint = tooltip(
        ("name", look.text("chart.person")),
        ("previous_words", look.text("chart.before")),
        ("current_words", look.text("chart.now")),
        ("words", look.text("chart.change")),
    )
    pick = alt.selection_point(name="person", fields=["user_id"])
    heads = alt.Shape(
        "way:N",
        scale=alt.Scale(
            domain=["down", "up"], range=["triangle-left", "triangle-right"]
        ),
        legend=None,
    )
    layers = [
        base.mark_rule(strokeWidth=2.5).encode(x_now, alt.X2("previous:Q"), y, colour),
        base.mark_point(
            filled=True, fill=colours.card, stroke=colours.line2, size=42
        ).encode(alt.X("previous:Q", scale=scale), y),
        base.mark_point(filled=True, size=95, opacity=1)
        .encode(x_now, y, colour, heads, tooltip=hint)
        .add_params(pick),
    ]
    for way, end, ink in (
        ("down", "previous", colours.bad),
        ("up", "current", colours.ok),
    ):
        layers.append(
            alt.Chart(frame[frame["way"] == way])
            .mark_text(
                align="left", dx=10, color=ink, font=FONT, fontSize=12, fontWeight=600
            )
            .encode(alt.X(f"{end}:Q", scale=scale), y, alt.Text("words:N"))
        )
    table = pd.DataFrame(
        {
            look.text("chart.person"): frame["name"],
            look.text("chart.before"): frame["previous_words"],
            look.text("chart.now"): frame["current_words"],
            look.text("chart.change"): frame["words"],
        }
    )
    drawing = style(alt.layer(*layers), look, height=27 * len(frame) + 34)
    return Figure(drawing, title, alt_text, table)
