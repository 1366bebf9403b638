"""The steps of a campaign as bars: which ones, their parts, their words and widths."""

from __future__ import annotations

import math
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
# Widest exit of the small scale beside the bar they leave.
_EXIT = 0.36


@dataclass(frozen=True)
class Funnel:
    """The counts of a campaign, in people; None is not known by the mailing tool.

    ``delivered`` includes ``opted_out`` and ``complained``, whose union is ``refused``;
    ``to_call`` and ``second_mail`` leave them out. ``machine_opened`` and
    ``doubted_call`` are parts of ``opened`` and ``to_call`` that may not be persons.
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
    bounced_hard: int | None = None
    bounced_soft: int | None = None
    complained: int | None = None
    refused: int | None = None
    suppressed: int | None = None
    machine_opened: int | None = None
    doubted_call: int | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Funnel:
        """Return the counts of a ``mart_campaign_funnel`` row; null stays unknown."""
        counts = {
            field.name: None
            if formats.is_absent(row.get(field.name))
            else int(row[field.name])
            for field in fields(cls)
        }
        return cls(**counts)

    @property
    def exits(self) -> tuple[tuple[str, int], ...]:
        """Those who left between sending and opening, by kind; nobody is left out."""
        kinds = ["bounced_hard", "bounced_soft"]
        if self.bounced_hard is None and self.bounced_soft is None:
            kinds = ["bounced"]
        kinds += ["opted_out", "complained"]
        counts = ((kind, getattr(self, kind)) for kind in kinds)
        return tuple((kind, count) for kind, count in counts if count)


@dataclass(frozen=True)
class Bar:
    """One bar: its full count, its parts (kind, count), words left and right.

    ``exits`` are who leaves there: kind, count and words.
    """

    total: int
    parts: tuple[tuple[str, int], ...]
    left: str
    right: str = ""
    ink: str = "plain"
    right_ink: str = "muted"
    exits: tuple[tuple[str, int, str], ...] = ()
    zoom: bool = False


def enlargement(width: float, level: int) -> int:
    """Return by how much a bar of ``width`` may be enlarged at ``level``; 1 is not.

    The largest round factor that keeps the bar within the width of that level.
    """
    if width <= 0:
        return 1
    fitting = [factor for factor in _FACTORS if factor * width <= _WIDEST[level]]
    return fitting[-1] if fitting else 1


def exit_scale(width: float) -> float:
    """Return the scale of exits of which ``width`` is the widest, to the bar's.

    A round enlargement, or one over a whole number where they are too wide.
    """
    if width > _EXIT:
        return 1 / math.ceil(width / _EXIT)
    fitting = [factor for factor in _FACTORS if factor * width <= _EXIT]
    return fitting[-1] if fitting else 1


def bars_of(funnel: Funnel, look: Look, *, is_running: bool = False) -> list[Bar]:
    """Return the bars that the known counts allow, top first.

    ``is_running`` says that conversions may still come.
    """

    def said(step: str, count: int, whole: int | None = None) -> str:
        words = plural(f"funnel.{step}", count, look.language)
        if not whole:
            return words
        share = count / whole
        digits = 1 if 0 < share < 0.1 else 0
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
        out = f.refused if f.refused is not None else f.opted_out or 0
        back = f.bounced or 0
        kept = max(0, f.delivered - out)
        rest = max(0, sent - f.delivered - back)
        parts = (("kept", kept), ("opted_out", out), ("bounced", back), ("rest", rest))
        rows.append(
            Bar(
                sent,
                parts,
                said("delivered", f.delivered, sent),
                exits=tuple((kind, n, said(kind, n)) for kind, n in f.exits),
            )
        )
    reached = f.delivered if f.delivered is not None else sent
    if reached is None and f.opened:
        # A file of openers alone: how many they are, of how many nobody tells.
        machine = min(f.machine_opened or 0, f.opened)
        alone = (("kept", f.opened - machine), ("doubted", machine))
        rows.append(Bar(f.opened, alone, said("opened", f.opened)))
    if f.opened is not None and reached:
        closed = max(0, reached - f.opened)
        machine = min(f.machine_opened or 0, f.opened)
        read = f.opened - machine
        words = said("opened", f.opened, reached)
        if machine:
            words += f", {said('machine_opened', machine)}"
        rows.append(
            Bar(
                reached,
                (("kept", read), ("doubted", machine), ("rest", closed)),
                words,
                # Both would not hold on the line of a telephone.
                "" if machine else said("closed", closed),
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
            rows.append(_last(f, look, said, is_running))
    return rows


def _last(
    funnel: Funnel, look: Look, said: Callable[..., str], is_running: bool
) -> Bar:
    clicked, call = funnel.clicked or 0, funnel.to_call or 0
    doubted = min(funnel.doubted_call or 0, call)
    won = min(funnel.converted or 0, clicked)
    rest = max(0, clicked - call - won)
    words = said("to_call", call)
    if doubted:
        words += f", {said('doubted', doubted)}"
    so_far = "converted_so_far" if is_running else "converted"
    return Bar(
        clicked,
        (
            ("to_call", call - doubted),
            ("doubted", doubted),
            ("converted", won),
            ("rest", rest),
        ),
        words,
        said(so_far, won) if funnel.converted is not None else "",
        ink="accent",
        right_ink="ok",
    )
