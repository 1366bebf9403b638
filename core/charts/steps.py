"""The steps of a campaign as bars: which ones, their parts, their words and widths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from core.charts.figure import Look
from core.i18n import formats, plural

# Widest bar after no, one and two enlargements, as a share of the drawing.
_WIDEST = (1.0, 0.82, 0.64)
# The factors that an enlargement may have.
_TENS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
_FACTORS = (3, 4, 5, 6, 8, *(ten * 10**power for power in range(6) for ten in _TENS))
# A sliver thinner than this cannot be seen on a phone; it is drawn this wide.
_SLIVER = 0.016


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

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Funnel:
        """Return the counts of a ``mart_campaign_funnel`` row; null stays unknown."""
        counts = {
            field.name: None
            if formats.is_absent(row[field.name])
            else int(row[field.name])
            for field in fields(cls)
        }
        return cls(**counts)


@dataclass(frozen=True)
class Bar:
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


def bars_of(funnel: Funnel, look: Look) -> list[Bar]:
    """Return the bars that the known counts allow, top first."""

    def said(step: str, count: int, whole: int | None = None) -> str:
        words = plural(f"funnel.{step}", count, look.language)
        if not whole:
            return words
        share = count / whole
        digits = 1 if share < 0.1 else 0
        return f"{words}, {formats.percent(share, look.language, digits=digits)}"

    rows: list[Bar] = []
    f = funnel
    if f.base and f.targeted is not None and f.base >= f.targeted:
        rows.append(
            Bar(
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
            Bar(
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
            Bar(
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
            Bar(
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


def _last(funnel: Funnel, look: Look, said: Callable[..., str]) -> Bar:
    clicked, call = funnel.clicked or 0, funnel.to_call or 0
    won = min(funnel.converted or 0, clicked)
    rest = max(0, clicked - call - won)
    return Bar(
        clicked,
        (("to_call", call), ("converted", won), ("rest", rest)),
        said("to_call", call),
        said("converted", won) if funnel.converted is not None else "",
        ink="accent",
        right_ink="ok",
    )


def widths(parts: tuple[tuple[str, int], ...], unit: float) -> list[tuple[str, float]]:
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


def is_thickened(row: Bar, unit: float) -> bool:
    """Tell whether an exit of ``row`` is drawn wider than it is."""
    return any(
        kind in ("opted_out", "bounced") and 0 < count * unit < _SLIVER
        for kind, count in row.parts
    )
