"""The product's fonts as files that a PDF can hold.

The page is served variable WOFF2; a PDF takes a fixed weight in TrueType. Each is made
once from the same file and kept in the data folder.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from core import settings

_FONTS = settings.ROOT / "core" / "static" / "fonts"
_UNKNOWN = "?"


@cache
def file(name: str, weight: int) -> Path:
    """Return the TrueType file of a font at one weight, made the first time."""
    source = _FONTS / f"{name}.woff2"
    mark = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    folder = settings.data_folder() / "fonts"
    made = folder / f"{name}-{weight}-{mark}.ttf"
    if not made.is_file():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        font = TTFont(source)
        font.flavor = None
        # Kerning and the like: a PDF uses none, and they take ten times as long.
        for table in ("GDEF", "GPOS", "GSUB"):
            if table in font:
                del font[table]
        instancer.instantiateVariableFont(
            font, {"wght": weight}, inplace=True, optimize=False
        )
        # Two processes may make it at once: each its own file, then a rename.
        handle, scratch = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as out:
            font.save(out)
        Path(scratch).rename(made)
    return made


@cache
def _signs() -> frozenset[int]:
    names = ("inter", "inter-ext")
    return frozenset(
        sign
        for name in names
        for sign in TTFont(_FONTS / f"{name}.woff2").getBestCmap()
    )


def printable(words: str) -> str:
    """Return ``words`` with what the fonts cannot draw as question marks.

    Several such signs in a row (an emoji, a word in another script) become one.
    """
    out: list[str] = []
    for sign in words:
        known = sign == "\n" or ord(sign) in _signs()
        shown = sign if known else _UNKNOWN
        if known or not out or out[-1] != _UNKNOWN:
            out.append(shown)
    return "".join(out)
