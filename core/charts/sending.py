"""The sending days of a plan, to scale in mails and in days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
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
from core.planner import Plan

# Calendar days that stay apart on a phone; longer plans are drawn by week.
DAYS = 42
_NAMED = 12
# Pixels that a whole and a short name of a day take.
_WIDE, _NARROW = 54, 32
# Days between the first name and the next, and weeks from one name to the next.
_APART, _EVERY = 5, 8
_HEIGHT = 210


def sending(
    plan: Plan,
    look: Look,
    *,
    title: str,
    alt_text: str,
    today: date,
    off: Callable[[date], str],
    note: str = "",
) -> Figure:
    """Return the mails of each day as bars, days off as dots on the base line.

    Only the next day to come is saturated. ``off`` gives the words of a day on which
    nothing leaves. A plan of more than `DAYS` calendar days is drawn by week.
    """
    by_week = (plan.last_day - plan.first_day).days >= DAYS
    rows = _weeks(plan, look) if by_week else _days(plan, look, off)
    frame = pd.DataFrame(rows)
    coming = (frame["mails"] > 0) & (frame["last"] >= today)
    frame["kind"] = "other"
    frame.loc[frame.index[coming][:1], "kind"] = "next"
    frame = frame.drop(columns="last")
    frame["day"] = [day.isoformat() for day in frame["day"]]
    head = look.text("chart.week" if by_week else "chart.day")
    table = pd.DataFrame(
        {
            head: frame["words"],
            look.text("page.sending.mails"): frame["written"],
        }
    )
    chart = style(_layers(frame, look, head), look, height=_HEIGHT)
    return Figure(chart, title, alt_text, table, note)


def _days(
    plan: Plan, look: Look, off: Callable[[date], str]
) -> list[dict[str, object]]:
    mails = {batch.day: batch.mails for batch in plan.batches}
    rows: list[dict[str, object]] = []
    day = plan.first_day
    while day <= plan.last_day:
        sent = mails.get(day, 0)
        rows.append(
            {
                "day": day,
                "last": day,
                "mails": sent,
                "words": formats.long_day(day, look.language),
                "written": look.number(sent) if sent else off(day),
                "label": look.number(sent) if sent else "",
                "name": f"{formats.weekday(day, look.language)}\n"
                f"{formats.short_day(day, look.language)}",
                "short": f"{formats.weekday(day, look.language)}\n{day.day}",
                "sparse": _once_a_week(day, plan.first_day, look),
            }
        )
        day += timedelta(days=1)
    return rows


def _once_a_week(day: date, first: date, look: Look) -> str:
    """Return the name of the first day and of each Monday far enough from it."""
    is_named = day == first or (day.weekday() == 0 and (day - first).days >= _APART)
    return formats.short_day(day, look.language) if is_named else ""


def _weeks(plan: Plan, look: Look) -> list[dict[str, object]]:
    weeks: dict[date, int] = {}
    for batch in plan.batches:
        monday = batch.day - timedelta(days=batch.day.weekday())
        weeks[monday] = weeks.get(monday, 0) + batch.mails
    return [
        {
            "day": monday,
            "last": monday + timedelta(days=6),
            "mails": sent,
            "words": look.text(
                "page.sending.week_of", day=formats.day(monday, look.language)
            ),
            "written": look.number(sent),
            "label": look.number(sent),
            "name": formats.short_day(monday, look.language),
            "short": f"{monday.day}\n{formats.short_month(monday, look.language)}",
            "sparse": "" if rank % _EVERY else formats.short_day(monday, look.language),
        }
        for rank, (monday, sent) in enumerate(weeks.items())
    ]


def _layers(frame: pd.DataFrame, look: Look, head: str) -> Any:
    colours = look.colours
    order: Sequence[str] = list(frame["day"])
    full, short, sparse = (
        names_expression(dict(zip(frame["day"], frame[kind], strict=True)))
        for kind in ("name", "short", "sparse")
    )
    count = len(frame)
    label = (
        f"width >= {_WIDE * count} ? {full}"
        f" : width >= {_NARROW * count} ? {short} : {sparse}"
    )
    axis = alt.Axis(
        labelAngle=0,
        labelOverlap=False,
        labelExpr=f"split({label}, '\\n')",
        grid=False,
    )
    x = alt.X(
        "day:O",
        sort=order,
        scale=alt.Scale(domain=order, paddingInner=0.25),
        title=None,
        axis=axis,
    )
    top = float(frame["mails"].max()) * 1.12
    y = alt.Y(
        "mails:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(tickCount=4),
    )
    shown = tooltip(("words", head), ("written", look.text("page.sending.mails")))
    kinds = ["next", "other"]
    bars = (
        alt.Chart(frame[frame["mails"] > 0])
        .mark_bar(cornerRadiusEnd=4, strokeWidth=1.2)
        .encode(
            x,
            y,
            alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[colours.accent, colours.seq2]),
                legend=None,
            ),
            alt.Stroke(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[colours.accent, colours.seq3]),
                legend=None,
            ),
            tooltip=shown,
        )
    )
    dots = (
        alt.Chart(frame[frame["mails"] == 0])
        .mark_point(size=26, filled=True, opacity=1, color=colours.line2, yOffset=-5)
        .encode(x, y, tooltip=shown)
    )
    layers: list[alt.Chart] = [bars, dots]
    if len(frame) <= _NAMED:
        layers.append(
            alt.Chart(frame[frame["mails"] > 0])
            .mark_text(
                dy=-8, font=FONT, fontSize=12, fontWeight=600, color=colours.text
            )
            .encode(x, y, alt.Text("label:N"))
        )
    return alt.layer(*layers)
