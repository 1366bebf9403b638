"""A scorecard on a slide: native shapes that can be moved, text that can be edited."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from core.charts.tokens import LIGHT
from core.i18n import formats, plural
from core.score_usage import CRITERIA, LARGEST, Sheet
from core.scorecards import drawn
from core.scorecards.words import Reading, shortened

_FONT = "Calibri"
_WIDE, _HIGH = 13.333, 7.5
_TITLE_ONLY = 5
_MOST_PLAN = 6
_SIGNS: dict[int | None, str] = {None: "–", 0: "✕✕", 1: "✕", 2: "✓", 3: "✓✓"}
_PATTERNS = {0: MSO_PATTERN.WIDE_UPWARD_DIAGONAL, 1: MSO_PATTERN.LIGHT_UPWARD_DIAGONAL}
_STATE = {
    "healthy": LIGHT.ok,
    "watch": LIGHT.warn,
    "sick": LIGHT.bad,
    "not_enough_data": LIGHT.na,
}


def _colour(colour: str) -> Any:
    return RGBColor.from_string(colour[1:])


def _write(
    frame: Any,
    words: str,
    *,
    size: float,
    colour: str = LIGHT.text,
    bold: bool = False,
    align: Any = PP_ALIGN.LEFT,
    is_new: bool = False,
) -> None:
    """Put a paragraph in a text frame: the first one, or one more."""
    paragraph = frame.add_paragraph() if is_new else frame.paragraphs[0]
    paragraph.alignment = align
    run = paragraph.add_run()
    # A line break of ours is one of PowerPoint's, not a paragraph.
    run.text = words.replace("\n", " ")
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, _FONT
    run.font.color.rgb = _colour(colour)


def _box(slide: Any, x: float, y: float, width: float, height: float) -> Any:
    frame = slide.shapes.add_textbox(
        Inches(x), Inches(y), Inches(width), Inches(height)
    ).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = 0
    frame.margin_bottom = 0
    return frame


def _shape(
    slide: Any, kind: Any, x: float, y: float, width: float, height: float
) -> Any:
    shape = slide.shapes.add_shape(
        kind, Inches(x), Inches(y), Inches(width), Inches(height)
    )
    shape.shadow.inherit = False
    return shape


def tile(
    slide: Any, x: float, y: float, side: float, letter: str, value: int | None
) -> Any:
    """Draw a letter of SCORE-USAGE with its answer's colour, texture and sign."""
    ink = drawn.INKS[value]
    shape = _shape(slide, MSO_SHAPE.ROUNDED_RECTANGLE, x, y, side, side)
    shape.adjustments[0] = 0.12
    if value in _PATTERNS:
        shape.fill.patterned()
        shape.fill.pattern = _PATTERNS[value]
        shape.fill.fore_color.rgb = _colour(ink.stripe)
        shape.fill.back_color.rgb = _colour(ink.fill)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = _colour(ink.fill)
    shape.line.color.rgb = _colour(ink.edge)
    shape.line.width = Pt(1.25)
    if value is None:
        shape.line.dash_style = MSO_LINE.DASH
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = 0
    frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    look: dict[str, Any] = {"colour": ink.text, "bold": True, "align": PP_ALIGN.CENTER}
    _write(frame, letter, size=side * 26, **look)
    _write(frame, _SIGNS[value], size=side * 14, is_new=True, **look)
    return shape


def _head(slide: Any, sheet: Sheet, reading: Reading) -> None:
    title = slide.shapes.title
    title.left, title.top = Inches(0.6), Inches(0.55)
    title.width, title.height = Inches(_WIDE - 1.2), Inches(0.95)
    frame = title.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = 0
    _write(frame, reading.headline(sheet), size=26, bold=True)
    eyebrow = _box(slide, 0.6, 0.3, 6, 0.3)
    _write(eyebrow, "SCORE-USAGE®", size=12, bold=True, colour=LIGHT.accent)


def _mark(slide: Any, sheet: Sheet, reading: Reading) -> None:
    if sheet.high_risks:
        count = plural("score.high_risks", len(sheet.high_risks), reading.language)
        said = f"{count} {reading.listed(sheet.high_risks)}"
        frame = _box(slide, 0.6, 1.6, 4.1, 0.6)
        _write(frame, said, size=13, bold=True, colour=LIGHT.bad)
    frame = _box(slide, 0.6, 2.25, 4.1, 1.0)
    _write(frame, reading.mark(sheet.mark), size=54, bold=True)
    run = frame.paragraphs[0].add_run()
    run.text = "  " + reading.text("score.out_of")
    run.font.size, run.font.name = Pt(14), _FONT
    run.font.color.rgb = _colour(LIGHT.muted)
    frame = _box(slide, 0.6, 3.3, 4.1, 0.35)
    colour = _STATE[reading.state(sheet)]
    _write(frame, reading.verdict(sheet), size=16, bold=True, colour=colour)
    ends = (
        reading.rules["score.mark.uncertain"],
        reading.rules["score.mark.likely"],
        LARGEST,
    )
    start, width, y = 0.0, 4.1, 3.85
    for end, shade in zip(ends, (LIGHT.bad_m, LIGHT.warn_m, LIGHT.ok_m), strict=True):
        x = 0.6 + width * start / LARGEST
        long = width * (end - start) / LARGEST - 0.02
        part = _shape(slide, MSO_SHAPE.RECTANGLE, x, y, long, 0.12)
        part.fill.solid()
        part.fill.fore_color.rgb = _colour(shade)
        part.line.fill.background()
        start = end
    if sheet.mark is not None:
        at = 0.6 + width * sheet.mark / LARGEST
        needle = _shape(slide, MSO_SHAPE.RECTANGLE, at - 0.025, y - 0.09, 0.05, 0.3)
        needle.fill.solid()
        needle.fill.fore_color.rgb = _colour(LIGHT.text)
        needle.line.fill.background()
    if sheet.outcome:
        frame = _box(slide, 0.6, 4.1, 4.3, 0.7)
        _write(frame, reading.confronted(sheet.outcome), size=11)
    for place, criterion in enumerate(CRITERIA):
        x = 5.2 + (place % 5) * 1.53
        row = 1.6 + (place // 5) * 1.55
        value = sheet.answers[criterion.key].value
        letter = tile(slide, x + 0.24, row, 0.95, criterion.letter, value)
        name = reading.name(criterion.key)
        letter.name = reading.said(criterion.key, reading.answer(value))
        frame = _box(slide, x, row + 0.99, 1.43, 0.45)
        look: dict[str, Any] = {"align": PP_ALIGN.CENTER}
        _write(frame, name, size=10.5, bold=True, **look)
        _write(
            frame,
            reading.answer(value),
            size=9.5,
            colour=LIGHT.muted,
            is_new=True,
            **look,
        )


def _plan(slide: Any, sheet: Sheet, reading: Reading) -> None:
    heading = _box(slide, 0.6, 4.85, 6, 0.35)
    _write(heading, reading.text("score.plan"), size=15, bold=True)
    frame = _box(slide, 0.6, 5.22, _WIDE - 1.2, 1.5)
    if not sheet.actions:
        _write(frame, reading.text("score.plan.none"), size=12, colour=LIGHT.muted)
    shown = sheet.actions[:_MOST_PLAN]
    for place, action in enumerate(shown):
        box = "☑" if action.is_done else "☐"
        who = action.owner or reading.text("score.plan.nobody")
        due = formats.day(action.due_day, reading.language) if action.due_day else ""
        parts = [shortened(reading.measure(action), 110), shortened(who, 40), due]
        line = f"{box} {' · '.join(part for part in parts if part)}"
        _write(frame, line, size=11.5, is_new=place > 0)
    left = len(sheet.actions) - len(shown)
    if left:
        more = plural("score.plan.more", left, reading.language)
        _write(frame, more, size=11, colour=LIGHT.muted, is_new=True)


def _notes(slide: Any, sheet: Sheet, reading: Reading) -> None:
    """Put the notes of the criteria in the speaker's notes, whole."""
    lines = [sheet.description] if sheet.description else []
    lines += [
        f"{criterion.letter} · {reading.said(criterion.key, note)}"
        for criterion in CRITERIA
        if (note := sheet.answers[criterion.key].note)
    ]
    if lines:
        slide.notes_slide.notes_text_frame.text = "\n".join(lines)


def pptx_bytes(sheets: Sequence[Sheet], reading: Reading) -> bytes:
    """Return scorecards as a presentation, a slide each."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDE), Inches(_HIGH)
    about = deck.core_properties
    about.title, about.author = "SCORE-USAGE", "Aplomb"
    about.created = about.modified = datetime.combine(reading.day, datetime.min.time())
    about.last_modified_by, about.comments = "Aplomb", reading.credit()
    for sheet in sheets:
        slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
        _head(slide, sheet, reading)
        _mark(slide, sheet, reading)
        _plan(slide, sheet, reading)
        _notes(slide, sheet, reading)
        foot = _box(slide, 0.6, 6.85, _WIDE - 1.2, 0.4)
        _write(foot, reading.credit(), size=9.5, colour=LIGHT.muted)
        _write(foot, reading.made(), size=9.5, colour=LIGHT.muted, is_new=True)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()
