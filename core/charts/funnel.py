"""A campaign as a funnel of bars, each to scale, exits where people leave.

From 50 000 to 10 no single scale shows everything. Where a step is too small the next
bars are enlarged: the wedge between shows it, words say by how much, and the enlarged
bars are kept shorter than those above, so that the last never looks like the largest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, style
from core.i18n import formats, plural

# Widest bar after no, one and two enlargements, as a share of the drawing.
_WIDEST = (1.0, 0.82, 0.64)
_FACTORS = (3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300)
# A sliver thinner than this cannot be seen on a phone; it is drawn this wide.
_SLIVER = 0.016
_BAR = 24
_PITCH = 60
_ZOOM = 24


@dataclass(frozen=True)
class Funnel:
    """The counts of a campaign, in people; None is not known by the mailing tool.

    ``delivered`` includes ``opted_out``; ``to_call`` and ``second_mail`` leave out who
    opted out.
    """

    base: int | None
    targeted: int | None
    delivered: int | None
    bounced: int | None
    opted_out: int | None
    opened: int | None
    clicked: int | None
    converted: int | None
    to_call: int | None
    second_mail: int | None


@dataclass(frozen=True)
class _Bar:
    """One bar: its full count, its parts (kind, count), words left and right."""

    total: int
    parts: tuple[tuple[str, int], ...]
    left: str
    right: str = ""
    ink: str = "plain"
    right_ink: str = "muted"
    exits: tuple[tuple[str, str], ...] = ()
    zoom: bool = False


def enlargement(width: float, level: int) -> int:
    """Return by how much a bar of ``width`` may be enlarged at ``level``; 1 is not.

    The largest round factor that keeps the bar within the width of that level.
    """
    if width <= 0:
        return 1
    fitting = [factor for factor in _FACTORS if factor * width <= _WIDEST[level]]
    return fitting[-1] if fitting else 1


def _rows(funnel: Funnel, look: Look) -> list[_Bar]:
    """Return the bars that the known counts allow, top first."""

    def said(step: str, count: int, whole: int | None = None) -> str:
        words = plural(f"funnel.{step}", count, look.language)
        if not whole:
            return words
        share = count / whole
        digits = 1 if share < 0.1 else 0
        return f"{words}, {formats.percent(share, look.language, digits=digits)}"

    rows: list[_Bar] = []
    f = funnel
    if f.base and f.targeted is not None and f.base >= f.targeted:
        rows.append(
            _Bar(
                f.base,
                (("kept", f.targeted), ("rest", f.base - f.targeted)),
                said("targeted", f.targeted),
                look.text("funnel.base", count=look.number(f.base)),
                zoom=True,
            )
        )
    sent = f.targeted if f.targeted is not None else f.delivered
    if f.delivered is not None and sent:
        out, back = f.opted_out or 0, f.bounced or 0
        kept = max(0, f.delivered - out)
        exits = [("opted_out", said("opted_out", out))] if out else []
        exits += [("bounced", said("bounced", back))] if back else []
        rest = max(0, sent - f.delivered - back)
        parts = (("kept", kept), ("opted_out", out), ("bounced", back), ("rest", rest))
        rows.append(
            _Bar(
                sent,
                parts,
                said("delivered", f.delivered, sent),
                exits=tuple(exits),
            )
        )
    reached = f.delivered if f.delivered is not None else sent
    if f.opened is not None and reached:
        closed = max(0, reached - f.opened)
        rows.append(
            _Bar(
                reached,
                (("kept", f.opened), ("rest", closed)),
                said("opened", f.opened, reached),
                said("closed", closed),
            )
        )
    seen = f.opened if f.opened is not None else reached
    if f.clicked is not None and seen:
        mail = min(f.second_mail or 0, max(0, seen - f.clicked))
        rest = max(0, seen - f.clicked - mail)
        rows.append(
            _Bar(
                seen,
                (("clicked", f.clicked), ("second_mail", mail), ("rest", rest)),
                said("clicked", f.clicked, seen),
                said("second_mail", mail) if mail else "",
                ink="accent",
                right_ink="plain",
                zoom=True,
            )
        )
        if f.clicked and f.to_call is not None:
            rows.append(_last(f, look, said))
    return rows


def _last(funnel: Funnel, look: Look, said: Any) -> _Bar:
    clicked, call = funnel.clicked or 0, funnel.to_call or 0
    won = min(funnel.converted or 0, clicked)
    rest = max(0, clicked - call - won)
    return _Bar(
        clicked,
        (("to_call", call), ("converted", won), ("rest", rest)),
        said("to_call", call),
        said("converted", won) if funnel.converted is not None else "",
        ink="accent",
        right_ink="ok",
    )


def _widths(parts: tuple[tuple[str, int], ...], unit: float) -> list[tuple[str, float]]:
    """Return the width of each part; exits at least a sliver, taken from the first."""
    widths = [(kind, count * unit) for kind, count in parts if count > 0]
    taken = 0.0
    for place, (kind, width) in enumerate(widths):
        if place and kind in ("opted_out", "bounced") and width < _SLIVER:
            taken += _SLIVER - width
            widths[place] = (kind, _SLIVER)
    if widths and taken:
        widths[0] = (widths[0][0], max(_SLIVER, widths[0][1] - taken))
    return widths


def funnel(counts: Funnel, look: Look, *, title: str, alt_text: str) -> Figure:
    """Return the funnel; what must be called is its one saturated mark."""
    rows = _rows(counts, look)
    bars: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    wedges: list[dict[str, Any]] = []
    y, level = 20.0, 0
    unit = 1 / rows[0].total if rows else 1.0
    is_thickened = False
    for rank, row in enumerate(rows):
        start = 0.0
        for kind, width in _widths(row.parts, unit):
            bars.append(
                {"x": start, "x2": start + width, "y": y, "y2": y + _BAR, "kind": kind}
            )
            start += width
        is_thickened = is_thickened or _is_thick(row, unit)
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
                for line, width in ((y + _BAR + 2, narrow), (next_y - 2, wide)):
                    wedges.append({"y": line, "x": 0.0, "x2": width, "wedge": rank})
                words = look.text("funnel.enlarged", factor=look.number(factor))
                middle = y + _BAR + 13
                texts.append(_line(narrow, middle, words, "muted", "beside"))
                unit *= factor
        y = next_y
    height = int(y - _PITCH + _BAR + 6)
    drawing = style(_drawn(bars, texts, wedges, height, look), look, height=height)
    note = look.text("funnel.thickened") if is_thickened else ""
    return Figure(drawing, title, alt_text, _table(counts, look), note)


def _is_thick(row: _Bar, unit: float) -> bool:
    return any(
        kind in ("opted_out", "bounced") and 0 < count * unit < _SLIVER
        for kind, count in row.parts
    )


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
    places = {
        "left": {"align": "left", "fontWeight": 600},
        "right": {"align": "right", "fontWeight": 500},
        "right0": {"align": "right", "fontWeight": 600},
        "right1": {"align": "right", "fontWeight": 600, "dy": 42},
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
    drawing: alt.LayerChart = alt.layer(*layers)
    return drawing


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
