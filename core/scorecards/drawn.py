"""How an answer looks on paper and on a slide: colours, texture and sign.

Red and green are told apart without colour: by the sign (two crosses, one, a tick,
two), by the texture (dense stripes, sparse ones, none) and by how dark the tile is.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.charts.tokens import LIGHT

Point = tuple[float, float]


@dataclass(frozen=True)
class Ink:
    """The colours of a tile, as #RRGGBB; ``stripes`` is the distance between two.

    ``stripe`` is their colour; a distance of 0 draws none.
    """

    fill: str
    edge: str
    text: str
    stripe: str = ""
    stripes: float = 0


INKS: dict[int | None, Ink] = {
    0: Ink(LIGHT.bad, LIGHT.bad, "#FFFFFF", "#C4564F", 0.16),
    1: Ink(LIGHT.bad_t, LIGHT.bad_m, LIGHT.bad, "#EDB9B3", 0.3),
    2: Ink(LIGHT.ok_t, LIGHT.ok_m, LIGHT.ok),
    3: Ink(LIGHT.ok, LIGHT.ok, "#FFFFFF"),
    None: Ink("#FFFFFF", LIGHT.line2, LIGHT.na),
}
_CROSS = (((0.0, 0.0), (1.0, 1.0)), ((1.0, 0.0), (0.0, 1.0)))
_TICK = (((0.0, 0.55), (0.38, 0.95)), ((0.38, 0.95), (1.0, 0.08)))


def rgb(colour: str) -> tuple[int, int, int]:
    """Return #RRGGBB as three numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def stripes(x: float, y: float, side: float, ink: Ink) -> list[tuple[Point, Point]]:
    """Return the diagonals of a tile's texture, cut at its edges."""
    step = ink.stripes * side
    lines: list[tuple[Point, Point]] = []
    place = step
    while step and place < 2 * side:
        low, high = max(0.0, place - side), min(place, side)
        lines.append(((x + low, y + place - low), (x + high, y + place - high)))
        place += step
    return lines


def signs(
    value: int | None, x: float, y: float, side: float
) -> list[tuple[Point, Point]]:
    """Return the strokes of an answer's sign, centred on ``x`` and below ``y``."""
    if value is None:
        return [((x - side / 2, y + side / 2), (x + side / 2, y + side / 2))]
    strokes = _CROSS if value < 2 else _TICK
    starts = [x - side / 2]
    if value in (0, 3):
        starts = [x - 1.15 * side, x + 0.15 * side]
    return [
        (
            (start + side * one[0], y + side * one[1]),
            (start + side * two[0], y + side * two[1]),
        )
        for start in starts
        for one, two in strokes
    ]
