"""Charts of the practices: shares against a limit, managers beside their teams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Key, Look, style, tooltip
from core.i18n import formats

_ROW = 27
# Pixels that "100 %" takes.
_FIGURES = 50
# A name longer than this takes the room of the bars, on a phone above all.
_LABEL = 185


def _names(field: str, order: Iterable[str]) -> alt.Y:
    return alt.Y(
        f"{field}:N",
        sort=list(order),
        title=None,
        axis=alt.Axis(labelLimit=_LABEL, labelFontSize=12.5, grid=False),
    )


def shares(
    frame: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    label: str,
    indicator: str,
    limit: float | None = None,
    limit_words: str = "",
) -> Figure:
    """Return one bar a row from 0 to 1, in the order of ``frame``, against a limit.

    ``frame`` has ``label`` (no two alike), ``share``, ``state`` and ``words`` (the
    figure written). ``label`` is the heading of the rows, ``indicator`` that of the
    figures, ``limit_words`` what the line drawn at ``limit`` is.
    """
    colours = look.colours
    rows = frame[["label", "share", "state", "words"]].copy()
    rows["end"] = 1.0
    states = ["healthy", "watch", "sick", "at_risk", "not_enough_data"]
    # Room on the right for the figures, whatever the width of the screen.
    room: list[Any] = [0, alt.ExprRef(f"width - {_FIGURES}")]
    scale = alt.Scale(domain=[0, 1], nice=False, range=room)
    x = alt.X(
        "share:Q",
        title=None,
        scale=scale,
        axis=alt.Axis(
            values=[0, 0.25, 0.5, 0.75, 1],
            format=".0%",
            labelOverlap="parity",
            labelSeparation=6,
        ),
    )
    y = _names("label", rows["label"])
    base = alt.Chart(rows)
    layers: list[Any] = [
        base.mark_bar(color=colours.sunken, height=14, cornerRadius=4).encode(
            alt.X("end:Q", scale=scale), y
        ),
        base.mark_bar(height=14, cornerRadius=4).encode(
            x,
            y,
            alt.Color(
                "state:N",
                scale=alt.Scale(
                    domain=states, range=[colours.mark(state) for state in states]
                ),
                legend=None,
            ),
            tooltip=tooltip(("label", label), ("words", indicator)),
        ),
        base.mark_text(
            align="left",
            dx=5,
            font=FONT,
            fontSize=12.5,
            fontWeight=600,
            color=colours.text,
        ).encode(alt.X("end:Q"), y, alt.Text("words:N")),
    ]
    if limit is not None:
        line = alt.Chart(pd.DataFrame({"limit": [limit], "words": [limit_words]}))
        layers.append(
            line.mark_rule(
                color=colours.text, strokeDash=[6, 4], strokeWidth=1.3
            ).encode(
                alt.X("limit:Q"), tooltip=tooltip(("words", look.text("chart.limit")))
            )
        )
    table = pd.DataFrame({label: rows["label"], indicator: rows["words"]})
    drawing = style(alt.layer(*layers), look, height=_ROW * len(rows) + 26)
    return Figure(drawing, title, alt_text, table, limit_words)


def stacks(
    frame: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    label: str,
    parts: Sequence[tuple[str, str]],
    fills: Sequence[str],
) -> Figure:
    """Return one bar a row, shared out in parts, in the order of ``frame``.

    ``frame`` has ``label`` (no two alike) and a column of counts a part; ``parts`` are
    (column, its name), ``fills`` the name of the colour of each.
    """
    names = [name for _, name in parts]
    colours = [getattr(look.colours, fill) for fill in fills]
    keys = tuple(map(Key, names, fills))
    wide = frame.rename(columns=dict(parts))[["label", *names]]
    rows = wide.melt("label", names, var_name="part", value_name="count")
    rows["rank"] = rows["part"].map({name: rank for rank, name in enumerate(names)})
    rows["words"] = [look.number(count) for count in rows["count"]]
    bars = (
        alt.Chart(rows)
        .mark_bar(height=15, stroke=look.colours.card, strokeWidth=0.8)
        .encode(
            alt.X("count:Q", title=None, axis=alt.Axis(tickCount=4, tickMinStep=1)),
            _names("label", frame["label"]),
            alt.Color(
                "part:N",
                scale=alt.Scale(domain=names, range=colours),
                legend=None,
            ),
            alt.Order("rank:Q"),
            tooltip=tooltip(
                ("label", label),
                ("part", look.text("chart.part")),
                ("words", look.text("chart.count")),
            ),
        )
    )
    table = pd.DataFrame({label: wide["label"]})
    for name in names:
        table[name] = [look.number(count) for count in wide[name]]
    drawing = style(alt.layer(bars), look, height=_ROW * len(frame) + 26)
    return Figure(drawing, title, alt_text, table, keys=keys)


def pairs(
    frame: pd.DataFrame, look: Look, *, title: str, alt_text: str, label: str
) -> Figure:
    """Return each manager's days a week beside the median of their people.

    ``frame`` has ``label`` (no two alike), ``days``, ``team_days`` (null without
    anybody to compare with) and ``state``, in order; days are per five expected ones.
    """
    colours = look.colours
    rows = frame[["label", "days", "team_days", "state"]].copy()
    rows["days_words"] = [look.number(day, 1) for day in rows["days"]]
    rows["team_words"] = [look.number(day, 1) for day in rows["team_days"]]
    manager, team = look.text("practice.managers.dot"), look.text("practice.team_dot")
    hint = tooltip(("label", label), ("days_words", manager), ("team_words", team))
    y = _names("label", rows["label"])
    most = float(max(5.0, rows["days"].max(), rows["team_days"].max()))
    x = alt.X(
        "days:Q",
        title=None,
        scale=alt.Scale(domain=[-0.15, most + 0.2], nice=False),
        axis=alt.Axis(values=[0, 1, 2, 3, 4, 5], format="d"),
    )
    states = ["healthy", "watch", "at_risk"]
    compared = alt.Chart(rows[rows["team_days"].notna()])
    layers = [
        compared.mark_rule(color=colours.line2, strokeWidth=1.6).encode(
            x, alt.X2("team_days:Q"), y
        ),
        compared.mark_point(
            size=110, shape="circle", color=colours.line2, fill=colours.card
        ).encode(alt.X("team_days:Q"), y, tooltip=hint),
        alt.Chart(rows)
        .mark_point(size=140, filled=True, opacity=1)
        .encode(
            x,
            y,
            alt.Color(
                "state:N",
                scale=alt.Scale(
                    domain=states, range=[colours.mark(state) for state in states]
                ),
                legend=None,
            ),
            alt.Shape(
                "state:N",
                scale=alt.Scale(
                    domain=states, range=["circle", "triangle-up", "square"]
                ),
                legend=None,
            ),
            tooltip=hint,
        ),
    ]
    table = pd.DataFrame(
        {label: rows["label"], manager: rows["days_words"], team: rows["team_words"]}
    )
    drawing = style(alt.layer(*layers), look, height=_ROW * len(rows) + 26)
    dots = Key(manager, "ok_m", sign="dot"), Key(team, "card", "line2", "dot")
    return Figure(drawing, title, alt_text, table, keys=dots)


def objects(
    counts: pd.DataFrame, look: Look, *, title: str, alt_text: str, height: int = 210
) -> Figure:
    """Return how many people work on how many kinds of objects.

    ``counts`` has ``objects``, ``people`` and ``is_narrow``, which is saturated.
    """
    colours = look.colours
    rows = counts[["objects", "people", "is_narrow"]].copy()
    rows["label"] = rows["objects"].astype(int).astype(str)
    rows["words"] = [look.number(count) for count in rows["people"]]
    rows["kind"] = ["narrow" if narrow else "broad" for narrow in rows["is_narrow"]]
    order = list(rows["label"])
    x = alt.X(
        "label:O",
        sort=order,
        title=look.text("practice.objects_axis"),
        axis=alt.Axis(labelAngle=0, grid=False),
    )
    y = alt.Y("people:Q", title=None, axis=alt.Axis(tickCount=4, labels=False))
    base = alt.Chart(rows)
    drawn = [
        base.mark_bar(cornerRadiusEnd=4).encode(
            x,
            y,
            alt.Color(
                "kind:N",
                scale=alt.Scale(
                    domain=["narrow", "broad"], range=[colours.warn_m, colours.seq3]
                ),
                legend=None,
            ),
            tooltip=tooltip(
                ("label", look.text("practice.objects_axis")),
                ("words", look.text("chart.people")),
            ),
        ),
        base.mark_text(
            dy=-9, font=FONT, fontSize=12.5, fontWeight=600, color=colours.text
        ).encode(x, y, alt.Text("words:N")),
    ]
    table = pd.DataFrame(
        {
            look.text("practice.objects_axis"): rows["label"],
            look.text("chart.people"): rows["words"],
        }
    )
    return Figure(style(alt.layer(*drawn), look, height=height), title, alt_text, table)


def unlike(names: Sequence[Any], absent: str) -> list[str]:
    """Return names that differ, for a chart that has a row each."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        shown = absent if formats.is_absent(name) else str(name)
        seen[shown] = seen.get(shown, 0) + 1
        found.append(shown if seen[shown] == 1 else f"{shown} ({seen[shown]})")
    return found
