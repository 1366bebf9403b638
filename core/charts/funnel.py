"""A campaign as a funnel of bars, each to scale, exits where people leave.

From 50 000 to 10 no single scale shows everything. Where a step is too small the next
bars are enlarged: the wedge between shows it, words say by how much, and the enlarged
bars are kept shorter than those above, so that the last never looks like the largest.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, style
from core.charts.steps import Funnel, bars_of, enlargement, is_thickened, widths

_BAR = 24
_PITCH = 60
_ZOOM = 24
_LINE = 17


def funnel(counts: Funnel, look: Look, *, title: str, alt_text: str) -> Figure:
    """Return the funnel; what must be called is its one saturated mark."""
    rows = bars_of(counts, look)
    bars: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    wedges: list[dict[str, Any]] = []
    y, level = 20.0, 0
    unit = 1 / rows[0].total if rows else 1.0
    has_slivers = False
    for rank, row in enumerate(rows):
        if len(row.exits) > 1 and not rank:
            y += _LINE
        start = 0.0
        for kind, width in widths(row.parts, unit):
            bars.append(
                {"x": start, "x2": start + width, "y": y, "y2": y + _BAR, "kind": kind}
            )
            start += width
        has_slivers = has_slivers or is_thickened(row, unit)
        texts.append(_line(0.0, y - 9, row.left, row.ink, "left"))
        if row.right:
            texts.append(_line(1.0, y - 9, row.right, row.right_ink, "right"))
        for place, (kind, words) in enumerate(reversed(row.exits)):
            texts.append(_line(1.0, y - 9, words, kind, f"right{place}"))
        following = rows[rank + 1] if rank + 1 < len(rows) else None
        next_y = y + _PITCH
        if following and row.zoom:
            factor = enlargement(following.total * unit, min(level + 1, 2))
            if factor > 1:
                level = min(level + 1, 2)
                narrow, wide = following.total * unit, following.total * unit * factor
                next_y += _ZOOM
                next_y += _LINE if len(following.exits) > 1 else 0
                for line, width in ((y + _BAR + 2, narrow), (next_y - 2, wide)):
                    wedges.append({"y": line, "x": 0.0, "x2": width, "wedge": rank})
                words = look.text("funnel.enlarged", factor=look.number(factor))
                middle = y + _BAR + 13
                texts.append(_line(narrow, middle, words, "muted", "beside"))
                unit *= factor
        y = next_y
    height = int(y - _PITCH + _BAR + 6)
    drawing = style(_drawn(bars, texts, wedges, height, look), look, height=height)
    note = look.text("funnel.thickened") if has_slivers else ""
    return Figure(drawing, title, alt_text, _table(counts, look), note)


def _line(x: float, y: float, words: str, ink: str, place: str) -> dict[str, Any]:
    return {"x": x, "y": y, "words": words, "ink": ink, "place": place}


def _drawn(
    bars: list[dict[str, Any]],
    texts: list[dict[str, Any]],
    wedges: list[dict[str, Any]],
    height: int,
    look: Look,
) -> alt.LayerChart:
    """Return wedges, bars and words as one layered chart."""
    colours = look.colours
    x_scale = alt.Scale(domain=[0, 1], nice=False)
    y_scale = alt.Scale(domain=[height, 0], nice=False, zero=False)
    x = alt.X("x:Q", scale=x_scale, axis=None)
    y = alt.Y("y:Q", scale=y_scale, axis=None)
    fills = {
        "kept": colours.seq3,
        "rest": colours.sunken,
        "opted_out": colours.warn_m,
        "bounced": colours.bad_m,
        "clicked": colours.accent,
        "second_mail": colours.second_mail,
        "to_call": colours.accent,
        "converted": colours.ok_m,
    }
    inks = {
        "plain": colours.text,
        "muted": colours.muted,
        "accent": colours.accent,
        "ok": colours.ok,
        "opted_out": colours.warn,
        "bounced": colours.bad,
    }
    layers: list[Any] = []
    if wedges:
        layers.append(
            alt.Chart(pd.DataFrame(wedges))
            .mark_area(orient="horizontal", color=colours.accent, opacity=0.11)
            .encode(x, alt.X2("x2:Q"), y, alt.Detail("wedge:N"))
        )
    frame = pd.DataFrame(bars, columns=["x", "x2", "y", "y2", "kind"])
    for kind, edge in (("rest", colours.line2), ("filled", colours.card)):
        chosen = frame[(frame["kind"] == "rest") == (kind == "rest")]
        layers.append(
            alt.Chart(chosen)
            .mark_rect(cornerRadius=3, stroke=edge, strokeWidth=1)
            .encode(
                x,
                alt.X2("x2:Q"),
                y,
                alt.Y2("y2:Q"),
                alt.Color(
                    "kind:N",
                    scale=alt.Scale(domain=list(fills), range=list(fills.values())),
                    legend=None,
                ),
            )
        )
    places: dict[str, dict[str, Any]] = {
        "left": {"align": "left", "fontWeight": 600},
        "right": {"align": "right", "fontWeight": 500},
        "right0": {"align": "right", "fontWeight": 600},
        "right1": {"align": "right", "fontWeight": 600, "dy": -_LINE},
        "beside": {"align": "left", "fontWeight": 500, "dx": 8},
    }
    lines = pd.DataFrame(texts, columns=["x", "y", "words", "ink", "place"])
    for place, options in places.items():
        chosen = lines[lines["place"] == place]
        for ink in dict.fromkeys(chosen["ink"]):
            layers.append(
                alt.Chart(chosen[chosen["ink"] == ink])
                .mark_text(font=FONT, fontSize=13, color=inks[ink], **options)
                .encode(x, y, alt.Text("words:N"))
            )
    return alt.LayerChart(layer=layers)


def _table(counts: Funnel, look: Look) -> pd.DataFrame:
    steps = (
        "base",
        "targeted",
        "bounced",
        "delivered",
        "opted_out",
        "opened",
        "clicked",
        "converted",
        "to_call",
        "second_mail",
    )
    return pd.DataFrame(
        {
            look.text("funnel.step"): [look.text(f"step.{step}") for step in steps],
            look.text("chart.people"): [
                look.number(getattr(counts, step)) for step in steps
            ],
        }
    )
