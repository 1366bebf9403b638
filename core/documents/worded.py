"""Drawings that are words: the tiles of SCORE-USAGE, lines with a state."""

from __future__ import annotations

from core.charts.tokens import LIGHT
from core.documents.area import Area
from core.documents.surface import Surface, height
from core.scorecards import drawn
from core.story.model import Plot


def written(plot: Plot, place: int) -> str:
    """Return what is written of a category, "" for nothing."""
    return plot.written[place] if place < len(plot.written) else ""


def tiles(page: Surface, area: Area, plot: Plot) -> float:
    """Draw the letters of SCORE-USAGE, each with its colour, texture and sign."""
    across = (len(plot.categories) + 1) // 2
    step = area.width / max(across, 1)
    side = min(step - 3, 13.0)
    row = area.height / 2
    room = step - side - 3
    longest = [word for words in plot.categories for word in words.split(" ")]
    size = next(
        (
            size
            for size in (7.0, 6.6, 6.2, 5.8)
            if all(page.width(word, size, bold=True) <= room for word in longest)
        ),
        5.4,
    )
    for place, words in enumerate(plot.categories):
        x = area.x + (place % across) * step
        y = area.y + (place // across) * row
        value = plot.series[0].values[place]
        tile(page, x, y, side, words[:1].upper(), None if value is None else int(value))
        name = words[2:] if words[1:2] == " " else words
        page.text(
            x + side + 1.6,
            y + 0.4,
            name,
            room,
            size=size,
            bold=place in plot.lit,
            most=2,
        )
        page.text(
            x + side + 1.6,
            y + 0.4 + 2 * height(size),
            written(plot, place),
            room,
            size=min(size, 6.4),
            colour=LIGHT.muted,
            most=2,
        )
    return area.y + area.height


def tile(
    page: Surface, x: float, y: float, side: float, letter: str, value: int | None
) -> None:
    """Draw a letter of SCORE-USAGE on the colour of its answer."""
    ink = drawn.INKS[value]
    page.rect(x, y, side, side, ink.fill)
    for start, end in drawn.stripes(x, y, side, ink) if ink.stripes else ():
        page.line([start, end], ink.stripe, 0.25)
    page.outline(x, y, side, side, ink.edge, dashed=value is None)
    page.text(
        x,
        y + side * 0.06,
        letter,
        side,
        size=side * 1.15,
        bold=True,
        colour=ink.text,
        align="C",
    )
    for start, end in drawn.signs(value, x + side / 2, y + side * 0.7, side * 0.17):
        page.line([start, end], ink.text, side * 0.04)


def high(page: Surface, plot: Plot, place: int, width: float) -> float:
    """Return how high a line of words is in a width, its margins included."""
    words = page.broken(written(plot, place), width * 0.7, 8.8, bold=False, title=False)
    name = page.broken(
        plot.categories[place], _name_width(plot, width), 8.8, bold=True, title=False
    )
    return max(len(words), len(name), 1) * height(8.8) + 2.4


def _name_width(plot: Plot, width: float) -> float:
    return width * 0.27 if any(plot.written) else width - 6


def lines(page: Surface, area: Area, plot: Plot) -> float:
    """Write lines: what, in the colour of its state, then what is said of it."""
    y = area.y
    for place, words in enumerate(plot.categories):
        tall = high(page, plot, place, area.width)
        state = plot.states[place] if place < len(plot.states) else ""
        page.line([(area.x, y), (area.x + area.width, y)], LIGHT.line, 0.2)
        page.text(
            area.x,
            y + 1.2,
            words,
            _name_width(plot, area.width),
            size=8.8,
            bold=True,
            colour=LIGHT.ink(state) if state else LIGHT.text,
        )
        page.text(
            area.x + area.width * 0.3,
            y + 1.2,
            written(plot, place),
            area.width * 0.7,
            size=8.8,
        )
        y += tall
    return y
