"""Words and shapes on a slide: native, editable, in the colours of the theme."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from core.takeaway import fitting
from core.takeaway.theme import Theme

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LOCALES = {"fr": "fr-FR", "en": "en-GB"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE = 1.2
"""How high a line is, in font sizes."""


@dataclass(frozen=True)
class Box:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return self.top + self.height

    @property
    def right(self) -> int:
        """Where it ends at the right."""
        return self.left + self.width


@dataclass(frozen=True)
class Ink:
    """How words look: their size in points, their colour, None for the template's."""

    size: float
    colour: str | None = None
    bold: bool = False
    align: Any = PP_ALIGN.LEFT


def clean(words: str) -> str:
    """Return words that XML can hold, on one line."""
    return " ".join(_CONTROL.sub("", words).split(" ")).replace("\n", " ")


def plain(words: str) -> str:
    """Return a sentence without the stars of its decisive words."""
    return words.replace("**", "")


def unstyled(shape: Any) -> None:
    """Take away what a theme adds to shapes: shadows, above all."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


class Canvas:
    """One slide being written, in a language, in a look."""

    def __init__(self, slide: Any, theme: Theme, language: str, scale: float) -> None:
        """Write on ``slide``; ``scale`` is its height in that of our own slides."""
        self.slide, self.theme, self.language, self.scale = (
            slide,
            theme,
            language,
            scale,
        )

    def points(self, size: float) -> float:
        """Return a font size of ours on this slide."""
        return round(size * self.scale * 2) / 2

    def paint(self, target: Any, colour: str) -> None:
        """Give a colour, by its name in the template where it has one."""
        slot = self.theme.slots.get(colour)
        if slot is not None:
            target.theme_color = slot
        else:
            target.rgb = RGBColor.from_string(colour[1:])

    def fill(self, shape: Any, colour: str) -> None:
        """Fill a shape with one colour."""
        shape.fill.solid()
        self.paint(shape.fill.fore_color, colour)

    def put(self, frame: Any, words: str, ink: Ink, *, is_new: bool = False) -> None:
        """Write a paragraph: the first of a frame, or one more; stars make bold."""
        paragraph = frame.add_paragraph() if is_new else frame.paragraphs[0]
        paragraph.alignment = ink.align
        for place, part in enumerate(_BOLD.split(clean(words))):
            if not part:
                continue
            run = paragraph.add_run()
            run.text = plain(part)
            run.font.size = Pt(ink.size)
            run.font.bold = ink.bold or place % 2 == 1
            if ink.colour:
                self.paint(run.font.color, ink.colour)
            run._r.get_or_add_rPr().set("lang", _LOCALES[self.language])

    def text(
        self, box: Box, words: str, ink: Ink, *, anchor: Any = MSO_ANCHOR.TOP
    ) -> Any:
        """Write words in a box without margins; return its frame."""
        shape = self.slide.shapes.add_textbox(
            Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height)
        )
        frame = self.bare(shape.text_frame)
        frame.vertical_anchor = anchor
        self.put(frame, words, ink)
        return frame

    @staticmethod
    def bare(frame: Any) -> Any:
        """Take away the margins of a frame, and let its lines break."""
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        frame.margin_top = frame.margin_bottom = 0
        return frame

    def lines(self, words: str, width: int, size: float, *, bold: bool = False) -> int:
        """Return how many lines words take in a width in EMU, in the deck's font."""
        wide = Emu(width).pt / self.theme.face
        return fitting.lines(plain(words), wide, size, bold=bold)

    def height(self, words: str, width: int, size: float, *, bold: bool = False) -> int:
        """Return how high words are in a width, in EMU."""
        found = self.lines(words, width, size, bold=bold)
        return int(Pt(found * size * LINE))

    def chip(self, left: int, top: int, state: str, word: str) -> Box:
        """Draw the pill of a state with its word; return where it stands."""
        size = self.points(13)
        colour = self.theme.words(state)
        width = int(Pt(fitting.width(word, size, bold=True) + 2.4 * size))
        height = int(Pt(size * 1.9))
        shape = self.slide.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE, Emu(left), Emu(top), Emu(width), Emu(height)
        )
        shape.adjustments[0] = 0.5
        unstyled(shape)
        shape.fill.background()
        self.paint(shape.line.color, colour)
        shape.line.width = Pt(1.25)
        frame = self.bare(shape.text_frame)
        frame.word_wrap = False
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self.put(frame, word, Ink(size, colour, bold=True, align=PP_ALIGN.CENTER))
        return Box(left, top, width, height)

    def rule(self, left: int, top: int, width: int) -> None:
        """Draw a thin line."""
        line = self.slide.shapes.add_connector(
            1, Emu(left), Emu(top), Emu(left + width), Emu(top)
        )
        unstyled(line)
        self.paint(line.line.color, self.theme.line)
        line.line.width = Pt(0.75)

    def notes(self, lines: Iterable[str]) -> None:
        """Write what is said beside the slide."""
        said = [clean(plain(line)) for line in lines if line]
        if said:
            self.slide.notes_slide.notes_text_frame.text = "\n".join(said)
