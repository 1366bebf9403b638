"""Lines of an export that are not rows: totals, legal notes, headers written again.

Each is told by its words and by what its other cells lack, never by its words alone: a
company may be called Total Energies, and once was called Total.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

TAIL = 64
# How totals and legal notes begin: grand, total, sous-, sub, confidential, copyright,
# informations, ©. Two letters spare nearly every row a closer look.
BEGINNINGS = ("gr", "to", "so", "su", "co", "in", "©", "(c")
_TOTAL = re.compile(
    r"(?:grand[s]? |sous[- ]|sub[- ]?)?tota(?:l|ls|ux)(?: general| generaux| records?"
    r"| lignes?| enregistrements?| rows?)?\s*[:=]?\s*(?:\(.*\)"
    r"|\d[\d\s.,]*(?:records?|lignes?|enregistrements?|rows?)?)?"
)
_NOTE = re.compile(
    r"confidential information\b.*|informations? confidentielles?\b.*|copyright\b.*"
    r"|©.*|\(c\) .*|confidentiel\b.*"
)
_SURE_NOTE = re.compile(
    r"confidential information - do not distribute|copyright (?:©|\(c\)).*"
    r"|informations? confidentielles? - ne pas (?:distribuer|diffuser)"
)
_NUMBER = re.compile(
    r"[-+(]?[\d\s.,']+[)%]?\s*[€$£%]?|[€$£]\s*[\d\s.,']+|[A-Z]{3}\s?[\d\s.,]+"
)


def plain(text: str) -> str:
    """Return ``text`` in lower case, without accents nor doubled spaces."""
    split = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def is_blank(cells: Sequence[str]) -> bool:
    """Tell whether a record holds nothing at all."""
    return not any(map(str.strip, cells))


def is_note_anywhere(cells: Sequence[str]) -> bool:
    """Tell whether a record in the middle of a file is a total or a legal note.

    Exports pasted one after the other have such lines between them; there, every other
    cell must be empty or a figure.
    """
    if not cells or not cells[0].lstrip()[:2].casefold().startswith(BEGINNINGS):
        return False
    first = plain(cells[0])
    others = [cell.strip() for cell in cells[1:] if cell.strip()]
    if _SURE_NOTE.fullmatch(first):
        return not others
    figures = all(_NUMBER.fullmatch(cell) for cell in others)
    return bool(_TOTAL.fullmatch(first)) and bool(others) and figures


def tail_notes(tail: Sequence[Sequence[str]], width: int) -> set[int]:
    """Return which of the last records of a file are its footer, or blank.

    Walks up from the end and stops at the first row. A record of the full width with
    only its first cell filled is a footer when an empty line stands between it and the
    rows; without one it may be a poor row, and is kept.
    """
    found: set[int] = set()
    doubtful: set[int] = set()
    for index in range(len(tail) - 1, -1, -1):
        cells = tail[index]
        if is_blank(cells):
            found |= doubtful | {index}
            doubtful = set()
        elif _is_note_at_end(cells, width):
            found.add(index)
        elif width > 1 and not any(cell.strip() for cell in cells[1:]):
            doubtful.add(index)
        else:
            break
    return found


def _is_note_at_end(cells: Sequence[str], width: int) -> bool:
    first = plain(cells[0])
    others = [cell for cell in cells[1:] if cell.strip()]
    if _NOTE.fullmatch(first):
        return not others
    if _TOTAL.fullmatch(first):
        return 2 * len(others) <= max(width - 1, 1)
    # A phrase alone on its line ("57 records, made on …") where rows have cells.
    return len(cells) == 1 and width > 1 and " " in first
