"""A chart about people: days against actions."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import (
    FONT,
    Figure,
    Look,
    style,
    tooltip,
)
from core.i18n import plural

# Persons named beside their point; above, the group is counted instead.
NAMED = 3
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
    # Whoever comes and does nothing is below, though within the range of days.
    idle = low[(low["login_days"] >= expected[0]) & (low["actions"] == 0)]
    low = low.drop(idle.index)
    layers = [*_band(expected[0], min(expected[1], days_max + 0.6), look), points]
    if len(low):
        # Their number stands above all who are below, the least far too.
        under = frame.loc[frame["verdict"].isin(("watch", "at_risk")), "actions"]
        layers += _named(low, look, days_max / 2, float(under.max()))
    if len(idle):
        layers.append(_idle(idle, look))
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


def _named(low: pd.DataFrame, look: Look, middle: float, top: float) -> list[alt.Chart]:
    """Return the words for the points far below: their names, or their number.

    A name stays beside its point, on the side where there is room; the number of many
    stands above them, at ``top`` actions, from the leftmost on.
    """
    words: dict[str, Any] = {
        "color": look.colours.bad,
        "font": FONT,
        "fontSize": 12,
        "fontWeight": 600,
    }
    if len(low) > NAMED:
        count = plural("chart.far_below", len(low), look.language)
        place = {
            "login_days": [float(low["login_days"].min())],
            "actions": [top],
            "name": [count],
        }
        above = alt.Chart(pd.DataFrame(place)).mark_text(
            align="left", baseline="bottom", dx=2, dy=-11, **words
        )
        return [_words(above)]
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


def _words(chart: alt.Chart) -> alt.Chart:
    return chart.encode(alt.X("login_days:Q"), alt.Y("actions:Q"), alt.Text("name:N"))


def _idle(idle: pd.DataFrame, look: Look) -> alt.Chart:
    """Return the words for points without any action, on their left."""
    said = [
        look.text("chart.no_action", days=plural("count.day", days, look.language))
        for days in idle["login_days"]
    ]
    return _words(
        alt.Chart(idle[["login_days", "actions"]].assign(name=said)).mark_text(
            align="right",
            dx=-9,
            dy=-4,
            color=look.colours.bad,
            font=FONT,
            fontSize=12,
            fontWeight=600,
        )
    )
