"""The figures to be said aloud, large on a slide, all of one size."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.util import Inches, Pt

from core.story.model import Number
from core.takeaway.canvas import LINE, Box, Canvas, Ink, clean, plain

_VALUES, _LABEL, _NOTE = (34, 30, 26, 23, 20, 17, 15), 13.5, 11.5


def draw(canvas: Canvas, box: Box, numbers: Sequence[Number], *, is_row: bool) -> None:
    """Write the figures to be said aloud: large, with their label below."""
    if not numbers:
        return
    gap = int(Pt(12 * canvas.scale))
    if is_row:
        width = (box.width - gap * (len(numbers) - 1)) // len(numbers)
        each = Box(box.left, box.top, width, box.height)
        size = _value_size(canvas, each, numbers)
        for place, number in enumerate(numbers):
            left = box.left + place * (width + gap)
            _number(canvas, Box(left, box.top, width, box.height), number, size)
        return
    high = min(box.height // len(numbers), int(Inches(1.45) * canvas.scale))
    each = Box(box.left, box.top, box.width, high - gap // 2)
    size = _value_size(canvas, each, numbers)
    for place, number in enumerate(numbers):
        top = box.top + place * high
        if place:
            canvas.rule(box.left, top, box.width)
        inside = Box(box.left, top + gap // 2, box.width, high - gap // 2)
        _number(canvas, inside, number, size)


def _high(canvas: Canvas, width: int, number: Number, size: float) -> int:
    """Return how high a figure is with all its words, in EMU."""
    high = canvas.height(number.label, width, canvas.points(_LABEL))
    if number.note:
        high += canvas.height(number.note, width, canvas.points(_NOTE))
    return high + int(Pt(size * LINE))


def _value_size(canvas: Canvas, box: Box, numbers: Sequence[Number]) -> float:
    """Return the size at which every figure fits: they all have the same."""
    for size in map(canvas.points, _VALUES):
        if all(
            canvas.lines(clean(one.value), box.width, size, bold=True) == 1
            and _high(canvas, box.width, one, size) <= box.height
            for one in numbers
        ):
            return size
    return canvas.points(_VALUES[-1])


def _number(canvas: Canvas, box: Box, number: Number, size: float) -> None:
    colours = canvas.theme
    value = clean(plain(number.value))
    small, note = canvas.points(_LABEL), canvas.points(_NOTE)
    frame = canvas.text(box, value, Ink(size, colours.words(number.state), bold=True))
    canvas.put(frame, number.label, Ink(small, colours.ink), is_new=True)
    if number.note and _high(canvas, box.width, number, size) <= box.height:
        canvas.put(frame, number.note, Ink(note, colours.muted), is_new=True)
