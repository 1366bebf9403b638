"""Several people answering the same criterion: how many gave each answer."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from core.score_usage.criteria import VALUES


@dataclass(frozen=True)
class Spread:
    """The answers given to one criterion.

    ``counts`` are the raters of each answer, high risk first; ``width`` is the distance
    between the furthest two, 0 to 3. ``median`` is None when nobody answered; with an
    even number of raters it may stand between two answers.
    """

    counts: tuple[int, ...]
    median: float | None

    @classmethod
    def of(cls, counts: Sequence[int]) -> Spread:
        """Return the spread of how many people gave each answer, high risk first."""
        given = [value for value in VALUES for _ in range(counts[value])]
        median = float(statistics.median(given)) if given else None
        return cls(tuple(counts), median)

    @property
    def raters(self) -> int:
        """Return how many answered."""
        return sum(self.counts)

    @property
    def width(self) -> int:
        """Return how far apart the furthest two answers are."""
        given = [value for value in VALUES if self.counts[value]]
        return max(given) - min(given) if given else 0
