"""One chart as a picture that stands alone: title, finding, drawing, and its source.

Vega draws it on this machine, in the fonts of the pages; nothing is fetched.
A picture is light whatever the reader's screen: it goes on slides and on paper.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from core.charts.figure import FONT, Figure, Key
from core.charts.tokens import LIGHT, ON_PAPER
from core.documents.pdf import MORE, font
from core.documents.surface import TEXT

WIDTH = 800
"""Pixels of the drawing; its margins are beside it."""
SCALE = 2
"""Pixels of a PNG for one of the drawing, for a sharp slide."""
VEGA_LITE = "6.4"
"""The version that Altair writes and that pages load."""
_MARGIN = 32
_REGULAR, _STRONG = 400, 600
_UNKNOWN = 0.62  # of the size: the width of a character that the font lacks
# What no XML may hold, as it is or escaped in an expression; a name out of an export
# sometimes does, and the engine dies of it.
_NOT_XML = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|\\u00[01][0-9a-f]"
)
_ENGINE = Path(__file__).with_name("engine.py")
_TIME_LIMIT = 60  # seconds; a drawing takes one
# One drawing at a time: each holds 150 MB and a processor.
_turn = threading.Lock()


class NotDrawn(RuntimeError):
    """The engine refused a drawing, or died of it; the message is what it said."""


def svg(figure: Figure, source: str) -> str:
    """Return ``figure`` as an SVG of its own; ``source`` is the line at its foot.

    Raises NotDrawn where the engine cannot.
    """
    return _composed(figure, source)


def png(figure: Figure, source: str) -> bytes:
    """Return ``figure`` as a PNG at twice its size, on white; see ``svg``."""
    return _run(svg=_composed(figure, source), scale=SCALE)


def in_light(spec: Any) -> Any:
    """Return ``spec`` as paper takes it: light colours, only what XML can hold."""
    match spec:
        case dict():
            return {key: in_light(value) for key, value in spec.items()}
        case list():
            return [in_light(value) for value in spec]
        case str():
            return ON_PAPER.get(spec) or _NOT_XML.sub("", spec)
        case _:
            return spec


def _run(**job: Any) -> bytes:
    """Return what the engine makes of ``job``, in the fonts of the pages."""
    files = [font(TEXT, _REGULAR), font(TEXT, _STRONG), font(MORE, _REGULAR)]
    given = json.dumps({**job, "fonts": str(files[0].parent)}).encode()
    with _turn:
        done = subprocess.run(
            [sys.executable, "-I", str(_ENGINE)],
            input=given,
            capture_output=True,
            check=False,
            timeout=_TIME_LIMIT,
        )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise NotDrawn(said[-2000:] or f"ended with {done.returncode}")
    return done.stdout


def _drawing(figure: Figure) -> tuple[str, float, float]:
    """Return the drawing alone as SVG, its width and its height in pixels."""
    spec = {**in_light(figure.spec), "width": WIDTH}
    drawn = _run(spec=spec, version=VEGA_LITE).decode()
    head = drawn[: drawn.index(">")]
    width, height = (
        float(re.search(rf' {side}="([\d.]+)"', head)[1])  # type: ignore[index]
        for side in ("width", "height")
    )
    return drawn, width, height


def _composed(figure: Figure, source: str) -> str:
    drawn, width, height = _drawing(figure)
    parts: list[str] = []
    y = float(_MARGIN)
    lines = [(figure.title, 21.0, _STRONG, LIGHT.text, 28.0)]
    if figure.alt != figure.title:
        lines.append((figure.alt, 14.5, _REGULAR, LIGHT.muted, 21.0))
    for words, size, weight, colour, leading in lines:
        y = _write(parts, words, y, size, weight, colour, leading)
        y += 4
    y = _write_keys(parts, figure.keys, y) + 14
    inner = drawn.replace("<svg ", f'<svg x="{_MARGIN}" y="{y:g}" ', 1)
    parts.append(inner)
    y += height + 16
    foot = [figure.note, source] if figure.note else [source]
    for words in foot:
        y = _write(parts, words, y, 12, _REGULAR, LIGHT.muted, 17) + 3
    across, down = max(width, WIDTH) + 2 * _MARGIN, y + _MARGIN - 12
    label = escape(f"{figure.title}. {figure.alt}", quote=True)
    whole = (
        '<svg xmlns="http://www.w3.org/2000/svg"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' width="{across:g}" height="{down:g}" viewBox="0 0 {across:g} {down:g}"'
        f' role="img" aria-label="{label}">'
        f'<rect width="{across:g}" height="{down:g}" fill="{LIGHT.card}"/>'
        f"{''.join(parts)}</svg>"
    )
    return _NOT_XML.sub("", whole)


def _write(
    parts: list[str],
    words: str,
    y: float,
    size: float,
    weight: int,
    colour: str,
    leading: float,
) -> float:
    """Add ``words`` as lines of the picture's width; return the y below them."""
    for line in _lines(words, size, weight):
        y += leading
        base = y - leading * 0.28
        parts.append(_text(line, _MARGIN, base, size, weight, colour))
    return y


def _write_keys(parts: list[str], keys: Sequence[Key], y: float) -> float:
    """Add the signs and their words, on as many lines as needed; return the y below."""
    if not keys:
        return y
    x, y = float(_MARGIN), y + 22
    for key in keys:
        taken = 22 + _width(key.word, 13, _REGULAR)
        if x > _MARGIN and x + taken > _MARGIN + WIDTH:
            x, y = float(_MARGIN), y + 21
        fill, edge = getattr(LIGHT, key.fill), getattr(LIGHT, key.edge or key.fill)
        stroke = f'stroke="{edge}" stroke-width="1.6"'
        if key.is_dashed:
            stroke += ' stroke-dasharray="3 2"'
        match key.sign:
            case "rule":
                parts.append(f'<path d="M{x:g} {y - 4.5:g}h14" {stroke}/>')
            case "dot":
                parts.append(
                    f'<circle cx="{x + 7:g}" cy="{y - 4.5:g}" r="6" fill="{fill}"'
                    f" {stroke}/>"
                )
            case "square":
                parts.append(
                    f'<rect x="{x + 1:g}" y="{y - 11:g}" width="12" height="12" rx="3"'
                    f' fill="{fill}" {stroke}/>'
                )
        parts.append(_text(key.word, x + 22, y, 13, _REGULAR, LIGHT.muted))
        x += taken + 18
    return y


def _text(words: str, x: float, y: float, size: float, weight: int, colour: str) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}"'
        f' font-family="{escape(FONT, quote=True)}" font-size="{size:g}"'
        f' font-weight="{weight}">{escape(words)}</text>'
    )


def _width(words: str, size: float, weight: int) -> float:
    widths = _widths(weight)
    return size * sum(widths.get(ord(one), _UNKNOWN) for one in words)


@cache
def _widths(weight: int) -> dict[int, float]:
    """Return the width of each character as a part of the font's size."""
    face = TTFont(font(TEXT, weight))
    advances, whole = face["hmtx"], face["head"].unitsPerEm
    return {
        code: advances[name][0] / whole for code, name in face.getBestCmap().items()
    }


def _lines(words: str, size: float, weight: int) -> Iterable[str]:
    """Break ``words`` at spaces, never at a no-break one."""
    line = ""
    for word in " ".join(words.split("\n")).split(" "):
        longer = f"{line} {word}".strip()
        if line and _width(longer, size, weight) > WIDTH:
            yield line
            line = word
        else:
            line = longer
    yield line
