"""How much room words take, roughly: slides are laid out where no font is at hand."""

from __future__ import annotations

from collections.abc import Sequence

_NARROW = frozenset("fijlrtI.,;:!'\u2019|()[]/ \u00a0-")
_BROAD = frozenset("mwMWœæŒÆ@%€…–")


_SLIM = ("calibri", "carlito", "narrow", "condensed", "garamond", "aptos", "segoe")
_SLIM_PART = 0.92


def face(font: str) -> float:
    """Return how wide a font is, beside those that are taken for the rule."""
    return _SLIM_PART if any(name in font.lower() for name in _SLIM) else 1.0


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide words are at a font size, both in points."""
    total = 0.0
    for one in words:
        if one in _NARROW:
            total += 0.3
        elif one in _BROAD:
            total += 0.86
        else:
            total += 0.66 if one.isupper() else 0.54
    return total * size * (1.06 if bold else 1.0)


def lines(words: str, room: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines words take in a width of ``room`` points."""
    count, used = 1, 0.0
    gap = width(" ", size, bold=bold)
    for word in words.split(" "):
        long = width(word, size, bold=bold)
        if used and used + gap + long > room:
            count, used = count + 1, 0.0
        used += long + (gap if used else 0.0)
        # A word longer than the line is broken.
        over = int(used // room) if room else 0
        count, used = count + over, used - over * room
    return count


def largest(
    words: str, room: tuple[float, float], sizes: Sequence[float], *, bold: bool = False
) -> float:
    """Return the first of ``sizes`` at which words fit in (width, height), in points.

    The last one where none does.
    """
    for size in sizes:
        if lines(words, room[0], size, bold=bold) * size * 1.2 <= room[1]:
            return size
    return sizes[-1]


def shortened(words: str, most: int) -> str:
    """Return words cut between two of them to ``most`` characters, dots added."""
    if len(words) <= most:
        return words
    cut = words[: most - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > most // 2 else cut).rstrip(" ,;:") + "…"
