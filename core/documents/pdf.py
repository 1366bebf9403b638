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
from functools import cache, cached_property
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from fpdf import FPDF

from core.charts.tokens import LIGHT
from core.documents import plots
from core.documents.area import Area
from core.documents.surface import TEXT, TITLE, Surface
from core.documents.surface import height as line_height
from core.documents.surface import rgb as _rgb
from core.story.model import Plot

FOLDER = Path(__file__).resolve().parent.parent / "static" / "fonts"
MORE = "inter-ext"
_WEIGHTS = {(TEXT, ""): 400, (TEXT, "B"): 650, (TITLE, "B"): 650}
_MARGIN = 18.0
_SIZES = {1: 20.0, 2: 13.5, 3: 11.0}
_BODY = 9.8
_CELL, _COLUMN_GAP = 8.2, 3.0
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
        widths: Sequence[float] = (),
    ) -> None:
        """Draw a table; headings repeat on each page.

        ``widths`` are parts of the page's; without them, columns are as wide as what
        they hold.
        """
        page = self.surface
        parts = list(widths) or self._natural([headings, *rows])
        wide = [self.width * part / sum(parts) for part in parts]
        self._row(page, headings, wide, colour=LIGHT.muted, bold=True, least=24)
        for cells in rows:
            if self._row(page, cells, wide, colour=LIGHT.text):
                self._row(page, headings, wide, colour=LIGHT.muted, bold=True)
                self._row(page, cells, wide, colour=LIGHT.text)
        self._pdf.ln(2)

    def _natural(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """Return how wide columns are, shrunk to the page where they must be.

        The longest word of a column stays whole as long as there is room.
        """
        page = self.surface
        columns = list(zip(*rows, strict=True))
        long = [max(page.width(cell, _CELL, bold=True) for cell in c) for c in columns]
        word = [
            max(
                page.width(w, _CELL, bold=True)
                for cell in c
                for w in f"{cell} ".split(" ")
            )
            for c in columns
        ]
        room = self.width - _COLUMN_GAP * len(columns)
        spare = room - sum(word)
        asked = sum(long) - sum(word)
        share = 1.0 if asked <= 0 else max(0.0, min(1.0, spare / asked))
        return [
            least + (most - least) * share + _COLUMN_GAP
            for least, most in zip(word, long, strict=True)
        ]

    def _row(
        self,
        page: Surface,
        cells: Sequence[str],
        widths: Sequence[float],
        *,
        colour: str,
        bold: bool = False,
        least: float = 0.0,
    ) -> bool:
        """Draw a row; where a new page begins, return True and draw nothing.

        Unless ``least`` is given: a heading never stands alone at the foot.
        """
        most = max(
            len(page.broken(cell, width - _COLUMN_GAP, _CELL, bold=bold, title=False))
            for cell, width in zip(cells, widths, strict=True)
        )
        high = max(most, 1) * line_height(_CELL) + 2.2
        if self._pdf.will_page_break(high + least):
            self._pdf.add_page()
            if not least:
                return True
        x, y = self.place
        for cell, width in zip(cells, widths, strict=True):
            page.text(
                x,
                y + 1.1,
                cell,
                width - _COLUMN_GAP,
                size=_CELL,
                bold=bold,
                colour=colour,
            )
            x += width
        page.line([(_MARGIN, y + high), (_MARGIN + self.width, y + high)], LIGHT.line)
        self.go_on(y + high)
        return False

    @cached_property
    def surface(self) -> Surface:
        """The page as it is, to write and draw anywhere on it."""
        return Surface(self._pdf, self._drawn)

    @property
    def place(self) -> tuple[float, float]:
        """Where the next line begins: from the left, from the top, in millimetres."""
        return _MARGIN, float(self._pdf.get_y())

    def go_on(self, y: float) -> None:
        """Go on below ``y``."""
        self._pdf.set_xy(_MARGIN, y)

    def fixed(self) -> None:
        """Never begin a page by itself: what is written has its place."""
        self._pdf.set_auto_page_break(auto=False)

    def keep(self, high: float) -> None:
        """Begin a new page unless ``high`` millimetres are left on this one."""
        if self._pdf.will_page_break(high):
            self._pdf.add_page()

    def rich(self, words: str, size: float = _BODY) -> None:
        """Write running text whose ``**words**`` in stars are bold."""
        page = self.surface
        lines = page.broken(words, self.width, size, bold=False, title=False)
        self.keep(len(lines) * line_height(size))
        x, y = self.place
        self.go_on(page.text(x, y, words, self.width, size=size) + 1.2)

    def wanted(self, plot: Plot | None) -> float:
        """Return how high a drawing is on the page, in millimetres."""
        return plots.wanted(self.surface, plot, self.width) if plot else 0.0

    def plot(self, plot: Plot) -> None:
        """Draw numbers to scale, on one page; a long list goes on from page to page."""
        page, high = self.surface, self.wanted(plot)
        self.keep(min(high, 240))
        x, y = self.place
        area = Area(x, y, self.width, high)
        self.go_on(plots.draw(page, area, plot) + 2.5)

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
