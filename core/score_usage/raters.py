"""Several people answering the same scorecard: what they agree on, and where not.

The value of a criterion is the median of those who answered it; with an even number of
raters it may stand between two answers.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.score_usage.criteria import KEYS, VALUES
from core.score_usage.marks import Answers, out_of_ten


@dataclass(frozen=True)
class Spread:
    """The answers given to one criterion.

    ``counts`` are the raters of each answer, high risk first; ``width`` is the distance
    between the furthest two, 0 to 3. ``median`` is None when nobody answered.
    """

    counts: tuple[int, ...]
    median: float | None

    @property
    def raters(self) -> int:
        """Return how many answered."""
        return sum(self.counts)

    @property
    def width(self) -> int:
        """Return how far apart the furthest two answers are."""
        given = [value for value in VALUES if self.counts[value]]
        return max(given) - min(given) if given else 0


def spread(sheets: Sequence[Answers]) -> dict[str, Spread]:
    """Return the spread of each criterion over the raters."""
    found = {}
    for key in KEYS:
        given = [value for one in sheets if (value := one.get(key)) is not None]
        counts = tuple(given.count(value) for value in VALUES)
        median = float(statistics.median(given)) if given else None
        found[key] = Spread(counts, median)
    return found


def agreed_mark(sheets: Sequence[Answers]) -> float | None:
    """Return the mark of the medians, or None while a criterion has no answer."""
    medians = [one.median for one in spread(sheets).values()]
    known = [Decimal(str(median)) for median in medians if median is not None]
    return out_of_ten(sum(known, Decimal())) if len(known) == len(KEYS) else None
