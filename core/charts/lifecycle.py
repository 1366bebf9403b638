"""Who comes, stays and goes month by month, and people by their active days.

Classes differ by more than colour: filled, pale, hollow or dashed, so that a print in
grey still tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, style, tooltip
from core.charts.tokens import Palette
from core.charts.trend import month_axis
from core.i18n import formats, plural

# Drawn upwards in this order from zero; the last ones, below zero.
ARRIVING = ("returning", "new", "resurrected")
LEAVING = ("dormant", "left")
STAGES = (*ARRIVING, *LEAVING)
# The field of the chart's selection: "2026-10:dormant".
KEY = "key"
# Pixels that the number of days takes below its bar.
_NAME_WIDTH = 18


@dataclass(frozen=True)
class Dress:
    """How a class is drawn: names of colours, and whether its edge is dashed."""

    fill: str
    edge: str
    is_dashed: bool = False

    def css(self) -> str:
        """Return the same for the square of a legend."""
        fill, edge = (name.replace("_", "-") for name in (self.fill, self.edge))
        line = "dashed" if self.is_dashed else "solid"
        return f"background:var(--{fill});border:1.6px {line} var(--{edge})"


DRESSES = {
    "returning": Dress("seq1", "seq2"),
    "new": Dress("ok_m", "ok_m"),
    "resurrected": Dress("ok_t", "ok_m"),
    "dormant": Dress("warn_m", "warn_m"),
    "left": Dress("na_t", "na_m", is_dashed=True),
}


def legend(look: Look, *, with_returning: bool = True) -> list[tuple[str, str]]:
    """Return the key of `stages`: (CSS of the square, word) a class."""
    return [
        (dress.css(), look.text(f"lifecycle.{stage}"))
        for stage, dress in DRESSES.items()
        if with_returning or stage != "returning"
    ]


def _long(months: pd.DataFrame, stages: tuple[str, ...], look: Look) -> pd.DataFrame:
    """Return a row a month and class with its place on the scale, and its words."""
    found: list[dict[str, Any]] = []
    for row in months.to_dict("records"):
        up = down = 0.0
        for stage in stages:
            people = row[stage]
            if formats.is_absent(people) or not people:
                continue
            count = int(people)
            if stage in LEAVING:
                low, high, down = down - count, down, down - count
            else:
                low, high, up = up, up + count, up + count
            found.append(
                {
                    "month": row["month"],
                    "stage": stage,
                    KEY: f"{row['month']}:{stage}",
                    "low": low,
                    "high": high,
                    "is_running": bool(row["is_running"]),
                    "month_words": _month(row, look),
                    "stage_words": look.text(f"lifecycle.{stage}"),
                    "people_words": plural("count.person", count, look.language),
                }
            )
    columns = ["month", "stage", KEY, "low", "high", "is_running", "month_words"]
    return pd.DataFrame(found, columns=[*columns, "stage_words", "people_words"])


def _month(row: Any, look: Look) -> str:
    name = formats.month(row["month"], look.language)
    return name + (look.text("chart.running") if row["is_running"] else "")


def _ends(months: pd.DataFrame, stages: tuple[str, ...], look: Look) -> pd.DataFrame:
    """Return the words above and below each month: who was gained and who was lost."""
    found: list[dict[str, Any]] = []
    for row in months.to_dict("records"):
        counts = {s: 0 if formats.is_absent(row[s]) else int(row[s]) for s in STAGES}
        gained = counts["new"] + counts["resurrected"]
        lost = counts["dormant"] + counts["left"]
        top = gained + (counts["returning"] if "returning" in stages else 0)
        for side, count, place in (("up", gained, top), ("down", -lost, -lost)):
            if count:
                words = formats.signed(count, look.language)
                entry = {"month": row["month"], "side": side, "place": place}
                found.append({**entry, "words": words})
    return pd.DataFrame(found, columns=["month", "side", "place", "words"])


def stages(
    months: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    with_returning: bool = True,
    chosen: str = "",
    height: int = 300,
) -> Figure:
    """Return who is active each month above the line, who stopped or left below it.

    ``months`` are rows of `core.lifecycle.by_month`; ``chosen`` is the "month:class"
    that is outlined. Without ``with_returning`` those who merely stayed are not drawn,
    so that the others can be seen. A click gives ``stage.key``. A month that still runs
    is pale.
    """
    colours = look.colours
    shown = STAGES if with_returning else tuple(s for s in STAGES if s != "returning")
    ordered = months.sort_values("month", ignore_index=True)
    frame = _long(ordered, shown, look)
    frame["is_chosen"] = frame[KEY] == chosen
    x = month_axis(ordered, look)
    top = max(1.0, *frame["high"].tolist()) if len(frame) else 1.0
    bottom = min(0.0, *frame["low"].tolist()) if len(frame) else 0.0
    room = 0.08 * (top - bottom)
    y_scale = alt.Scale(domain=[bottom - room, top + room], nice=False)
    y = alt.Y(
        "low:Q",
        title=look.text("chart.people"),
        scale=y_scale,
        axis=alt.Axis(
            tickCount=5, tickMinStep=1, labelExpr="format(abs(datum.value), ',.0f')"
        ),
    )
    bars = _bars(frame, x, y, shown, colours, look)
    ends = _ends(ordered, shown, look)
    layers = [bars]
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=colours.line2)
    layers.append(zero.encode(alt.Y("zero:Q", scale=y_scale)))
    for side, shift, ink in (("up", -9, colours.ok), ("down", 10, colours.warn)):
        words = alt.Chart(ends[ends["side"] == side]).mark_text(
            dy=shift, font=FONT, fontSize=12, fontWeight=600, color=ink
        )
        layers.append(
            words.encode(x, alt.Y("place:Q", scale=y_scale), alt.Text("words:N"))
        )
    drawing = style(alt.layer(*layers), look, height=height)
    return Figure(drawing, title, alt_text, _stage_table(ordered, look))


def _bars(
    frame: pd.DataFrame,
    x: alt.X,
    y: alt.Y,
    shown: tuple[str, ...],
    colours: Palette,
    look: Look,
) -> alt.Chart:
    """Return the bars, each class in its dress, the chosen one outlined."""
    dresses = [DRESSES[stage] for stage in shown]
    fills = [getattr(colours, dress.fill) for dress in dresses]
    edges = [getattr(colours, dress.edge) for dress in dresses]
    dashes = [[4, 2] if dress.is_dashed else [1, 0] for dress in dresses]
    domain = list(shown)
    edge = alt.Stroke(
        "stage:N", scale=alt.Scale(domain=domain, range=edges), legend=None
    )
    pick = alt.selection_point(name="stage", fields=[KEY])
    chosen = alt.datum["is_chosen"]
    drawn: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(strokeWidth=1.4, cornerRadius=1.5)
        .encode(
            x,
            y,
            alt.Y2("high:Q"),
            alt.Fill(
                "stage:N", scale=alt.Scale(domain=domain, range=fills), legend=None
            ),
            alt.StrokeDash(
                "stage:N", scale=alt.Scale(domain=domain, range=dashes), legend=None
            ),
            stroke=alt.condition(chosen, alt.value(colours.text), edge),
            strokeWidth=alt.condition(chosen, alt.value(2.6), alt.value(1.4)),
            opacity=alt.condition(
                alt.datum["is_running"], alt.value(0.55), alt.value(1.0)
            ),
            tooltip=tooltip(
                ("month_words", look.text("chart.month")),
                ("stage_words", look.text("chart.stage")),
                ("people_words", look.text("chart.people")),
            ),
        )
        .add_params(pick)
    )
    return drawn


def _stage_table(months: pd.DataFrame, look: Look) -> pd.DataFrame:
    rows = months.to_dict("records")
    return pd.DataFrame(
        {
            look.text("chart.month"): [_month(row, look) for row in rows],
            **{
                look.text(f"lifecycle.{stage}"): [
                    look.number(people) for people in months[stage]
                ]
                for stage in STAGES
            },
        }
    )


def recent(
    spread: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    now: str,
    before: str,
    height: int = 170,
) -> Figure:
    """Return the share of people by active days in 28, this month over the previous.

    ``spread`` has ``days`` (a number or, for groups, words in ``words``), ``words``,
    ``share`` and ``previous``, null without a month before; ``now`` and ``before`` name
    the months. The month before is a line of ticks over the bars.
    """
    colours = look.colours
    frame = spread[["days", "words", "share", "previous"]].copy()
    for column in ("share", "previous"):
        frame[f"{column}_words"] = [
            formats.percent(value, look.language) for value in frame[column]
        ]
    order = frame["words"].tolist()
    x = alt.X(
        "words:N",
        sort=order,
        title=look.text("chart.active_days_28"),
        axis=alt.Axis(
            labelAngle=0,
            grid=False,
            labelOverlap=False,
            # Where a name a bar does not fit, every fifth is enough.
            labelExpr=f"width < {_NAME_WIDTH * len(order)} && +datum.label % 5"
            " ? '' : datum.label",
        ),
    )
    known = pd.concat([frame["share"], frame["previous"]]).dropna()
    scale = alt.Scale(domain=[0, 1.2 * max(0.01, *known.tolist())], nice=False)
    axis = alt.Axis(tickCount=4, format="%")
    hint = tooltip(
        ("words", look.text("chart.active_days")),
        ("share_words", now),
        ("previous_words", before or look.text("chart.before")),
    )
    base = alt.Chart(frame)
    bars = base.mark_bar(
        color=colours.seq2, stroke=colours.seq3, strokeWidth=1, cornerRadiusEnd=3
    ).encode(x, alt.Y("share:Q", title=None, scale=scale, axis=axis), tooltip=hint)
    layers: list[Any] = [bars]
    seen = frame[frame["previous"] > 0]
    if len(seen):
        ticks = alt.Chart(seen).mark_tick(color=colours.text, thickness=2, bandSize=18)
        layers.append(ticks.encode(x, alt.Y("previous:Q", scale=scale), tooltip=hint))
    columns = {
        look.text("chart.active_days"): frame["words"],
        now: frame["share_words"],
    }
    if before:
        columns[before] = frame["previous_words"]
    # Nobody at all, and the most usual number of days: what the eye looks for.
    shares = [float(share) for share in frame["share"].fillna(0.0)]
    places = {0, shares.index(max(shares))}
    ends = frame.iloc[sorted(places)]
    layers.append(
        alt.Chart(ends)
        .mark_text(dy=-9, align="left", dx=-6, font=FONT, fontSize=12, fontWeight=600)
        .encode(
            x,
            alt.Y("share:Q", scale=scale),
            alt.Text("share_words:N"),
            color=alt.value(colours.text),
        )
    )
    drawing = style(alt.layer(*layers), look, height=height)
    return Figure(drawing, title, alt_text, pd.DataFrame(columns))
