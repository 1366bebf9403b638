"""The little statistics that the rules need, exact for small samples."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

_EXACT = 400  # people, above which the normal approximation is as good and quicker


def slope(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Return the median slope between all pairs of points (Theil and Sen).

    One odd month among ten does not move it. 0 for fewer than two points.
    """
    found = [
        (ys[j] - ys[i]) / (xs[j] - xs[i])
        for i in range(len(xs))
        for j in range(i + 1, len(xs))
        if xs[j] != xs[i]
    ]
    return median(found) if found else 0.0


def falling(ys: Sequence[float]) -> float:
    """Return the chance that a series without trend falls as much as ``ys``.

    Mann and Kendall's test, one-sided, by the normal approximation with its
    correction for ties and continuity; 1.0 for fewer than four points.
    """
    size = len(ys)
    if size < 4:
        return 1.0
    score = sum(
        (ys[j] > ys[i]) - (ys[j] < ys[i])
        for i in range(size)
        for j in range(i + 1, size)
    )
    ties = sum(
        n * (n - 1) * (2 * n + 5) for n in (list(ys).count(y) for y in set(ys)) if n > 1
    )
    variance = (size * (size - 1) * (2 * size + 5) - ties) / 18
    if variance <= 0 or score >= 0:
        return 1.0
    return 0.5 * math.erfc(-(score + 1) / math.sqrt(variance) / math.sqrt(2))


def fewer(part: int, whole: int, base_part: int, base_whole: int) -> float:
    """Return the chance that a share as low as part/whole is the base's own.

    Fisher's exact test, one-sided: of all the ways to draw ``whole`` among both groups,
    those that hold ``part`` or fewer. 1.0 when a group is empty.
    """
    if not whole or not base_whole:
        return 1.0
    hits, total = part + base_part, whole + base_whole
    if total > _EXACT:
        rate = hits / total
        error = math.sqrt(rate * (1 - rate) * (1 / whole + 1 / base_whole))
        gap = part / whole - base_part / base_whole
        return 0.5 * math.erfc(-gap / error / math.sqrt(2)) if error else 1.0
    ways = math.comb(total, whole)
    least = max(0, whole - (total - hits))
    held = range(least, part + 1)
    return sum(
        math.comb(hits, n) * math.comb(total - hits, whole - n) for n in held
    ) / (ways)


def mean_error(values: Sequence[float]) -> float:
    """Return the standard error of the mean; infinite for fewer than three values."""
    size = len(values)
    if size < 3:
        return math.inf
    middle = sum(values) / size
    spread = sum((value - middle) ** 2 for value in values) / (size - 1)
    return math.sqrt(spread / size)
