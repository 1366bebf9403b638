"""Small drawings as SVG images: no chart engine, no text inside.

They are shown through ``<img>``, which page fonts and CSS colours do not reach: colours
are resolved, and words stand beside the image or in its ``alt``.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

from core.charts.tokens import Palette


def image(svg: str, alt: str, css_class: str = "") -> str:
    """Return ``svg`` as an HTML image; ``alt`` says what it shows, never empty."""
    if not alt:
        raise ValueError("an image needs its words")
    data = base64.b64encode(svg.encode()).decode()
    named = f' class="{escape(css_class, quote=True)}"' if css_class else ""
    words = escape(alt, quote=True)
    return f'<img{named} alt="{words}" src="data:image/svg+xml;base64,{data}">'


def sparkline(
    values: Sequence[float | None], colours: Palette, *, alt: str, state: str = ""
) -> str:
    """Return the last months as a line of 118 × 46 px; its last point is dotted.

    The vertical range is at least a quarter of the mean, so that a stable series
    looks flat. A missing month breaks the line. Nothing is drawn under two values. The
    line is grey: only its last point, today's, has the colour of the state.
    """
    known = [value for value in values if value is not None and value == value]
    if len(known) < 2:
        return ""
    mean = sum(known) / len(known)
    middle = (min(known) + max(known)) / 2
    span = max(max(known) - min(known), abs(mean) * 0.25, 1e-9)
    colour = colours.mark(state) if state else colours.accent
    step = 104 / (len(values) - 1)
    points: list[tuple[float, float] | None] = [
        None
        if value is None or value != value
        else (5 + rank * step, 23 - (value - middle) / span * 34)
        for rank, value in enumerate(values)
    ]
    path, pen_up = [], True
    for point in points:
        if point is None:
            pen_up = True
            continue
        path.append(f"{'M' if pen_up else 'L'}{point[0]:.1f} {point[1]:.1f}")
        pen_up = False
    last = next(point for point in reversed(points) if point is not None)
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 118 46">'
        f'<path d="{"".join(path)}" fill="none" stroke="{colours.na_m}"'
        ' stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>'
        f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="4.2" fill="{colour}"'
        f' stroke="{colours.card}" stroke-width="1.4"/></svg>'
    )
    return image(drawing, alt, "spark")
