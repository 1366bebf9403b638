"""One account's conversation as a time line: a lane a channel, silences shaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, names_expression, style, tooltip
from core.i18n import formats, plural

# Exchanges drawn one by one; beyond, a mark is a week's, then a month's.
MOST_MARKS = 500
_PERIODS = ("D", "W-SUN", "M")
# The share of the line that a silence must take for its length to be written in it.
_LABELLED = 0.07
_LANE = 34
# Room at both ends, as a share of the line, so that no mark is cut.
_MARGIN = 0.012
CHANNELS = (
    *("meeting", "web_meeting", "call", "email_in", "email_out", "email", "chat"),
    *("social", "note", "task", "other"),
)
"""The lanes of exchanges from top to bottom."""


def channel(look: Look, code: str) -> str:
    """Return the name of a channel."""
    return look.text(f"page.conversations.channel.{code}")


def marks(events: pd.DataFrame) -> pd.DataFrame:
    """Return exchanges and answers a day, week or month and lane, MOST_MARKS at most.

    Columns: lane, day (the first of the period), last (its last), count. ``events`` are
    rows of ``mart_conversation``.
    """
    rows = events[events["channel"] != "opportunity"]
    rows = rows.assign(
        lane=rows["channel"].where(rows["event"] == "exchange", "campaign")
    )
    found = pd.DataFrame(columns=["lane", "day", "last", "count"])
    for period in _PERIODS:
        spans = rows["day"].dt.to_period(period)
        found = (
            rows.assign(day=spans.dt.start_time, last=spans.dt.end_time.dt.normalize())
            .groupby(["lane", "day", "last"])["event_count"]
            .sum()
            .reset_index(name="count")
        )
        if len(found) <= MOST_MARKS:
            break
    return found


def lanes(frame: pd.DataFrame) -> list[str]:
    """Return the lanes that hold something: opportunities, channels, campaigns."""
    there = set(frame["lane"])
    return [one for one in ("opportunity", *CHANNELS, "campaign") if one in there]


def _when(row: Mapping[Any, Any], look: Look) -> str:
    if row["day"] == row["last"]:
        return formats.long_day(row["day"], look.language)
    first, last = (formats.day(row[name], look.language) for name in ("day", "last"))
    return f"{first} – {last}"


def line(
    events: pd.DataFrame,
    pauses: pd.DataFrame,
    look: Look,
    *,
    first: pd.Timestamp,
    last: pd.Timestamp,
    title: str,
    alt_text: str,
) -> Figure:
    """Return one account's conversation: a lane a channel, silences shaded.

    ``events`` are rows of ``mart_conversation`` of the days ``first`` to ``last``;
    ``pauses`` have start, end, days, words and is_current. Opportunities are
    flags: hollow when opened, full when won; answers to campaigns are light marks.
    """
    colours = look.colours
    dots = marks(events)
    flags = events[events["channel"] == "opportunity"].copy()
    order = lanes(
        pd.concat([dots[["lane"]], flags.assign(lane="opportunity")[["lane"]]])
    )
    dots["words"] = [
        plural("page.conversations.exchanges", n, look.language) for n in dots["count"]
    ]
    dots["when"] = [_when(row, look) for row in dots.to_dict("records")]
    dots["kind"] = ["light" if one == "campaign" else "full" for one in dots["lane"]]
    margin = (last - first) * _MARGIN + pd.Timedelta(days=1)
    scale = alt.Scale(
        domain=[_at(first - margin), _at(last + margin)], nice=False, type="time"
    )
    x = alt.X("day:T", scale=scale, title=None, axis=_axis(first, last))
    y = alt.Y(
        "lane:N",
        sort=order,
        scale=alt.Scale(domain=order),
        title=None,
        axis=alt.Axis(
            labelExpr=names_expression({one: channel(look, one) for one in order}),
            labelLimit=130,
            grid=True,
            gridDash=[2, 3],
            bandPosition=0.5,
        ),
    )
    hint = tooltip(
        ("when", look.text("chart.date")),
        ("words", look.text("page.conversations.what")),
    )
    points = (
        alt.Chart(_dated(dots[["lane", "day", "count", "words", "when", "kind"]]))
        .mark_point(filled=True, opacity=0.85)
        .encode(
            x,
            y,
            alt.Size(
                "count:Q", scale=alt.Scale(domain=[1, 8], range=[46, 190]), legend=None
            ),
            alt.Color(
                "kind:N",
                scale=alt.Scale(
                    domain=["full", "light"], range=[colours.accent, colours.line2]
                ),
                legend=None,
            ),
            tooltip=hint,
        )
    )
    drawing = alt.layer(
        *_pauses(pauses, look, scale, (last - first).days),
        points,
        *_flags(flags, look, x, y),
    ).resolve_scale(color="independent", shape="independent")
    height = _LANE * max(2, len(order)) + 26
    return Figure(
        style(drawing, look, height=height), title, alt_text, _table(dots, flags, look)
    )


def _at(day: pd.Timestamp) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "date": day.day}


def _axis(first: pd.Timestamp, last: pd.Timestamp) -> alt.Axis:
    months = max(1, (last - first).days // 30)
    if months < 4:
        return alt.Axis(format="%e %b", tickCount=5, grid=False, labelOverlap=True)
    step = alt.TimeIntervalStep(interval="month", step=-(-months // 7))
    return alt.Axis(format="%b %Y", tickCount=step, grid=False, labelOverlap=True)


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with days as text that Vega reads as local days."""
    days = {
        name: frame[name].dt.strftime("%Y-%m-%dT00:00:00")
        for name in ("day", "end")
        if name in frame
    }
    return frame.assign(**days)


def _pauses(pauses: pd.DataFrame, look: Look, scale: alt.Scale, span: int) -> list[Any]:
    """Return the silences as bands over every lane, their length written at the top."""
    if pauses.empty:
        return []
    colours = look.colours
    frame = pauses.rename(columns={"start": "day"})[
        ["day", "end", "days", "words", "is_current"]
    ].copy()
    frame["kind"] = ["now" if one else "past" for one in frame["is_current"]]
    middle = frame["day"] + (frame["end"] - frame["day"]) / 2
    frame["label"] = [
        words if days >= span * _LABELLED else ""
        for words, days in zip(frame["words"], frame["days"], strict=True)
    ]
    bands = _dated(frame[["day", "end", "words", "kind"]])
    x = alt.X("day:T", scale=scale, title=None)
    texts = _dated(frame.assign(day=middle)[["day", "label", "kind"]])
    inks = alt.Scale(domain=["now", "past"], range=[colours.warn, colours.muted])
    return [
        alt.Chart(bands)
        .mark_rect(opacity=0.9, stroke=colours.card, strokeWidth=3)
        .encode(
            x,
            alt.X2("end:T"),
            alt.Color(
                "kind:N",
                scale=alt.Scale(
                    domain=["now", "past"], range=[colours.warn_t, colours.sunken]
                ),
                legend=None,
            ),
            tooltip=tooltip(("words", look.text("page.conversations.silence"))),
        ),
        alt.Chart(texts[texts["label"] != ""])
        .mark_text(font=FONT, fontSize=12, fontWeight=600, baseline="top", dy=3)
        .encode(
            x,
            alt.YValue(0),
            alt.Text("label:N"),
            alt.Color("kind:N", scale=inks, legend=None),
        ),
    ]


def _flags(flags: pd.DataFrame, look: Look, x: Any, y: Any) -> list[Any]:
    if flags.empty:
        return []
    colours = look.colours
    frame = _dated(flags.assign(lane="opportunity", kind=flags["event"]))
    frame["words"] = [_deal(row, look) for row in flags.to_dict("records")]
    frame["when"] = [formats.long_day(day, look.language) for day in flags["day"]]
    return [
        alt.Chart(frame[["lane", "day", "kind", "words", "when"]])
        .mark_point(shape="triangle-up", size=130, strokeWidth=1.8, opacity=1)
        .encode(
            x,
            y,
            alt.Fill(
                "kind:N",
                scale=alt.Scale(
                    domain=["opened", "won"], range=[colours.card, colours.ok_m]
                ),
                legend=None,
            ),
            alt.Stroke(
                "kind:N",
                scale=alt.Scale(
                    domain=["opened", "won"], range=[colours.line2, colours.ok_m]
                ),
                legend=None,
            ),
            tooltip=tooltip(
                ("when", look.text("chart.date")),
                ("words", look.text("page.conversations.what")),
            ),
        )
    ]


def _deal(row: Mapping[Any, Any], look: Look) -> str:
    words = look.text(f"page.conversations.event.{row['event']}")
    if formats.is_absent(row["amount"]) or formats.is_absent(row["currency"]):
        return words
    amount = formats.money(row["amount"], look.language, currency=row["currency"])
    return f"{words}{look.text('common.colon')}{amount}"


def _table(dots: pd.DataFrame, flags: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Return the marks, the latest first, in words."""
    lines = [
        (row["day"], row["when"], channel(look, row["lane"]), row["words"])
        for row in dots.to_dict("records")
    ]
    lines += [
        (
            row["day"],
            formats.long_day(row["day"], look.language),
            channel(look, "opportunity"),
            _deal(row, look),
        )
        for row in flags.to_dict("records")
    ]
    lines.sort(key=lambda one: one[0], reverse=True)
    return pd.DataFrame(
        [one[1:] for one in lines],
        columns=[
            look.text("chart.date"),
            look.text("page.conversations.lane"),
            look.text("page.conversations.what"),
        ],
    )
