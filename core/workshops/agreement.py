"""Where a room agrees: median, spread, disagreement, and the answer that is retained.

The median of an even number of answers may stand between two of them; the riskier one
is then retained, since a risk seen by half of the room is worth a parry. Quartiles are
interpolated between the ranked answers, as spreadsheets do (QUARTILE.INC).
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.rules import Rules
from core.score_usage import BEST, KEYS, VALUES, Spread


@dataclass(frozen=True)
class Agreement:
    """A criterion as the room sees it.

    ``distance`` is the interquartile range, 0 to 3; ``is_split`` says whether the room
    disagrees; ``retained`` is the answer that the scorecard takes.
    """

    key: str
    spread: Spread
    distance: float
    is_split: bool
    retained: int | None


def quartile_distance(counts: Sequence[int]) -> float:
    """Return the distance between the first and the third quartile."""
    given = [value for value in VALUES for _ in range(counts[value])]
    if len(given) < 2:
        return 0.0
    first, _, third = statistics.quantiles(given, n=4, method="inclusive")
    return third - first


def is_split(counts: Sequence[int], rules: Rules) -> bool:
    """Tell whether the room disagrees on a criterion.

    It does when the middle half of the answers is wide, or when both ends of the scale
    were given by a large enough share of the room: one voice of fifty splits nothing.
    """
    total, ends = sum(counts), min(counts[0], counts[BEST])
    return (
        quartile_distance(counts) >= rules["score.workshop.distance"]
        or ends > 0
        and ends / total >= rules["score.workshop.ends"]
    )


def retained(counts: Sequence[int]) -> int | None:
    """Return the median answer; the riskier of two when it stands between them."""
    given = [value for value in VALUES for _ in range(counts[value])]
    return statistics.median_low(given) if given else None


def agreements(spreads: Mapping[str, Spread], rules: Rules) -> tuple[Agreement, ...]:
    """Return the ten criteria, those where the room differs most first.

    Disagreements come first, then the interquartile range, then the distance between
    the furthest two answers, then the order of the name.
    """
    found = [
        Agreement(
            key=key,
            spread=spreads[key],
            distance=quartile_distance(spreads[key].counts),
            is_split=is_split(spreads[key].counts, rules),
            retained=retained(spreads[key].counts),
        )
        for key in KEYS
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                not one.is_split,
                -one.distance,
                -one.spread.width,
                KEYS.index(one.key),
            ),
        )
    )
