"""Words, shapes and drawings anywhere on a page, in millimetres from its top left."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal

from core.charts.tokens import LIGHT

TEXT, TITLE = "inter", "bricolage"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINE = 0.352778 * 1.36
_DOTS = "…"
Align = Literal["L", "C", "R"]
Piece = tuple[str, bool, bool]
"""A word, whether it is bold, and whether it follows the one before at once."""


def rgb(colour: str) -> tuple[int, int, int]:
    """Return #RRGGBB as three numbers from 0 to 255."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue


def height(size: float) -> float:
    """Return how high a line is at a font size in points."""
    return size * _LINE


class Surface:
    """A page that is written on; ``drawable`` makes words fit for its fonts."""

    def __init__(self, pdf: Any, drawable: Callable[[str], str]) -> None:
        """Write on ``pdf``, whose fonts are loaded."""
        self.pdf, self._drawable = pdf, drawable
        self._widths: dict[tuple[str, float, bool, bool], float] = {}

    def _face(self, size: float, *, bold: bool, title: bool) -> None:
        style = "B" if bold or title else ""
        self.pdf.set_font(TITLE if title else TEXT, style, size)

    def width(
        self, words: str, size: float, *, bold: bool = False, title: bool = False
    ) -> float:
        """Return how wide words are."""
        key = (words, size, bold, title)
        if key not in self._widths:
            self._face(size, bold=bold, title=title)
            self._widths[key] = float(self.pdf.get_string_width(self._drawable(words)))
        return self._widths[key]

    def broken(
        self, words: str, width: float, size: float, *, bold: bool, title: bool
    ) -> list[list[Piece]]:
        """Return words as lines that fit in a width.

        Words between ``**stars**`` are bold; a word too long is broken.
        """
        gap = self.width(" ", size, bold=bold, title=title)
        lines: list[list[Piece]] = [[]]
        used = 0.0
        for word, is_bold, is_glued in self._words(words, bold=bold):
            long = self.width(word, size, bold=is_bold, title=title)
            while long > width and len(word) > 1:
                # What fits of it fills a line of its own.
                cut = len(word)
                while (
                    cut > 1
                    and self.width(word[:cut], size, bold=is_bold, title=title) > width
                ):
                    cut -= 1
                lines += [[(word[:cut], is_bold, False)], []]
                used, word = 0.0, word[cut:]
                long = self.width(word, size, bold=is_bold, title=title)
            if lines[-1] and not is_glued and used + gap + long > width:
                lines.append([])
                used = 0.0
            used += long + (gap if lines[-1] and not is_glued else 0.0)
            lines[-1].append((word, is_bold, is_glued and bool(lines[-1])))
        return [line for line in lines if line]

    def _words(self, words: str, *, bold: bool) -> list[Piece]:
        found: list[Piece] = []
        is_joined = False
        for place, part in enumerate(_BOLD.split(words.replace("\n", " "))):
            drawn = self._drawable(part.replace("**", ""))
            for rank, word in enumerate(drawn.split(" ")):
                if word:
                    is_glued = is_joined and not rank and bool(found)
                    found.append((word, bold or place % 2 == 1, is_glued))
            if drawn:
                is_joined = not drawn.endswith(" ")
        return found

    def text(
        self,
        x: float,
        y: float,
        words: str,
        width: float,
        *,
        size: float = 9.0,
        bold: bool = False,
        title: bool = False,
        colour: str = LIGHT.text,
        most: int = 99,
        align: Align = "L",
    ) -> float:
        """Write words below ``y``, in ``most`` lines at most; return where they end."""
        lines = self.broken(words, width, size, bold=bold, title=title)
        if len(lines) > most:
            lines = lines[:most]
            *before, (last, is_bold, is_glued) = lines[-1]
            dotted = [*before, (last + _DOTS, is_bold, is_glued)]
            while last and self._line_width(dotted, size, title=title) > width:
                last = last[:-1]
                dotted = [*before, (last.rstrip(" ,;:") + _DOTS, is_bold, is_glued)]
            lines[-1] = dotted
        self.pdf.set_text_color(*rgb(colour))
        for line in lines:
            self._line(x, y, line, width, size, title=title, align=align)
            y += height(size)
        return y

    def _line_width(self, line: Sequence[Piece], size: float, *, title: bool) -> float:
        return sum(
            self.width(word, size, bold=is_bold, title=title)
            + (self.width(" ", size, title=title) if place and not is_glued else 0.0)
            for place, (word, is_bold, is_glued) in enumerate(line)
        )

    def _line(
        self,
        x: float,
        y: float,
        line: Sequence[Piece],
        width: float,
        size: float,
        *,
        title: bool,
        align: Align,
    ) -> None:
        spare = width - self._line_width(line, size, title=title)
        x += {"L": 0.0, "C": spare / 2, "R": spare}[align]
        # Words in one look are one text: it can be searched and copied as it reads.
        runs: list[tuple[str, bool]] = []
        for word, is_bold, is_glued in line:
            gap = "" if is_glued or not runs else " "
            if runs and runs[-1][1] == is_bold:
                runs[-1] = (f"{runs[-1][0]}{gap}{word}", is_bold)
            else:
                runs.append((gap + word, is_bold))
        for words, is_bold in runs:
            self._face(size, bold=is_bold, title=title)
            long = self.pdf.get_string_width(words)
            self.pdf.set_xy(x, y)
            self.pdf.cell(long, height(size), words)
            x += long

    def rect(self, x: float, y: float, width: float, high: float, colour: str) -> None:
        """Fill a rectangle."""
        if width > 0 and high > 0:
            self.pdf.set_fill_color(*rgb(colour))
            self.pdf.rect(x, y, width, high, style="F")

    def outline(
        self,
        x: float,
        y: float,
        width: float,
        high: float,
        colour: str,
        *,
        dashed: bool = False,
    ) -> None:
        """Draw the edge of a rectangle."""
        self._pen(colour, 0.25, dashed=dashed)
        self.pdf.rect(x, y, width, high, style="D")
        self.pdf.set_dash_pattern()

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float = 0.2,
        *,
        dashed: bool = False,
    ) -> None:
        """Draw a line through points."""
        self._pen(colour, width, dashed=dashed)
        for start, end in zip(points, points[1:], strict=False):
            self.pdf.line(*start, *end)
        self.pdf.set_dash_pattern()

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """Fill a disc around a point."""
        self.pdf.set_fill_color(*rgb(colour))
        self.pdf.ellipse(x - radius, y - radius, 2 * radius, 2 * radius, style="F")

    def _pen(self, colour: str, width: float, *, dashed: bool) -> None:
        self.pdf.set_draw_color(*rgb(colour))
        self.pdf.set_line_width(width)
        if dashed:
            self.pdf.set_dash_pattern(1.0, 0.8)

    def chip(
        self, x: float, y: float, state: str, word: str, size: float = 8.5
    ) -> float:
        """Draw the pill of a state with its word; return where it ends at the right."""
        width, high = self.width(word, size, bold=True) + 5.0, height(size) + 1.6
        self._pen(LIGHT.mark(state), 0.35, dashed=False)
        self.pdf.set_fill_color(*rgb(_tint(state)))
        self.pdf.rect(
            x, y, width, high, style="DF", round_corners=True, corner_radius=high / 2
        )
        self.text(
            x,
            y + 0.8,
            word,
            width,
            size=size,
            bold=True,
            colour=LIGHT.ink(state),
            align="C",
        )
        return x + width


def _tint(state: str) -> str:
    return {
        LIGHT.ok: LIGHT.ok_t,
        LIGHT.warn: LIGHT.warn_t,
        LIGHT.bad: LIGHT.bad_t,
    }.get(LIGHT.ink(state), LIGHT.na_t)
