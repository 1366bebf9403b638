"""A scorecard on one page of A4: what to parry first, the mark, the ten, the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from fpdf import FPDF

from core.charts.tokens import LIGHT
from core.i18n import formats, plural
from core.score_usage import CRITERIA, LARGEST, Sheet
from core.scorecards import drawn, fonts
from core.scorecards.words import Reading

_LEFT, _RIGHT, _WIDTH = 16.0, 194.0, 178.0
_ROW, _TABLE_TOP, _PLAN_TOP, _FOOT = 12.0, 106.0, 231.0, 281.0
_TILE = 15.5
_STATE = {
    "healthy": LIGHT.ok,
    "watch": LIGHT.warn,
    "sick": LIGHT.bad,
    "not_enough_data": LIGHT.na,
}
_WORDS = {None: LIGHT.na, 0: LIGHT.bad, 1: LIGHT.bad, 2: LIGHT.ok, 3: LIGHT.ok}
_DOTS = "…"


class _Page(FPDF):
    """A document with our fonts, colours given as #RRGGBB and text that fits."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self.set_lang(reading.language)
        self.set_creator("Aplomb")
        self.set_creation_date(
            datetime.combine(reading.day, datetime.min.time(), tzinfo=UTC)
        )
        for style, weight in (("", 400), ("B", 650)):
            self.add_font("inter", style, fonts.file("inter", weight))
            self.add_font("inter-ext", style, fonts.file("inter-ext", weight))
        self.add_font("title", "", fonts.file("bricolage", 650))
        self.set_fallback_fonts(["inter-ext", "inter"], exact_match=False)

    def ink(self, colour: str) -> None:
        self.set_text_color(*drawn.rgb(colour))

    def lines(self, words: str, width: float, most: int) -> list[str]:
        """Break words to a width; what does not fit in ``most`` lines ends in dots."""
        broken: Any = self.multi_cell(
            width, text=fonts.printable(words), dry_run=True, output="LINES", align="L"
        )
        found: list[str] = broken
        if len(found) <= most:
            return found
        last = found[most - 1]
        while last and self.get_string_width(last + _DOTS) > width - 0.2:
            last = last[:-1]
        return [*found[: most - 1], last.rstrip() + _DOTS]

    def put(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 9,
        style: str = "",
        family: str = "inter",
        colour: str = LIGHT.text,
        width: float = _WIDTH,
        most: int = 1,
        align: str = "L",
    ) -> float:
        """Write text below ``y``; return where it ends."""
        self.set_font(family, style, size)
        self.ink(colour)
        height = size * 0.352778 * 1.32
        for line in self.lines(words, width, most):
            self.set_xy(x, y)
            self.cell(width, height, line, align=align)
            y += height
        return y

    def strokes(
        self,
        lines: Sequence[tuple[drawn.Point, drawn.Point]],
        colour: str,
        width: float,
    ) -> None:
        self.set_draw_color(*drawn.rgb(colour))
        self.set_line_width(width)
        for (x1, y1), (x2, y2) in lines:
            self.line(x1, y1, x2, y2)

    def tile(
        self, x: float, y: float, side: float, letter: str, value: int | None
    ) -> None:
        """Draw a letter on its colour, with its texture and its sign."""
        ink = drawn.INKS[value]
        self.set_fill_color(*drawn.rgb(ink.fill))
        self.set_draw_color(*drawn.rgb(ink.edge))
        self.set_line_width(0.35)
        self.rect(x, y, side, side, style="F")
        if ink.stripes:
            self.strokes(drawn.stripes(x, y, side, ink), ink.stripe, 0.25)
        self.set_draw_color(*drawn.rgb(ink.edge))
        self.set_line_width(0.35)
        if value is None:
            self.set_dash_pattern(1, 0.8)
        self.rect(x, y, side, side, style="D")
        self.set_dash_pattern()
        size = side * 1.15
        self.set_font("inter", "B", size)
        self.ink(ink.text)
        self.set_xy(x, y + side * 0.1)
        self.cell(side, side * 0.5, letter, align="C")
        strokes = drawn.signs(value, x + side / 2, y + side * 0.66, side * 0.19)
        self.strokes(strokes, ink.text, side * 0.04)


def _head(page: _Page, sheet: Sheet, reading: Reading) -> None:
    page.put(_LEFT, 13, "SCORE-USAGE®", size=9, style="B", colour=LIGHT.accent)
    y = page.put(_LEFT, 18.5, reading.headline(sheet), size=17, family="title", most=2)
    if sheet.description:
        page.put(_LEFT, y + 1, sheet.description, size=9, colour=LIGHT.muted, most=2)


def _mark(page: _Page, sheet: Sheet, reading: Reading) -> None:
    """Draw the high risks, then the mark, its verdict and where it stands."""
    top = 48.0
    if sheet.high_risks:
        count = plural("score.high_risks", len(sheet.high_risks), reading.language)
        said = f"{count} {reading.listed(sheet.high_risks)}"
        page.put(_LEFT, top, said, style="B", colour=LIGHT.bad, width=84, most=2)
    y = top + 10
    page.set_font("title", "", 40)
    words = reading.mark(sheet.mark)
    page.put(_LEFT, y, words, size=40, family="title", width=60)
    page.set_font("title", "", 40)
    beside = _LEFT + page.get_string_width(words) + 5
    page.put(beside, y + 9.5, reading.text("score.out_of"), size=10, colour=LIGHT.muted)
    state = reading.state(sheet)
    page.put(
        _LEFT, y + 20, reading.verdict(sheet), size=11, style="B", colour=_STATE[state]
    )
    _meter(page, sheet, reading, y + 28)
    if sheet.outcome:
        said = reading.confronted(sheet.outcome)
        page.put(_LEFT, y + 37, said, size=7.6, colour=LIGHT.text, width=88, most=3)
    for place, criterion in enumerate(CRITERIA):
        x = 110 + (place % 5) * (_TILE + 1.6)
        row = top + (place // 5) * (_TILE + 8.5)
        value = sheet.answers[criterion.key].value
        page.tile(x, row, _TILE, criterion.letter, value)
        page.put(
            x - 0.8,
            row + _TILE + 0.8,
            reading.name(criterion.key),
            size=6,
            width=_TILE + 1.6,
            align="C",
            colour=LIGHT.muted,
            most=2,
        )


def _meter(page: _Page, sheet: Sheet, reading: Reading, y: float) -> None:
    width, x = 84.0, _LEFT
    ends = (
        reading.rules["score.mark.uncertain"],
        reading.rules["score.mark.likely"],
        LARGEST,
    )
    start = 0.0
    for end, colour in zip(ends, (LIGHT.bad_m, LIGHT.warn_m, LIGHT.ok_m), strict=True):
        page.set_fill_color(*drawn.rgb(colour))
        page.rect(
            x + width * start / LARGEST,
            y,
            width * (end - start) / LARGEST - 0.4,
            2.4,
            style="F",
        )
        start = end
    if sheet.mark is not None:
        at = x + width * sheet.mark / LARGEST
        page.set_fill_color(*drawn.rgb(LIGHT.text))
        page.rect(at - 0.5, y - 1.4, 1, 5.2, style="F")
    page.put(x, y + 4, reading.text("score.low_end"), size=7.5, colour=LIGHT.muted)
    page.put(
        x,
        y + 4,
        reading.text("score.high_end"),
        size=7.5,
        colour=LIGHT.muted,
        width=width,
        align="R",
    )


def _table(page: _Page, sheet: Sheet, reading: Reading) -> None:
    for place, criterion in enumerate(CRITERIA):
        y = _TABLE_TOP + place * _ROW
        answer = sheet.answers[criterion.key]
        page.strokes([((_LEFT, y), (_RIGHT, y))], LIGHT.line, 0.2)
        page.tile(_LEFT, y + 1.4, 9.2, criterion.letter, answer.value)
        page.put(_LEFT + 12, y + 1.2, reading.name(criterion.key), style="B", width=60)
        page.put(
            _LEFT + 12,
            y + 5.6,
            reading.answer(answer.value),
            size=8.2,
            colour=_WORDS[answer.value],
            width=60,
        )
        said = answer.note or reading.text(f"score.{criterion.key}.question")
        page.put(
            _LEFT + 62,
            y + 1.3,
            said,
            size=7.6,
            colour=LIGHT.text if answer.note else LIGHT.muted,
            width=_WIDTH - 62,
            most=3,
        )


def _plan(page: _Page, sheet: Sheet, reading: Reading) -> None:
    y = _PLAN_TOP
    page.put(_LEFT, y, reading.text("score.plan"), size=12, family="title")
    y += 6.5
    if not sheet.actions:
        page.put(
            _LEFT, y, reading.text("score.plan.none"), size=8.5, colour=LIGHT.muted
        )
    for place, action in enumerate(sheet.actions):
        left = len(sheet.actions) - place
        if y > _FOOT - 11 and left > 1:
            more = plural("score.plan.more", left, reading.language)
            page.put(_LEFT, y, more, size=8, colour=LIGHT.muted)
            break
        page.set_draw_color(*drawn.rgb(LIGHT.line2))
        page.set_line_width(0.3)
        page.rect(_LEFT, y + 0.4, 2.8, 2.8, style="D")
        if action.is_done:
            tick = drawn.signs(2, _LEFT + 1.5, y + 0.7, 2.1)
            page.strokes(tick, LIGHT.ok, 0.5)
        who = action.owner or reading.text("score.plan.nobody")
        due = formats.day(action.due_day, reading.language) if action.due_day else ""
        side = " · ".join(part for part in (who, due) if part)
        end = page.put(
            _LEFT + 5, y, reading.measure(action), size=8.4, width=116, most=2
        )
        page.put(
            _LEFT + 124,
            y,
            side,
            size=8.4,
            colour=LIGHT.muted,
            width=_WIDTH - 124,
            align="R",
        )
        y = end + 1


def _foot(page: _Page, reading: Reading) -> None:
    page.strokes([((_LEFT, _FOOT), (_RIGHT, _FOOT))], LIGHT.line, 0.2)
    y = page.put(_LEFT, _FOOT + 1.5, reading.credit(), size=7.4, colour=LIGHT.muted)
    page.put(_LEFT, y, reading.made(), size=7.4, colour=LIGHT.muted)


def pdf_bytes(sheets: Sequence[Sheet], reading: Reading) -> bytes:
    """Return scorecards as a PDF, a page each."""
    page = _Page(reading)
    page.set_title(fonts.printable("SCORE-USAGE: " + ", ".join(s.name for s in sheets)))
    for sheet in sheets:
        page.add_page()
        _head(page, sheet, reading)
        _mark(page, sheet, reading)
        _table(page, sheet, reading)
        _plan(page, sheet, reading)
        _foot(page, reading)
    return bytes(page.output())
