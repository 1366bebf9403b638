"""A change against the month before, in words."""

from __future__ import annotations

from typing import Any

from core.i18n import formats
from core.i18n.catalogue import text


def direction(change: Any, digits: int = 0) -> str:
    """Return "up", "down", "stable" as shown with ``digits``, or "absent"."""
    if formats.is_absent(change):
        return "absent"
    shown = formats.rounded(change, digits)
    if shown == 0:
        return "stable"
    return "up" if shown > 0 else "down"


def since(change: Any, language: str, month: Any, *, digits: int = 0) -> str:
    """Return "0,3 de plus qu'en septembre", "stable depuis septembre", or a dash.

    ``month`` is the month compared with, a date or "2026-09".
    """
    way = direction(change, digits)
    if way == "absent":
        return formats.ABSENT
    return text(
        f"change.since.{way}",
        language,
        value=formats.number(abs(float(change)), language, digits=digits),
        month=formats.month_name(month, language),
    )


def relative(ratio: Any, language: str, month: Any) -> str:
    """Return a relative change in words: "12 % de moins qu'en septembre"."""
    way = direction(ratio, 2)
    if way == "absent":
        return formats.ABSENT
    return text(
        f"change.since.{way}",
        language,
        value=formats.percent(abs(float(ratio)), language),
        month=formats.month_name(month, language),
    )
