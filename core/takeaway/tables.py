"""What a slide shows beside charts: lines to fill in, and the tiles of SCORE-USAGE."""

from __future__ import annotations

from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from core.i18n import text
from core.scorecards import slide as scorecard
from core.story.model import Plot, Step
from core.takeaway.canvas import LINE, Box, Canvas, Ink, clean, plain

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_EMU_PER_INCH = 914400
_TALL_ROW = 0.56 * _EMU_PER_INCH
ACTIONS = "actions"
"""The code of the step whose lines are to be given an owner and a date."""


def tiles(canvas: Canvas, box: Box, plot: Plot) -> None:
    """Draw the letters of SCORE-USAGE as shapes, each with its name below."""
    count = len(plot.categories)
    across = (count + 1) // 2 if count > 5 else count
    rows = (count + across - 1) // across
    gap = int(box.width * 0.02)
    label = int(Pt(canvas.points(11) * LINE * 2.3))
    side = min(
        (box.width - gap * (across - 1)) // across,
        (box.height - rows * (label + gap)) // rows,
    )
    step = (box.width + gap) // across
    words_of = [_lettered(clean(words)) for words in plot.categories]
    longest = max((w for _, n in words_of for w in n.split()), key=len, default="")
    size = next(
        (
            canvas.points(size)
            for size in (11, 10, 9, 8)
            if canvas.lines(longest, step - gap, canvas.points(size), bold=True) == 1
        ),
        canvas.points(7),
    )
    for place, (letter, name) in enumerate(words_of):
        value = plot.series[0].values[place]
        left = box.left + (place % across) * step
        top = box.top + (place // across) * (side + label + gap)
        x, y, long = (each / _EMU_PER_INCH for each in (left, top, side))
        answered = None if value is None else int(value)
        scorecard.tile(canvas.slide, x, y, long, letter.upper(), answered)
        answer = plot.written[place] if place < len(plot.written) else ""
        frame = canvas.text(
            Box(left, top + side + gap // 4, step - gap, label),
            name,
            Ink(size, canvas.theme.ink, bold=place in plot.lit),
        )
        if answer:
            ink = Ink(size * 0.92, canvas.theme.muted)
            canvas.put(frame, answer, ink, is_new=True)


def _lettered(words: str) -> tuple[str, str]:
    """Return the letter of a criterion and its name, of "S Synergie" or "Synergie"."""
    return words[:1], words[2:] if words[1:2] == " " else words


def listed(canvas: Canvas, box: Box, step: Step) -> None:
    """Draw lines of words as a table: state, what, and what there is to say of it.

    Actions get two columns to fill in: who, and for when.
    """
    plot, language = step.plot, canvas.language
    assert plot is not None
    is_plan = step.code == ACTIONS
    heads = [text(f"take.deck.{name}", language) for name in ("what", "owner", "due")]
    words = [
        _line(plot, place, is_plan=is_plan) for place in range(len(plot.categories))
    ]
    shares: tuple[float, ...] = (0.62, 0.2, 0.18) if is_plan else (0.26, 0.74)
    if not is_plan and not any(line[1] for line in words):
        words, shares = [line[:1] for line in words], (1.0,)
    first = 1 if is_plan else 0
    size = _size(canvas, box, words, shares)
    rows = len(words) + first
    frame = canvas.slide.shapes.add_table(
        rows,
        len(shares),
        *(Emu(v) for v in (box.left, box.top, box.width, rows * 1000)),
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(plain(step.title)))
    table = frame.table
    _unstyled(table)
    for place, share in enumerate(shares):
        table.columns[place].width = Emu(int(box.width * share))
    # Who fills a line in by hand needs room for it.
    least = min(int(_TALL_ROW * canvas.scale), box.height // (rows + 1))
    small = canvas.points(11)
    table.first_row = is_plan
    if is_plan:
        table.rows[0].height = Emu(int(Pt(small * 2)))
        ink = Ink(small, canvas.theme.muted, bold=True)
        for place, head in enumerate(heads):
            _cell(canvas, table.cell(0, place), head, ink)
    for row, line in enumerate(words, start=first):
        high = max(least, _high(canvas, box, line, shares, size))
        table.rows[row].height = Emu(high)
        for place, said in enumerate(line):
            rank = row - first
            state = plot.states[rank] if rank < len(plot.states) else ""
            colour = canvas.theme.words("" if is_plan or place else state)
            ink = Ink(size, colour, bold=not place and not is_plan)
            _cell(canvas, table.cell(row, place), said, ink)


def _line(plot: Plot, place: int, *, is_plan: bool) -> tuple[str, ...]:
    said = plot.written[place] if place < len(plot.written) else ""
    what = clean(plot.categories[place])
    if is_plan:
        return (f"**{what}** {said}" if said else what, "", "")
    return (what, said)


def _high(
    canvas: Canvas, box: Box, line: tuple[str, ...], shares: Any, size: float
) -> int:
    """Return how high a row is, its margins included."""
    most = max(
        canvas.lines(words, int(box.width * share) - int(Pt(10)), size)
        for words, share in zip(line, shares, strict=True)
    )
    return int(Pt(most * size * LINE + size * 0.9))


def _size(canvas: Canvas, box: Box, words: Any, shares: Any) -> float:
    """Return the largest size at which every row is on the slide."""
    for size in (16, 14, 13, 12, 11, 10, 9, 8):
        points = canvas.points(size)
        high = sum(_high(canvas, box, line, shares, points) for line in words)
        if high + int(Pt(canvas.points(11) * 2)) <= box.height:
            break
    return points


def _unstyled(table: Any) -> None:
    """Leave only thin lines between the rows."""
    held = table._tbl.tblPr
    held.set("bandRow", "0")
    style = held.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = _NO_STYLE


def _cell(canvas: Canvas, cell: Any, words: str, ink: Ink) -> None:
    frame = cell.text_frame
    frame.word_wrap = True
    cell.margin_left, cell.margin_right = Emu(0), Pt(10)
    cell.margin_top = cell.margin_bottom = Pt(ink.size * 0.35)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    canvas.put(frame, words, ink)
    held = cell._tc.get_or_add_tcPr()
    line = held.makeelement(qn("a:lnB"), {"w": "9525"})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": canvas.theme.line[1:]}))
    line.append(fill)
    held.insert(0, line)
