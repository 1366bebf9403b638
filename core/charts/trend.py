"""Charts over months: one indicator, and who comes, stays and goes."""

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
# Drawn upwards in this order from zero; the last ones, below zero.
ARRIVING = ("returning", "new", "resurrected")
LEAVING = ("dormant", "left")
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


def _month_axis(frame: pd.DataFrame, look: Look) -> alt.X:
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
        axis=alt.Axis(tickCount=4, labels=False),
    )
    bars = base.mark_bar(cornerRadiusEnd=4, strokeWidth=1.2).encode(
        _month_axis(frame, look),
        y,
        alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=shades), legend=None),
        alt.Stroke("kind:N", scale=alt.Scale(domain=kinds, range=edges), legend=None),
        tooltip=tooltip(
            ("month_words", look.text("chart.month")), ("words", indicator)
        ),
    )
    ends = known[known["kind"] != "past"]
    values = (
        alt.Chart(ends)
        .mark_text(dy=-9, font=FONT, fontSize=12.5, fontWeight=600, color=colours.text)
        .encode(_month_axis(frame, look), y, alt.Text("words:N"))
    )
    table = pd.DataFrame(
        {look.text("chart.month"): frame["month_words"], indicator: frame["words"]}
    )
    drawing = style(alt.layer(bars, values), look, height=height)
    return Figure(drawing, title, alt_text, table)


def lifecycle(
    months: pd.DataFrame, look: Look, *, title: str, alt_text: str, height: int = 240
) -> Figure:
    """Return who is active each month above the line, who stopped below it.

    ``months`` are the rows of ``mart_lifecycle``: ``month`` and ``<stage>_people`` for
    returning, new, resurrected, dormant and left.
    """
    colours = look.colours
    shades = {
        "returning": colours.seq2,
        "new": colours.ok_m,
        "resurrected": colours.p2,
        "dormant": colours.warn_m,
        "left": colours.na_m,
    }
    order = [*ARRIVING, *LEAVING]
    wide = months.rename(columns={f"{stage}_people": stage for stage in order})
    frame = wide.melt("month", order, var_name="stage", value_name="people")
    frame = frame[frame["people"].notna()]
    frame["rank"] = [order.index(stage) for stage in frame["stage"]]
    frame = frame.sort_values(["month", "rank"])
    frame["signed"] = [
        -people if stage in LEAVING else people
        for stage, people in zip(frame["stage"], frame["people"], strict=True)
    ]
    frame["stage_words"] = [look.text(f"lifecycle.{stage}") for stage in frame["stage"]]
    frame["people_words"] = [look.number(people) for people in frame["people"]]
    frame["month_words"] = [
        formats.month(month, look.language) for month in frame["month"]
    ]
    present = [stage for stage in order if stage in set(frame["stage"])]
    bars = (
        alt.Chart(frame)
        .mark_bar(stroke=colours.card, strokeWidth=0.8)
        .encode(
            _month_axis(frame, look),
            alt.Y(
                "signed:Q",
                title=look.text("chart.people"),
                axis=alt.Axis(
                    tickCount=5, labelExpr="format(abs(datum.value), ',.0f')"
                ),
            ),
            alt.Color(
                "stage_words:N",
                scale=alt.Scale(
                    domain=[look.text(f"lifecycle.{stage}") for stage in present],
                    range=[shades[stage] for stage in present],
                ),
                legend=None,
            ),
            alt.Order("rank:Q"),
            tooltip=tooltip(
                ("month_words", look.text("chart.month")),
                ("stage_words", look.text("chart.stage")),
                ("people_words", look.text("chart.people")),
            ),
        )
    )
    zero = (
        alt.Chart(pd.DataFrame({"zero": [0]}))
        .mark_rule(color=colours.line2)
        .encode(alt.Y("zero:Q"))
    )
    by_month = wide.sort_values("month")
    table = pd.DataFrame(
        {
            look.text("chart.month"): [
                formats.month(month, look.language) for month in by_month["month"]
            ],
            **{
                look.text(f"lifecycle.{stage}"): [
                    look.number(people) for people in by_month[stage]
                ]
                for stage in order
            },
        }
    )
    drawing = style(alt.layer(bars, zero), look, height=height)
    return Figure(drawing, title, alt_text, table)


def lifecycle_legend(look: Look) -> list[tuple[str, str]]:
    """Return the key of ``lifecycle``: (CSS of the square, word) a stage."""
    tokens = {
        "returning": "seq2",
        "new": "ok-m",
        "resurrected": "p2",
        "dormant": "warn-m",
        "left": "na-m",
    }
    return [
        (f"background:var(--{token})", look.text(f"lifecycle.{stage}"))
        for stage, token in tokens.items()
    ]
