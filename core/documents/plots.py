"""Drawings on paper: vectors to scale, every mark with its figure in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.charts.tokens import LIGHT
from core.documents.surface import Surface, height
from core.scorecards import drawn
from core.story.model import Plot

_PALE = LIGHT.seq1
_SMALL = 7.8
_LABELS = 0.32


@dataclass(frozen=True)
class Area:
    """Where something is drawn, in millimetres."""

    x: float
    y: float
    width: float
    height: float


def draw(page: Surface, area: Area, plot: Plot) -> float:
    """Draw ``plot`` in ``area``; return where it ends, lines of words below included.

    The pyramid and bars are to one scale, from zero.
    """
    return _PAINTERS[plot.kind](page, area, plot)


def wanted(page: Surface, plot: Plot, width: float) -> float:
    """Return how high a drawing is at its best."""
    count = len(plot.categories)
    if plot.kind in ("bars", "funnel"):
        return count * 7.2 + 2
    if plot.kind == "pyramid":
        return count * 14.0
    if plot.kind == "tiles":
        return 46.0
    if plot.kind == "list":
        return sum(_line_height(page, plot, place, width) for place in range(count))
    return 52.0


def _values(plot: Plot) -> list[float | None]:
    return list(plot.series[0].values) if plot.series else []


def _top(plot: Plot) -> float:
    known = [v for one in plot.series for v in one.values if v is not None]
    return max([*known, *plot.expected, 1e-9])


def _state(plot: Plot, place: int) -> str:
    return plot.states[place] if place < len(plot.states) else ""


def _colour(plot: Plot, place: int) -> str:
    if place not in plot.lit:
        return _PALE
    state = _state(plot, place)
    return LIGHT.mark(state) if state else LIGHT.accent


def _written(plot: Plot, place: int) -> str:
    return plot.written[place] if place < len(plot.written) else ""


def _bars(page: Surface, area: Area, plot: Plot) -> float:
    count = max(len(plot.categories), 1)
    row = min(area.height / count, 9.0)
    left = area.x + area.width * _LABELS + 2
    room = area.width * (1 - _LABELS) - 24
    for place, value in enumerate(_values(plot)):
        y = area.y + place * row
        middle = y + (row - height(_SMALL)) / 2
        page.text(
            area.x,
            middle,
            plot.categories[place],
            area.width * _LABELS,
            size=_SMALL,
            most=1,
        )
        long = 0.0 if value is None else room * max(value, 0.0) / _top(plot)
        page.rect(left, y + row * 0.16, long, row * 0.68, _colour(plot, place))
        beyond = long
        if plot.expected:
            target = room * plot.expected[place] / _top(plot)
            page.line(
                [(left + target, y + row * 0.06), (left + target, y + row * 0.94)],
                LIGHT.muted,
                0.35,
            )
            if long <= target < long + 12:
                beyond = target
        page.text(
            left + beyond + 1.5,
            middle,
            _written(plot, place),
            24,
            size=_SMALL,
            bold=place in plot.lit,
            most=1,
        )
    end = area.y + count * row
    page.line([(left, area.y), (left, end)], LIGHT.line, 0.25)
    return end


def _columns(page: Surface, area: Area, plot: Plot) -> float:
    values = _values(plot)
    step = area.width / max(len(values), 1)
    size = _fitting(page, plot, step)
    foot = area.y + area.height - height(size) - 1
    room = foot - area.y - height(size) - 1
    for place, value in enumerate(values):
        x = area.x + place * step
        high = 0.0 if value is None else room * max(value, 0.0) / _top(plot)
        page.rect(x + step * 0.16, foot - high, step * 0.68, high, _colour(plot, place))
        page.text(
            x,
            foot - high - height(size) - 0.3,
            _written(plot, place),
            step,
            size=size,
            bold=place in plot.lit,
            most=1,
            align="C",
        )
        page.text(
            x,
            foot + 0.8,
            plot.categories[place],
            step,
            size=size,
            colour=LIGHT.muted,
            most=1,
            align="C",
        )
    page.line([(area.x, foot), (area.x + area.width, foot)], LIGHT.line, 0.25)
    return area.y + area.height


def _fitting(page: Surface, plot: Plot, room: float) -> float:
    """Return the largest size at which the words of every column fit."""
    words = [*plot.written, *plot.categories]
    for size in (_SMALL, 7.0, 6.4, 5.8):
        if all(page.width(one, size, bold=True) <= room for one in words):
            return size
    return 5.2


def _line(page: Surface, area: Area, plot: Plot) -> float:
    values = _values(plot)
    step = area.width / max(len(values), 1)
    size = _fitting(page, plot, step)
    foot = area.y + area.height - height(size) - 1
    room = foot - area.y - height(size) - 2

    def points(series: Sequence[float | None]) -> list[tuple[float, float] | None]:
        return [
            None
            if value is None
            else (area.x + (place + 0.5) * step, foot - room * value / _top(plot))
            for place, value in enumerate(series)
        ]

    for rank, series in enumerate(plot.series):
        found = points(series.values)
        for start, end in zip(found, found[1:], strict=False):
            if start and end:
                colour = LIGHT.muted if rank else LIGHT.accent
                page.line([start, end], colour, 0.3 if rank else 0.6, dashed=bool(rank))
    for place, point in enumerate(points(values)):
        page.text(
            area.x + place * step,
            foot + 0.8,
            plot.categories[place],
            step,
            size=size,
            colour=LIGHT.muted,
            most=1,
            align="C",
        )
        if point is None:
            continue
        is_lit = place in plot.lit
        colour = _colour(plot, place) if is_lit else LIGHT.accent
        page.dot(*point, 1.3 if is_lit else 0.8, colour)
        page.text(
            area.x + place * step,
            point[1] - height(size) - 1.2,
            _written(plot, place),
            step,
            size=size,
            bold=is_lit,
            most=1,
            align="C",
        )
    page.line([(area.x, foot), (area.x + area.width, foot)], LIGHT.line, 0.25)
    return area.y + area.height


def _pyramid(page: Surface, area: Area, plot: Plot) -> float:
    """Draw each level centred, over the outline of what it should be."""
    count = max(len(plot.categories), 1)
    row = min(area.height / count, 18.0)
    room = area.width * 0.56
    middle = area.x + room / 2
    words = area.x + room + 4
    for place, value in enumerate(_values(plot)):
        y = area.y + place * row
        long = 0.0 if value is None else room * value / _top(plot)
        page.rect(middle - long / 2, y + 1, long, row - 2, _colour(plot, place))
        if plot.expected:
            target = room * plot.expected[place] / _top(plot)
            page.outline(
                middle - target / 2, y + 1, target, row - 2, LIGHT.muted, dashed=True
            )
        page.text(
            words,
            y + row / 2 - height(11),
            _written(plot, place),
            area.width - room - 4,
            size=11,
            bold=True,
            most=1,
        )
        page.text(
            words,
            y + row / 2 + 0.2,
            plot.categories[place],
            area.width - room - 4,
            size=_SMALL,
            colour=LIGHT.muted,
            most=2,
        )
    return area.y + count * row


def _tiles(page: Surface, area: Area, plot: Plot) -> float:
    """Draw the letters of SCORE-USAGE, each with its colour, texture and sign."""
    across = (len(plot.categories) + 1) // 2
    step = area.width / max(across, 1)
    side = min(step - 3, 13.0)
    row = area.height / 2
    for place, words in enumerate(plot.categories):
        x = area.x + (place % across) * step
        y = area.y + (place // across) * row
        value = _values(plot)[place]
        tile(page, x, y, side, words[:1].upper(), None if value is None else int(value))
        name = words[2:] if words[1:2] == " " else words
        page.text(
            x + side + 1.6,
            y + 0.4,
            name,
            step - side - 3,
            size=7,
            bold=place in plot.lit,
            most=2,
        )
        page.text(
            x + side + 1.6,
            y + 0.4 + 2 * height(7),
            _written(plot, place),
            step - side - 3,
            size=6.4,
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


def _line_height(page: Surface, plot: Plot, place: int, width: float) -> float:
    words = page.broken(
        _written(plot, place), width * 0.7, 8.8, bold=False, title=False
    )
    name = page.broken(
        plot.categories[place], _name_width(plot, width), 8.8, bold=True, title=False
    )
    return max(len(words), len(name), 1) * height(8.8) + 2.4


def _name_width(plot: Plot, width: float) -> float:
    return width * 0.27 if any(plot.written) else width - 6


def _list(page: Surface, area: Area, plot: Plot) -> float:
    """Write lines of words: what, in the colour of its state, and what is said of it."""
    y = area.y
    for place, words in enumerate(plot.categories):
        high = _line_height(page, plot, place, area.width)
        state = _state(plot, place)
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
            _written(plot, place),
            area.width * 0.7,
            size=8.8,
        )
        y += high
    return y


_PAINTERS: dict[str, Callable[[Surface, Area, Plot], float]] = {
    "bars": _bars,
    "funnel": _bars,
    "columns": _columns,
    "line": _line,
    "pyramid": _pyramid,
    "tiles": _tiles,
    "list": _list,
}
