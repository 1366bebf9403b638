"""A campaign as a funnel of bars, each to scale, exits where people leave.

From 50 000 to 10 no single scale shows everything. Where a step is too small the next
bars are enlarged: the wedge between shows it, words say by how much, and the enlarged
bars are kept shorter than those above, so that the last never looks like the largest.
Exits are a few in a hundred: they are drawn at their own width in the bar they leave,
and once more under it, each with its name, on an enlarged scale that is said too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, style
from core.charts.steps import Bar, Funnel, bars_of, enlargement, exit_scale

_BAR = 24
_PITCH = 60
_ZOOM = 24
_EXIT_BAR = 11
_EXIT_PITCH = 20
_SLIVER = 0.012
_EXIT_LEFT = 0.63
"""Where exits begin: their names end there, so that they hold on a telephone."""


def funnel(
    counts: Funnel, look: Look, *, title: str, alt_text: str, is_running: bool = False
) -> Figure:
    """Return the funnel; what must be called is its one saturated mark.

    ``is_running`` says that conversions may still come.
    """
    rows = bars_of(counts, look, is_running=is_running)
    made = _Marks(look)
    y, level = 20.0, 0
    unit = 1 / rows[0].total if rows else 1.0
    for rank, row in enumerate(rows):
        made.bar(row, y, unit)
        following = rows[rank + 1] if rank + 1 < len(rows) else None
        next_y = y + _PITCH + made.exits(row, y, unit)
        if following and row.zoom:
            factor = enlargement(following.total * unit, min(level + 1, 2))
            if factor > 1:
                level = min(level + 1, 2)
                narrow, wide = following.total * unit, following.total * unit * factor
                next_y += _ZOOM
                made.wedge((0, narrow, y + _BAR + 2), (0, wide, next_y - 2))
                words = look.text("funnel.enlarged", factor=look.number(factor))
                made.say(narrow, y + _BAR + 13, words, "muted", "beside")
                unit *= factor
        y = next_y
    height = int(y - _PITCH + _BAR + 6)
    drawing = style(_drawn(made, height, look), look, height=height)
    return Figure(drawing, title, alt_text, _table(counts, look))


@dataclass
class _Marks:
    """What is drawn: bars, words and wedges, with their places."""

    look: Look
    bars: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    wedges: list[dict[str, Any]] = field(default_factory=list)

    def say(self, x: float, y: float, words: str, ink: str, place: str) -> None:
        """Add a line of words."""
        line = {"x": x, "y": y, "words": words, "ink": ink, "place": place}
        self.texts.append(line)

    def wedge(
        self, above: tuple[float, float, float], below: tuple[float, float, float]
    ) -> None:
        """Add the shade from one length to the same one on another scale."""
        shade = len(self.wedges)
        for x, x2, y in (above, below):
            self.wedges.append({"y": y, "x": x, "x2": x2, "wedge": shade})

    def bar(self, row: Bar, y: float, unit: float) -> None:
        """Add a bar with the words above it."""
        start = 0.0
        for kind, count in row.parts:
            end = start + count * unit
            if count:
                place = {"x": start, "x2": end, "y": y, "y2": y + _BAR}
                self.bars.append({**place, "kind": kind})
            start = end
        self.say(0.0, y - 9, row.left, row.ink, "left")
        if row.right:
            self.say(1.0, y - 9, row.right, row.right_ink, "right")

    def exits(self, row: Bar, y: float, unit: float) -> float:
        """Add who leaves at a bar, on a scale of their own; return the height taken."""
        if not row.exits:
            return 0.0
        scale = exit_scale(max(count for _, count, _ in row.exits) * unit)
        top = y + _BAR + _ZOOM + 4
        kept = row.parts[0][1] * unit
        gone = sum(n for kind, n in row.parts if kind in ("opted_out", "bounced"))
        widest = max(count for _, count, _ in row.exits) * unit * scale
        below = (_EXIT_LEFT, _EXIT_LEFT + widest, top - 2)
        self.wedge((kept, kept + gone * unit, y + _BAR + 2), below)
        if scale != 1:
            key = "funnel.enlarged" if scale > 1 else "funnel.reduced"
            factor = self.look.number(scale if scale > 1 else round(1 / scale))
            words = self.look.text(key, factor=factor)
            self.say(_EXIT_LEFT, top - 15, words, "muted", "name")
        for kind, count, words in row.exits:
            length = count * unit * scale
            place = {"x": _EXIT_LEFT, "x2": _EXIT_LEFT + length, "y": top}
            self.bars.append({**place, "y2": top + _EXIT_BAR, "kind": kind})
            self.say(_EXIT_LEFT, top + _EXIT_BAR / 2, words, kind, "name")
            top += _EXIT_PITCH
        return _ZOOM + 4 + len(row.exits) * _EXIT_PITCH


def _drawn(made: _Marks, height: int, look: Look) -> alt.LayerChart:
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
        "bounced_hard": colours.bad_m,
        "bounced_soft": colours.bad_m,
        "complained": colours.warn_m,
        "doubted": colours.seq2,
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
        "bounced_hard": colours.bad,
        "bounced_soft": colours.bad,
        "complained": colours.warn,
    }
    layers: list[Any] = []
    if made.wedges:
        layers.append(
            alt.Chart(pd.DataFrame(made.wedges))
            .mark_area(orient="horizontal", color=colours.accent, opacity=0.11)
            .encode(x, alt.X2("x2:Q"), y, alt.Detail("wedge:N"))
        )
    frame = pd.DataFrame(made.bars, columns=["x", "x2", "y", "y2", "kind"])
    edges = frame["kind"].map({"rest": "line", "doubted": "accent"}).fillna("card")
    # The edge of a sliver would hide it.
    edges = edges.where(frame["x2"] - frame["x"] > _SLIVER, "none")
    strokes = {"line": colours.line2, "accent": colours.accent, "card": colours.card}
    for edge in dict.fromkeys(edges):
        has_edge = edge in strokes
        layers.append(
            alt.Chart(frame[edges == edge])
            .mark_rect(
                cornerRadius=3 if has_edge else 0,
                stroke=strokes.get(edge, colours.card),
                strokeWidth=1 if has_edge else 0,
            )
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
        "name": {"align": "right", "fontWeight": 500, "dx": -8},
        "beside": {"align": "left", "fontWeight": 500, "dx": 8},
    }
    lines = pd.DataFrame(made.texts, columns=["x", "y", "words", "ink", "place"])
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
    steps = [
        *("base", "suppressed", "targeted", "bounced", "bounced_hard", "bounced_soft"),
        *("delivered", "opted_out", "complained", "opened", "machine_opened"),
        *("clicked", "converted", "to_call", "doubted_call", "second_mail"),
    ]
    return pd.DataFrame(
        {
            look.text("funnel.step"): [look.text(f"step.{step}") for step in steps],
            look.text("chart.people"): [
                look.number(getattr(counts, step)) for step in steps
            ],
        }
    )
