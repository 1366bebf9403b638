"""The drawing of a step as a chart that PowerPoint can edit, its workbook behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from core.exports import harmless
from core.i18n import text
from core.story.model import Plot
from core.takeaway import fitting, labels, numbers
from core.takeaway.canvas import Box, Canvas, clean, plain

CHARTS = ("bars", "columns", "line", "pyramid", "funnel")
_TYPES = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "funnel": XL_CHART_TYPE.BAR_CLUSTERED,
    "pyramid": XL_CHART_TYPE.BAR_STACKED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
_LINK = re.compile(r"(https?|ftp|mailto|internal|external|file):", re.IGNORECASE)
_FEW_POINTS = 14
_ROOM_ABOVE = 1.15
_ROOM_FOR_LABELS = 0.75
"""What stands free at the right of a pyramid for its figures, in parts of its width."""


def cell(words: str) -> str:
    """Return words that a chart's workbook takes for no formula and no link."""
    found = harmless(fitting.shortened(clean(plain(words)), 120))
    return "'" + found if _LINK.match(found) else found


def add(canvas: Canvas, box: Box, plot: Plot, told: str) -> Any:
    """Draw ``plot`` in ``box``; ``told`` is the finding for who cannot see it."""
    data = CategoryChartData(number_format="General")
    data.categories = [cell(words) for words in plot.categories]
    for name, values, code in _series(plot, canvas.language):
        data.add_series(cell(name), values, number_format=code)
    frame = canvas.slide.shapes.add_chart(
        _TYPES[plot.kind],
        *(Emu(each) for each in (box.left, box.top, box.width, box.height)),
        data,
    )
    _tell(frame, told)
    chart = frame.chart
    chart.has_title = False
    _axes(canvas, chart, plot)
    _PAINTERS[plot.kind](canvas, chart, plot, box)
    is_alone = len(plot.series) == 1 and not plot.expected
    several = plot.kind != "pyramid" and not is_alone
    chart.has_legend = several
    if several:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        labels.dress(canvas, chart.legend.font, canvas.theme.muted)
    return frame


def _tell(frame: Any, told: str) -> None:
    described = frame._element.nvGraphicFramePr.cNvPr
    described.set("descr", clean(plain(told)))


def _format(plot: Plot, place: int, language: str) -> str:
    values = plot.series[place].values
    found = numbers.number_format(values, plot.written, language) if not place else None
    if found is None and plot.written:
        # The other series are written as the first one is.
        found = numbers.number_format(plot.series[0].values, plot.written, language)
    return found or numbers.plain_format(values, language)


def _series(plot: Plot, language: str) -> list[tuple[str, Sequence[float | None], str]]:
    """Return the name, the values and the format of each series of the workbook."""
    found: list[tuple[str, Sequence[float | None], str]] = [
        (one.name, one.values, _format(plot, place, language))
        for place, one in enumerate(plot.series)
    ]
    if plot.kind != "pyramid":
        if plot.expected:
            name = text("take.chart.expected", language)
            found.append((name, plot.expected, found[0][2]))
        return found
    name, values, code = found[0]
    missing = _missing(plot)
    widest = _widest(plot)
    sides = [
        (widest - (value or 0) - 2 * lack) / 2
        for value, lack in zip(values, missing, strict=True)
    ]
    lacking = text("take.chart.missing_half", language)
    lacks = [(lacking, missing, code)] if any(missing) else []
    free = [side + widest * _ROOM_FOR_LABELS for side in sides]
    side = text("take.chart.side", language)
    return [
        (side, sides, code),
        *lacks,
        (name, values, code),
        *lacks,
        (side, free, code),
    ]


def _missing(plot: Plot) -> list[float]:
    """Return half of what each level of a pyramid lacks: it stands on either side."""
    if not plot.expected:
        return [0.0] * len(plot.categories)
    return [
        max(0.0, expected - (value or 0)) / 2
        for expected, value in zip(plot.expected, plot.series[0].values, strict=True)
    ]


def _widest(plot: Plot) -> float:
    known = [value or 0 for value in plot.series[0].values]
    return max([*known, *plot.expected, 1e-9])


def _axes(canvas: Canvas, chart: Any, plot: Plot) -> None:
    chart.font.size = Pt(canvas.points(12))
    canvas.paint(chart.font.color, canvas.theme.ink)
    across, up = chart.category_axis, chart.value_axis
    across.major_tick_mark = across.minor_tick_mark = XL_TICK_MARK.NONE
    across.has_major_gridlines = False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    longest = max((len(words) for words in plot.categories), default=0)
    is_close = longest > 26 or len(plot.categories) > 9
    labels.dress(
        canvas, across.tick_labels.font, canvas.theme.ink, 12 if is_close else 14
    )
    if plot.kind == "pyramid":
        across.format.line.fill.background()
    else:
        canvas.paint(across.format.line.color, canvas.theme.line)
    if plot.kind in ("bars", "funnel", "pyramid"):
        across.reverse_order = True
    up.visible = False
    up.has_major_gridlines = up.has_minor_gridlines = False
    # Labels of the longest bar need room beyond it.
    up.minimum_scale = 0
    if plot.kind == "pyramid":
        up.maximum_scale = _widest(plot) * (1 + _ROOM_FOR_LABELS)
    known = [v for one in plot.series for v in one.values if v is not None]
    if known and plot.kind == "line":
        up.maximum_scale = max(max(known), 1e-9) * _ROOM_ABOVE
    if known and min(known) < 0:
        up.minimum_scale = None


def _bars(canvas: Canvas, chart: Any, plot: Plot, box: Box) -> None:
    drawn = chart.plots[0]
    drawn.gap_width = 45
    # What was expected is an outline around what there is.
    drawn.overlap = 100 if plot.expected else -8
    first, *others = drawn.series
    first.invert_if_negative = False
    canvas.fill(first.format, canvas.theme.pale if plot.lit else canvas.theme.accent)
    for place in plot.lit:
        if place < len(plot.categories):
            canvas.fill(first.points[place].format, labels.colour(canvas, plot, place))
    labels.by_format(
        canvas,
        first,
        plot,
        XL_LABEL_POSITION.OUTSIDE_END,
        labels.size(canvas, plot, box),
    )
    for other in others:
        other.invert_if_negative = False
        other.format.fill.background()
        canvas.paint(other.format.line.color, canvas.theme.muted)
        other.format.line.width = Pt(1)
        other.format.line.dash_style = MSO_LINE.DASH


def _line(canvas: Canvas, chart: Any, plot: Plot, box: Box) -> None:
    theme = canvas.theme
    count = len(plot.categories)
    for place, series in enumerate(chart.plots[0].series):
        colour = theme.accent if not place else theme.muted
        series.smooth = False
        canvas.paint(series.format.line.color, colour)
        series.format.line.width = Pt(2.5 if not place else 1.5)
        if place:
            series.format.line.dash_style = MSO_LINE.DASH
        series.marker.style = (
            XL_MARKER_STYLE.CIRCLE if not place else XL_MARKER_STYLE.NONE
        )
        if not place:
            series.marker.size = 6
            canvas.fill(series.marker.format, colour)
            canvas.paint(series.marker.format.line.color, colour)
    first = chart.plots[0].series[0]
    for place in plot.lit:
        if place < count:
            marker = first.points[place].marker
            marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 11
            canvas.fill(marker.format, labels.colour(canvas, plot, place))
    if count <= _FEW_POINTS:
        labels.by_format(
            canvas,
            first,
            plot,
            XL_LABEL_POSITION.ABOVE,
            labels.size(canvas, plot, box),
        )
        return
    known = [p for p, value in enumerate(plot.series[0].values) if value is not None]
    for place in {*known[:1], *known[-1:], *plot.lit} & set(known):
        label = first.points[place].data_label
        is_lit, state = place in plot.lit, labels.state_of(plot, place)
        labels.say(
            canvas, label, labels.words(canvas, plot, place), is_lit=is_lit, state=state
        )
        label.position = XL_LABEL_POSITION.ABOVE


def _pyramid(canvas: Canvas, chart: Any, plot: Plot, box: Box) -> None:
    """Centre each level between two invisible sides; what it lacks is an outline."""
    drawn = chart.plots[0]
    drawn.gap_width, drawn.overlap = 18, 100
    series = list(drawn.series)
    middle = len(series) // 2
    for place, one in enumerate(series):
        one.invert_if_negative = False
        if place == middle:
            canvas.fill(one.format, canvas.theme.pale)
            for level in range(len(plot.categories)):
                canvas.fill(
                    one.points[level].format, labels.colour(canvas, plot, level)
                )
            continue
        one.format.fill.background()
        if place in (0, len(series) - 1):
            one.format.line.fill.background()
        else:
            canvas.paint(one.format.line.color, canvas.theme.muted)
            one.format.line.width = Pt(1)
            one.format.line.dash_style = MSO_LINE.DASH
    for level in range(len(plot.categories)):
        label = series[-1].points[level].data_label
        is_lit, state = level in plot.lit, labels.state_of(plot, level)
        labels.say(
            canvas, label, labels.words(canvas, plot, level), is_lit=is_lit, state=state
        )
        label.position = XL_LABEL_POSITION.INSIDE_BASE
    for shape in chart._chartSpace.iter(qn("c:dLbls")):
        _quiet(shape)


def _quiet(labels: Any) -> None:
    """Let a label say its words only, and not its number beside them."""
    for name in ("c:showLegendKey", "c:showCatName", "c:showSerName", "c:showPercent"):
        for found in labels.iter(qn(name)):
            found.set("val", "0")


_PAINTERS = {
    "bars": _bars,
    "funnel": _bars,
    "columns": _bars,
    "line": _line,
    "pyramid": _pyramid,
}
