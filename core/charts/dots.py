"""A strip of dots: one per person, in the lane of the answer given.

Where the dots stand says everything: the strip reads the same in grey. The triangle
below, and the line it carries, are the median.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.charts import svg
from core.charts.tokens import Palette

_LANE = 100
_FOOT = 9
# How many dots stand side by side in a lane, for a room of at most so many people.
_ACROSS = {5: 5, 14: 6, 32: 8}
_MOST_ACROSS = 10


def _middle(count: int, rank: int, across: int) -> float:
    """Return where a dot stands in its lane, in dots: a row is centred."""
    in_row = min(across, count - rank // across * across)
    return (across - in_row) / 2 + rank % across + 0.5


def strip(
    counts: Sequence[int],
    median: float | None,
    colours: Palette,
    *,
    alt: str,
    is_past: bool = False,
) -> str:
    """Return how many people gave each answer, as an image 100 px wide an answer.

    ``is_past`` draws an earlier round: smaller, paler dots.
    """
    people = sum(counts)
    fit = (across for most, across in _ACROSS.items() if people <= most)
    across = next(fit, _MOST_ACROSS)
    pitch = (_LANE - 10) / across
    deep = max(1, *(-(-count // across) for count in counts))
    height = round(deep * pitch) + 6
    width = _LANE * len(counts)
    colour = colours.ghost if is_past else colours.accent
    lanes = "".join(
        f'<rect x="{place * _LANE + 2}" width="{_LANE - 4}" height="{height}" rx="4" '
        f'fill="{colours.sunken}"/>'
        for place in range(len(counts))
    )
    dots = "".join(
        f"M{_middle(count, rank, across) * pitch + place * _LANE + 5:.1f} "
        f"{height - 3 - pitch / 2 - rank // across * pitch:.1f}h0"
        for place, count in enumerate(counts)
        for rank in range(count)
    )
    thick = pitch * (0.5 if is_past else 0.75)
    line = tip = ""
    if median is not None:
        middle = (median + 0.5) * _LANE
        tip = f'<path d="M{middle:g} {height + 1}l5 7h-10z" fill="{colours.text}"/>'
        line = (
            f'<path d="M{middle:g} 0V{height}" stroke="{colours.text}" '
            'stroke-width="1.5" stroke-dasharray="3 2"/>'
        )
    marks = (
        f'{line}<path d="{dots}" stroke="{colour}" stroke-width="{thick:.1f}" '
        'stroke-linecap="round"/>'
    )
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} '
        f'{height + _FOOT}" width="{width}" height="{height + _FOOT}">'
        f"{lanes}{marks}{tip}</svg>"
    )
    return svg.image(drawing, alt, "strip")
