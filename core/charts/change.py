"""Who moved most since the month before: one arrow a person."""

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
from core.i18n import formats

# Pixels that "+12" takes beside its arrow.
_CHANGE = 34


def largest(people: pd.DataFrame, *, falls: int = 10, rises: int = 6) -> pd.DataFrame:
    """Return the people whose ``current`` moved most from ``previous``, falls first."""
    change = people["current"] - people["previous"]
    moved = people.assign(change=change).sort_values("change", kind="stable")
    down = moved[moved["change"] < 0].head(falls)
    up = moved[moved["change"] > 0].tail(rises).iloc[::-1]
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
        # The tip of a head, not its middle, is at the value.
        base.mark_point(
            filled=True,
            size=95,
            opacity=1,
            xOffset=alt.ExprRef("datum.way == 'up' ? -4 : 4"),
        )
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
