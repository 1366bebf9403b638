"""The words of a native chart: a figure at each mark, and the mark's colour."""

from __future__ import annotations

from typing import Any

from pptx.util import Emu, Pt

from core.i18n import formats, text
from core.story.model import Plot
from core.takeaway import fitting, numbers
from core.takeaway.canvas import Box, Canvas, clean, plain

SIZES = (14, 13, 12, 11, 10, 9, 8)
_LONGEST = 46


def dress(canvas: Canvas, font: Any, colour: str, size: float = 12) -> None:
    """Give words their colour and their size."""
    font.size = Pt(canvas.points(size))
    canvas.paint(font.color, colour)


def words(canvas: Canvas, plot: Plot, place: int) -> str:
    """Return the label of a mark of the first series, never broken over lines."""
    said = plot.written[place] if place < len(plot.written) else ""
    value = plot.series[0].values[place]
    if not said:
        said = formats.number(value, canvas.language)
    if plot.expected and plot.kind == "pyramid":
        expected = formats.number(plot.expected[place], canvas.language)
        if value is None or round(plot.expected[place]) > round(value):
            key = "take.chart.of_expected"
            said = text(key, canvas.language, value=said, expected=expected)
    short = fitting.shortened(clean(plain(said)), _LONGEST)
    return short.replace(" ", numbers.NO_BREAK)


def say(canvas: Canvas, label: Any, said: str, *, is_lit: bool, state: str) -> None:
    """Write a label word for word."""
    frame = label.text_frame
    frame.text = said
    frame._txBody.bodyPr.set("wrap", "none")
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(canvas.points(14)), is_lit
    colour = canvas.theme.words(state) if is_lit and state else canvas.theme.ink
    canvas.paint(font.color, colour)


def state_of(plot: Plot, place: int) -> str:
    """Return the state of a mark, "" without one."""
    return plot.states[place] if place < len(plot.states) else ""


def colour(canvas: Canvas, plot: Plot, place: int) -> str:
    """Return the colour of a mark: saturated for what must be acted on."""
    if place in plot.lit:
        return canvas.theme.mark(state_of(plot, place))
    return canvas.theme.pale


def by_format(
    canvas: Canvas, series: Any, plot: Plot, position: Any, size: float
) -> None:
    """Label the first series: by a format where one says it, else word for word."""
    code = numbers.number_format(plot.series[0].values, plot.written, canvas.language)
    drawn = series.data_labels
    drawn.show_value = True
    drawn.position = position
    drawn.number_format = code or numbers.plain_format(
        plot.series[0].values, canvas.language
    )
    drawn.number_format_is_linked = False
    dress(canvas, drawn.font, canvas.theme.ink, size)
    for place, value in enumerate(plot.series[0].values):
        if code is None and plot.written and value is not None:
            label = series.points[place].data_label
            is_lit, state = place in plot.lit, state_of(plot, place)
            say(canvas, label, words(canvas, plot, place), is_lit=is_lit, state=state)
            label.position = position


def size(canvas: Canvas, plot: Plot, box: Box) -> float:
    """Return the largest size at which labels side by side stay apart."""
    if plot.kind not in ("columns", "line"):
        return SIZES[0]
    room = Emu(box.width).pt / max(len(plot.categories), 1) / canvas.theme.face
    longest = max(plot.written, key=len, default="")
    fit = (
        size
        for size in SIZES
        if fitting.width(longest, canvas.points(size)) <= room * 0.96
    )
    return next(fit, SIZES[-1])
