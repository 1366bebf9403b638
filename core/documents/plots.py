"""Drawings on paper: vectors to scale, every mark with its figure in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.charts.tokens import LIGHT
from core.documents import worded
from core.documents.area import Area
from core.documents.surface import Surface, height
from core.story.model import Plot

_PALE = LIGHT.seq1
_SMALL = 7.8
_LABELS = 0.32


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
        return sum(worded.high(page, plot, place, width) for place in range(count))
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
            worded.written(plot, place),
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
            worded.written(plot, place),
            step,
            size=size,
            bold=place in plot.lit,
            most=1,
            align="C",
        )
        _below(page, x, foot, plot.categories[place], step, size)
    page.line([(area.x, foot), (area.x + area.width, foot)], LIGHT.line, 0.25)
    return area.y + area.height


def _below(
    page: Surface, x: float, foot: float, words: str, room: float, size: float
) -> None:
    """Write the name of a column, or of a point, under the line it stands on."""
    page.text(
        x, foot + 0.8, words, room, size=size, colour=LIGHT.muted, most=1, align="C"
    )


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
        left = area.x + place * step
        _below(page, left, foot, plot.categories[place], step, size)
        if point is None:
            continue
        is_lit = place in plot.lit
        colour = _colour(plot, place) if is_lit else LIGHT.accent
        page.dot(*point, 1.3 if is_lit else 0.8, colour)
        page.text(
            left,
            point[1] - height(size) - 1.2,
            worded.written(plot, place),
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
            worded.written(plot, place),
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


_PAINTERS: dict[str, Callable[[Surface, Area, Plot], float]] = {
    "bars": _bars,
    "funnel": _bars,
    "columns": _columns,
    "line": _line,
    "pyramid": _pyramid,
    "tiles": worded.tiles,
    "list": worded.lines,
}
