"""Blocks that show one figure: indicator, bar with its threshold, people by profile.

As in ``core.ui.components``, words come in already in the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from core.ui.components import rich, symbol
from core.ui.icons import PROFILE_ICONS, icon


def kpi_tile(
    label: str,
    value: str,
    unit: str = "",
    *,
    change: str = "",
    direction: str = "",
    tone: str = "",
    spark: str = "",
    state: str = "",
    why: str = "",
) -> str:
    """Return an indicator: value, unit, change in words, sparkline, what it means.

    ``direction`` is "up", "down" or "stable" and draws the arrow; ``tone`` is "good",
    "poor" or "" and colours it, since more is not always better.
    """
    arrow = icon(direction) if direction in ("up", "down", "stable") else ""
    moved = f'<p class="change {escape(tone)}">{arrow}{rich(change)}</p>'
    because = ""
    if why:
        sign = f'<span class="t-{escape(state)}">{icon(state)}</span>' if state else ""
        because = f'<div class="why">{sign}<span>{rich(why)}</span></div>'
    return (
        f'<section class="card fill kpi"><p class="eyebrow">{escape(label)}</p>'
        f'<div class="row"><div><span class="value">{escape(value)}</span>'
        f'<span class="unit">{escape(unit)}</span>{moved if change else ""}</div>'
        f"{spark}</div>{because}</section>"
    )


def kpi_absent(label: str, missing: str) -> str:
    """Return the dashed place of an indicator that has no data, and what it lacks."""
    return (
        f'<section class="card fill kpi absent"><p class="eyebrow">{escape(label)}</p>'
        f'<div class="row"><span class="value">–</span></div><div class="why">'
        f'<span class="t-not_enough_data">{icon("not_enough_data")}</span>'
        f"<span>{rich(missing)}</span></div></section>"
    )


def bullet(
    share: float, threshold: float, state: str, *, value: str, threshold_words: str
) -> str:
    """Return a bar from 0 to 1 with its threshold, both also in words."""
    width = min(max(share, 0.0), 1.0) * 100
    tick = min(max(threshold, 0.0), 1.0) * 100
    return (
        '<div class="bullet"><div class="track" aria-hidden="true">'
        f'<span class="bar {escape(state)}" style="width:{width:.1f}%"></span>'
        f'<span class="tick" style="left:{tick:.1f}%"></span></div>'
        f'<p class="note"><b>{escape(value)}</b><span>{escape(threshold_words)}</span>'
        "</p></div>"
    )


def profile_split(parts: Sequence[tuple[str | None, str, int, int, str]]) -> str:
    """Return the bar of people by profile, and a line a profile below it.

    Each part is (profile or None, its name, people, those of them who keep its rhythm,
    what to say of them); who does not is pale.
    """
    bars, rows = [], []
    for profile, name, count, kept, say in parts:
        kind = profile if profile in PROFILE_ICONS else "unclassified"
        if count:
            pale = f'<i style="width:{100 * (count - kept) / count:.1f}%"></i>'
            bars.append(f'<span class="{kind}" style="flex:{count}">{pale}</span>')
        rows.append(
            f'<li>{symbol(profile, name)}<span class="v">{rich(say)}</span></li>'
        )
    return (
        f'<div class="split" aria-hidden="true">{"".join(bars)}</div>'
        f'<ul class="profiles">{"".join(rows)}</ul>'
    )
