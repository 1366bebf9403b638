"""A PDF of headings, paragraphs, lists, tables and bars, in the product's own fonts.

Everything is text drawn on a page: what a user wrote can be no link, script or form.
The fonts of the interface are variable and packed for browsers; they are unpacked and
fixed at one weight once per process. A character that none of them has is shown as a
question mark.
"""

from __future__ import annotations

import logging
import tempfile
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from core.charts.tokens import LIGHT

FOLDER = Path(__file__).resolve().parent.parent / "static" / "fonts"
TEXT, TITLE, MORE = "inter", "bricolage", "inter-ext"
_WEIGHTS = {(TEXT, ""): 400, (TEXT, "B"): 650, (TITLE, "B"): 650}
_MARGIN = 18.0
_SIZES = {1: 20.0, 2: 13.5, 3: 11.0}
_BODY = 9.8
_SAME = str.maketrans({"\u202f": "\u00a0", "→": "–", "≥": ">", "≤": "<", "\t": " "})

# The library says at length which tables of a font it leaves out.
logging.getLogger("fontTools").setLevel(logging.ERROR)
logging.getLogger("fpdf").setLevel(logging.ERROR)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder of this process, removed when it ends."""
    return tempfile.TemporaryDirectory(prefix="aplomb-fonts-")


@cache
def font(name: str, weight: int) -> Path:
    """Return the file of a font of the interface as TrueType, fixed at ``weight``."""
    packed = TTFont(FOLDER / f"{name}.woff2")
    options = subset.Options()
    options.layout_features = []
    options.notdef_outline = True
    kept = subset.Subsetter(options)
    kept.populate(unicodes=list(packed.getBestCmap()))
    kept.subset(packed)
    fixed = instancer.instantiateVariableFont(packed, {"wght": weight})
    fixed.flavor = None
    path = Path(_folder().name) / f"{name}-{weight}.ttf"
    fixed.save(path)
    return path


@cache
def covered(name: str) -> frozenset[int]:
    """Return the characters that a font of the interface can show."""
    return frozenset(TTFont(FOLDER / f"{name}.woff2").getBestCmap())


def drawable(words: str) -> str:
    """Return ``words`` as the fonts can show them."""
    plain = unicodedata.normalize("NFC", words).translate(_SAME)
    return "".join(
        one if one == "\n" or _is_covered(one) else "?"
        for one in plain
        if one == "\n" or unicodedata.category(one) not in ("Cc", "Cf", "Mn", "Cs")
    )


def _is_covered(one: str) -> bool:
    return ord(one) in covered(TEXT) or ord(one) in covered(MORE)


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue


class Document:
    """A document on A4, filled from top to bottom; ``output`` returns the file."""

    def __init__(self, title: str, language: str, footer: str) -> None:
        """Begin the first page; ``footer`` stands on each, with its number."""
        self._pdf = _Pages(drawable(footer))
        for (name, style), weight in _WEIGHTS.items():
            self._pdf.add_font(name, style, font(name, weight))
        self._has_more = False
        self._pdf.set_title(drawable(title))
        self._pdf.set_lang(language)
        self._pdf.set_margins(_MARGIN, _MARGIN)
        self._pdf.c_margin = 0.0
        self._pdf.set_auto_page_break(auto=True, margin=_MARGIN)
        self._pdf.add_page()

    def _drawn(self, words: str) -> str:
        """Return what can be drawn, with the larger font at hand where it is needed."""
        found = drawable(words)
        if not self._has_more and any(
            one != "\n" and ord(one) not in covered(TEXT) for one in found
        ):
            self._pdf.add_font(MORE, "", font(MORE, _WEIGHTS[TEXT, ""]))
            self._pdf.set_fallback_fonts([MORE], exact_match=False)
            self._has_more = True
        return found

    @property
    def width(self) -> float:
        """The width between the margins, in millimetres."""
        return float(self._pdf.epw)

    def heading(self, words: str, level: int = 2) -> None:
        """Write a title of level 1 to 3, never alone at the foot of a page."""
        size = _SIZES[level]
        room = size * 0.45
        if self._pdf.will_page_break(room + 24):
            self._pdf.add_page()
        elif level > 1:
            self._pdf.ln(3.5)
        self._write(words, room, (TITLE, "B", size), LIGHT.text)
        self._pdf.ln(1)

    def paragraph(self, words: str, *, bold: bool = False) -> None:
        """Write running text; bold text stays with the line below it."""
        if bold and self._pdf.will_page_break(16):
            self._pdf.add_page()
        self._write(words, 5, (TEXT, "B" if bold else "", _BODY), LIGHT.text)
        self._pdf.ln(1)

    def note(self, words: str) -> None:
        """Write a small muted line."""
        self._write(words, 4.2, (TEXT, "", 8.2), LIGHT.muted)
        self._pdf.ln(1)

    def _write(
        self, words: str, room: float, face: tuple[str, str, float], colour: str
    ) -> None:
        self._pdf.set_font(*face)
        self._pdf.set_text_color(*_rgb(colour))
        self._pdf.set_x(_MARGIN)
        self._pdf.multi_cell(
            0, room, self._drawn(words), align="L", new_x="LMARGIN", new_y="NEXT"
        )

    def bar(self, label: str, value: str, share: float, state: str) -> None:
        """Draw a label, its figure and a bar of ``share`` (0 to 1) below them."""
        if self._pdf.will_page_break(11):
            self._pdf.add_page()
        self._pdf.set_font(TEXT, "", _BODY)
        self._pdf.set_text_color(*_rgb(LIGHT.text))
        self._pdf.cell(self.width - 52, 5, self._drawn(label))
        self._pdf.set_font(TEXT, "B", _BODY)
        self._pdf.set_text_color(*_rgb(LIGHT.ink(state)))
        self._pdf.cell(
            52, 5, self._drawn(value), align="R", new_x="LMARGIN", new_y="NEXT"
        )
        top = self._pdf.get_y() + 0.4
        for part, colour in ((1.0, LIGHT.sunken), (share, LIGHT.mark(state))):
            self._pdf.set_fill_color(*_rgb(colour))
            if part > 0:
                self._pdf.rect(_MARGIN, top, self.width * min(1.0, part), 2.4, "F")
        self._pdf.ln(4.6)

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
    ) -> None:
        """Draw a table; ``widths`` are parts of the page's, headings repeat."""
        self._pdf.set_font(TEXT, "", 8.8)
        self._pdf.set_text_color(*_rgb(LIGHT.text))
        self._pdf.set_draw_color(*_rgb(LIGHT.line))
        self._pdf.set_fill_color(*_rgb(LIGHT.card))
        head = FontFace(emphasis="BOLD", color=_rgb(LIGHT.muted))
        with self._pdf.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=tuple(widths),
            headings_style=head,
            line_height=4.6,
            padding=1.1,
            text_align="LEFT",
            width=self.width,
        ) as drawn:
            for cells in (headings, *rows):
                line = drawn.row()
                for cell in cells:
                    line.cell(self._drawn(cell))
        self._pdf.ln(2)

    def output(self) -> bytes:
        """Return the file."""
        return bytes(self._pdf.output())


class _Pages(FPDF):
    """Pages with a foot."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self._foot = foot

    def footer(self) -> None:
        """Write the foot of a page."""
        self.set_y(-12)
        self.set_font(TEXT, "", 7.6)
        self.set_text_color(*_rgb(LIGHT.muted))
        self.cell(self.epw - 20, 4, self._foot)
        self.cell(20, 4, f"{self.page_no()} / {{nb}}", align="R")
