"""The activity pyramid, drawn to scale: only widths count.

Three levels, accounts, contacts, calls. The pale shape behind is the healthy pyramid
of the same accounts; what stays pale is what is missing, so that even a mild lack
reads as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from core.charts import svg
from core.charts.figure import FONT, Figure, Key, Look, style, tooltip
from core.charts.tokens import Palette
from core.i18n import plural

LEVELS = ("account", "contact", "call")
# A level counts as missing when it holds less than this share of what is expected.
_ENOUGH = 0.9


@dataclass(frozen=True)
class Pyramid:
    """What the CRM holds, and what it should hold; None is not imported.

    ``calls`` are those of twelve months. ``expected`` are counts, in the order
    accounts, contacts, calls; the account count is its own expectation.
    """

    accounts: float | None
    contacts: float | None
    calls: float | None
    expected: tuple[float, float, float]

    @property
    def levels(self) -> tuple[float | None, float | None, float | None]:
        """The three counts, top first."""
        return (self.accounts, self.contacts, self.calls)

    @property
    def width(self) -> float:
        """The widest count to draw."""
        shapes = [width for _, width in silhouette(self.expected)]
        return max(1.0, *shapes, *(level or 0.0 for level in self.levels))


def silhouette(
    levels: Sequence[float], *, first: float = 0.5, top: float = 0.0, end: float = 3.0
) -> list[tuple[float, float]]:
    """Return (y, width) of the shape through the middles of three levels.

    Middles are at ``first``, one and two below. The outer segments go straight on to
    ``top`` and ``end``; a width is never negative.
    """
    high, middle, low = levels
    above = high - (middle - high) * (first - top)
    below = low + (low - middle) * (end - first - 2)
    return [
        (top, max(0.0, above)),
        (first, high),
        (first + 1, middle),
        (first + 2, low),
        (end, max(0.0, below)),
    ]


def _is_short(level: float | None, expected: float) -> bool:
    return level is not None and level < _ENOUGH * expected


def _level_frame(shape: Pyramid, look: Look, words: str) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for rank, (name, level, expected) in enumerate(
        zip(LEVELS, shape.levels, shape.expected, strict=True)
    ):
        wanted = look.number(expected)
        if level is None:
            kind, said = "absent", look.text(f"pyramid.absent.{name}")
        else:
            kind = "short" if _is_short(level, expected) else "held"
            said = plural(f"count.{name}", level, look.language)
            if rank and kind == "short":
                key = "simulator.short" if words == "simulator" else "pyramid.short"
                said = look.text(key, said=said, expected=wanted)
        rows.append(
            {
                "rank": rank,
                "middle": 0.0,
                "label_y": rank + 0.13,
                "top": rank + 0.31,
                "bottom": rank + 0.93,
                "left": -(level or 0) / 2,
                "right": (level or 0) / 2,
                "expected_left": -expected / 2,
                "expected_right": expected / 2,
                "kind": kind,
                "level": ("top", "middle", "base")[rank],
                "said": said,
                "name": look.text(f"pyramid.{name}"),
                "count": look.number(level),
                "expected": wanted,
            }
        )
    return pd.DataFrame(rows)


def _halves(levels: Sequence[float]) -> list[tuple[float, float]]:
    """Return the shape as the chart has it: a label above each bar, bars lower."""
    shape = silhouette(levels, first=0.62, top=0.31, end=2.98)
    return [(y, width / 2) for y, width in shape]


def _outline(levels: Sequence[float]) -> pd.DataFrame:
    half = _halves(levels)
    return pd.DataFrame(
        {
            "y": [y for y, _ in half],
            "left": [-width for _, width in half],
            "right": [width for _, width in half],
        }
    )


def _ring(levels: Sequence[float]) -> pd.DataFrame:
    """Return the closed edge of the silhouette, in drawing order."""
    half = _halves(levels)
    edge = [*half, *[(y, -width) for y, width in reversed(half)], half[0]]
    return pd.DataFrame(
        {
            "y": [y for y, _ in edge],
            "x": [x for _, x in edge],
            "order": list(range(len(edge))),
        }
    )


def pyramid(
    shape: Pyramid,
    look: Look,
    *,
    title: str,
    alt_text: str,
    state: str,
    words: str = "pyramid",
    height: int = 330,
) -> Figure:
    """Return the pyramid to scale over the healthy one.

    ``state`` colours the levels that fall short. ``words`` is "pyramid", or
    "simulator" where the expectation is the base that the reader asked for.
    """
    colours = look.colours
    frame = _level_frame(shape, look, words)
    limit = shape.width / 2 * 1.03
    x_scale = alt.Scale(domain=[-limit, limit], nice=False, zero=False)
    y_scale = alt.Scale(domain=[3.02, 0], nice=False, zero=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=x_scale, axis=None)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=y_scale, axis=None)

    layers: list[Any] = [
        alt.Chart(_outline(shape.expected))
        .mark_area(orient="horizontal", color=colours.sunken, opacity=0.75)
        .encode(x("left"), alt.X2("right:Q"), y("y")),
        alt.Chart(_ring(shape.expected))
        .mark_line(strokeDash=[6, 4], strokeWidth=1.4, color=colours.ghost)
        .encode(x("x"), y("y"), alt.Order("order:Q")),
    ]
    held = [level for level in shape.levels if level is not None]
    if len(held) == len(LEVELS):
        layers.append(
            alt.Chart(_outline(held))
            .mark_area(orient="horizontal", color=colours.mark(state), opacity=0.2)
            .encode(x("left"), alt.X2("right:Q"), y("y"))
        )
    layers += _bars(frame, look, state, x, y)
    wanted = look.text(
        "simulator.expected" if words == "simulator" else "pyramid.expected"
    )
    table = pd.DataFrame(
        {
            look.text("pyramid.level"): frame["name"],
            look.text("pyramid.held"): frame["count"],
            wanted: frame["expected"],
        }
    )
    drawing = style(alt.layer(*layers), look, height=height)
    keys = (Key(wanted, "card", "ghost", is_dashed=True),)
    return Figure(drawing, title, alt_text, table, keys=keys)


def _bars(frame: pd.DataFrame, look: Look, state: str, x: Any, y: Any) -> list[Any]:
    """Return expected outlines, bars and the line of words above each."""
    colours = look.colours
    short = frame[frame["kind"] != "held"]
    bars = frame[frame["kind"] != "absent"].copy()
    bars["fill"] = [
        "short" if kind == "short" and rank else level
        for kind, rank, level in zip(
            bars["kind"], bars["rank"], bars["level"], strict=True
        )
    ]
    kinds = ["top", "middle", "base", "short"]
    fills = [colours.seq3, colours.seq4, colours.seq4, colours.mark(state)]
    hint = tooltip(
        ("name", look.text("pyramid.level")),
        ("count", look.text("pyramid.held")),
        ("expected", look.text("pyramid.expected")),
    )
    inks = {"held": colours.text, "short": colours.ink(state), "absent": colours.muted}
    labels = [
        alt.Chart(frame[frame["kind"] == kind])
        .mark_text(font=FONT, fontSize=13.5, fontWeight=600, color=ink)
        .encode(x("middle"), y("label_y"), alt.Text("said:N"))
        for kind, ink in inks.items()
        if (frame["kind"] == kind).any()
    ]
    return [
        alt.Chart(short)
        .mark_rect(
            fill=colours.card,
            fillOpacity=0.65,
            stroke=colours.ghost,
            strokeDash=[4, 3],
            cornerRadius=4,
        )
        .encode(
            x("expected_left"), alt.X2("expected_right:Q"), y("top"), alt.Y2("bottom:Q")
        ),
        alt.Chart(bars)
        .mark_rect(cornerRadius=4)
        .encode(
            x("left"),
            alt.X2("right:Q"),
            y("top"),
            alt.Y2("bottom:Q"),
            alt.Color(
                "fill:N", scale=alt.Scale(domain=kinds, range=fills), legend=None
            ),
            tooltip=hint,
        ),
        *labels,
    ]


def pyramid_svg(shape: Pyramid, colours: Palette, *, alt_text: str, state: str) -> str:
    """Return the small pyramid of a card, 240 × 132, as an HTML image without text.

    It is scaled on its own expectation: small ones compare shapes, not sizes.
    """
    scale = 228 / shape.width

    def points(levels: Sequence[float]) -> str:
        half = [(4 + y * 41, width * scale / 2) for y, width in silhouette(levels)]
        corners = [(120 + w, y) for y, w in half] + [
            (120 - w, y) for y, w in reversed(half)
        ]
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)

    parts = [
        f'<polygon points="{points(shape.expected)}" fill="{colours.sunken}"'
        f' stroke="{colours.ghost}" stroke-width="1.3" stroke-dasharray="5 3.5"/>'
    ]
    held = [level for level in shape.levels if level is not None]
    if len(held) == len(LEVELS):
        parts.append(
            f'<polygon points="{points(held)}" fill="{colours.mark(state)}"'
            ' fill-opacity=".2"/>'
        )
    fills = (colours.seq3, colours.seq4, colours.seq4)
    for rank, (level, expected) in enumerate(
        zip(shape.levels, shape.expected, strict=True)
    ):
        top = 4 + rank * 41 + 6
        if level is None:
            width = expected * scale
            parts.append(
                f'<rect x="{120 - width / 2:.1f}" y="{top}" width="{width:.1f}"'
                f' height="29" rx="4" fill="{colours.card}" stroke="{colours.line2}"'
                ' stroke-dasharray="4 3"/>'
            )
            continue
        width = max(2.0, level * scale)
        # In a healthy pyramid a little less is no fault: it keeps one colour.
        lacks = rank > 0 and state != "healthy" and _is_short(level, expected)
        fill = colours.mark(state) if lacks else fills[rank]
        parts.append(
            f'<rect x="{120 - width / 2:.1f}" y="{top}" width="{width:.1f}" height="29"'
            f' rx="4" fill="{fill}"/>'
        )
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 132">'
        + "".join(parts)
        + "</svg>"
    )
    return svg.image(drawing, alt_text, "mini")
