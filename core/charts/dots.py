"""A strip of dots: one per person, in the lane of the answer given.

Where the dots stand says everything: the strip reads the same in grey. The triangle
below, and the line it carries, are the median.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.charts import svg
from core.charts.tokens import Palette

_LANE = 100
_PITCH = 9
_ACROSS = 10
_FOOT = 9


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
    deep = max(1, *(-(-count // _ACROSS) for count in counts))
    height = deep * _PITCH + 6
    width = _LANE * len(counts)
    colour = colours.ghost if is_past else colours.accent
    lanes = "".join(
        f'<rect x="{place * _LANE + 2}" width="{_LANE - 4}" height="{height}" rx="4" '
        f'fill="{colours.sunken}"/>'
        for place in range(len(counts))
    )
    dots = "".join(
        f"M{place * _LANE + 9.5 + rank % _ACROSS * _PITCH:g} "
        f"{height - 3 - _PITCH / 2 - rank // _ACROSS * _PITCH:g}h0"
        for place, count in enumerate(counts)
        for rank in range(count)
    )
    marks = (
        f'<path d="{dots}" stroke="{colour}" stroke-width="{5 if is_past else 7}" '
        'stroke-linecap="round"/>'
    )
    if median is not None:
        middle = (median + 0.5) * _LANE
        marks += (
            f'<path d="M{middle:g} {height + 1}l5 7h-10z" fill="{colours.text}"/>'
            f'<path d="M{middle:g} 0V{height}" stroke="{colours.text}" '
            'stroke-width="1.5" stroke-dasharray="3 2"/>'
        )
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} '
        f'{height + _FOOT}" width="{width}" height="{height + _FOOT}">'
        f"{lanes}{marks}</svg>"
    )
    return svg.image(drawing, alt, "strip")
