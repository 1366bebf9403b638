"""Which of a person's weeks show their rhythm.

Arrays are of people by weeks, the oldest week first; days are per week of five expected
days. Weeks that open or end a leave do not tell how somebody works, nor do those after
a lasting fall, of the person or of the whole team.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Grid = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

# The weakest weeks are left out of the mean: days off that nobody told of.
TRIMMED = 0.15
# A rhythm fell, or rose, when the difference between two spans of weeks is this many
# times its standard error and this many days a week.
STEP_ERRORS, STEP_DAYS, STEP_WEEKS = 4.5, 0.7, (4, 6)
SLOPE_ERRORS, SLOPE_DAYS, SLOPE_WEEKS = 3.0, 0.6, 8
NEAR_TOP, NEAR_WEEKS = 0.5, 6
TEAM_ERRORS = 3.0
# No count of days varies less than this from week to week (variance, in days).
LEAST_VARIANCE = 0.15
# Weekdays that a part-timer works: seen in most weeks, the others hardly ever.
OWN_DAYS_LEAST, OWN_DAYS_WEEKS, OFF_SHARE, ON_SHARE = 3, 6, 0.08, 0.55


def over(part: Grid, whole: Grid) -> Grid:
    """Divide, NaN where there is nothing to divide by."""
    found: Grid = np.full(part.shape, np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found


def means(values: Grid, mask: Mask) -> tuple[Grid, Grid, Grid]:
    """Return the count, mean and variance of the marked weeks of each person."""
    kept = np.where(mask, values, 0.0)
    count = mask.sum(axis=1) * 1.0
    mean = over(kept.sum(axis=1), count)
    squares = over((kept**2).sum(axis=1), count)
    return count, mean, np.maximum(squares - mean**2, 0.0)


def own_weekdays(grids: dict[str, Grid]) -> Grid:
    """Return how many weekdays each person works: 5, or 3 or 4 of a part-timer.

    Only weeks of five expected days tell: where a working-time share was given,
    nothing is left to find.
    """
    whole = (grids["expected_days"] > 4.9) & (grids["weekdays"] > 0)
    count = whole.sum(axis=1)
    bits = grids["weekdays"].astype(np.int64)
    shares = np.stack(
        [
            over(((bits >> n & 1) * whole).sum(axis=1) * 1.0, count * 1.0)
            for n in range(5)
        ],
        axis=1,
    )
    shares = np.nan_to_num(shares)
    off = shares <= OFF_SHARE
    on = (shares * ~off).sum(axis=1) / np.maximum((~off).sum(axis=1), 1)
    own = (~off).sum(axis=1)
    found = (count >= OWN_DAYS_WEEKS) & (own >= OWN_DAYS_LEAST) & (on >= ON_SHARE)
    return np.where(found, own, 5).astype("float64")


def edges(counted: Mask, seen: Mask) -> Mask:
    """Mark the weeks beside a silent one of people who are seen in most weeks."""
    silent = counted & ~seen
    beside = np.zeros_like(seen)
    beside[:, 1:] |= silent[:, :-1]
    beside[:, :-1] |= silent[:, 1:]
    often = seen.sum(axis=1) >= 0.75 * np.maximum(counted.sum(axis=1), 1)
    kept = (seen & ~beside).sum(axis=1) >= 5
    found: Mask = beside & seen & (often & kept)[:, None]
    return found


def _step(rate: Grid, usable: Mask) -> tuple[Mask, Grid]:
    """Return the higher side of the clearest step in each person's weeks.

    And how clear it is: the difference of the two sides in standard errors, 0 where
    there is none worth the name.
    """
    kept = np.where(usable, rate, 0.0)
    before = np.cumsum(usable, axis=1) * 1.0
    sums = np.cumsum(kept, axis=1)
    squares = np.cumsum(kept**2, axis=1)
    total, whole, square = before[:, -1:], sums[:, -1:], squares[:, -1:]
    after = total - before
    with np.errstate(divide="ignore", invalid="ignore"):
        first, last = sums / before, (whole - sums) / after
        spread = (square - sums * first - (whole - sums) * last) / (total - 2)
        error = np.sqrt(np.maximum(spread, LEAST_VARIANCE) * (1 / before + 1 / after))
        gap = np.abs(first - last) / error
    high = np.where(first > last, before, after)
    allowed = (np.minimum(before, after) >= STEP_WEEKS[0]) & (high >= STEP_WEEKS[1])
    gap = np.where(allowed & (np.abs(first - last) >= STEP_DAYS), gap, 0.0)
    place = gap.argmax(axis=1)
    rows = np.arange(len(rate))
    fell = np.nan_to_num(first - last)[rows, place] > 0
    early = np.arange(rate.shape[1])[None, :] <= place[:, None]
    return usable & np.where(fell[:, None], early, ~early), gap[rows, place]


def _slope(rate: Grid, usable: Mask, teams: Codes) -> tuple[Mask, Grid, Grid]:
    """Return the weeks near the top of a slow fall or rise, and the top itself.

    And how clear the slope is, in standard errors: the person's own, or that of the
    others of the team where the person goes the same way. 0 where there is none.
    """
    weeks = np.arange(rate.shape[1])[None, :] * 1.0
    count, mean, spread = means(rate, usable)
    _, middle, width = means(np.broadcast_to(weeks, rate.shape), usable)
    kept = np.where(usable, (weeks - middle[:, None]) * (rate - mean[:, None]), 0.0)
    told = (count >= SLOPE_WEEKS) & (width > 0)
    mass = np.where(told, count * width, np.inf)
    slope = np.where(told, kept.sum(axis=1) / mass, 0.0)
    left = np.maximum(np.nan_to_num(spread) - slope**2 * width, LEAST_VARIANCE)
    error = np.sqrt(left / np.where(told, mass, 1e-9))
    own = slope / error
    # What the others of the team do, without the person: one fall is not the team's.
    weight = np.where(told & (teams > 0), 1 / error**2, 0.0)
    places = int(teams.max(initial=0)) + 1
    pulls, weights = np.zeros(places), np.zeros(places)
    np.add.at(pulls, teams, slope * weight)
    np.add.at(weights, teams, weight)
    others = np.sqrt(np.maximum(weights[teams] - weight, 1e-9))
    shared = np.where(teams > 0, (pulls[teams] - slope * weight) / others, 0.0)
    same = (np.abs(shared) >= TEAM_ERRORS) & (shared * own > 0) & (np.abs(own) >= 0.5)
    both = pulls[teams] / np.maximum(weights[teams], 1e-9)
    slope = np.where(same & (np.abs(own) < SLOPE_ERRORS), both, slope)
    fitted = mean[:, None] + slope[:, None] * (weeks - middle[:, None])
    inside = np.where(usable, fitted, -np.inf)
    top = np.where(told, inside.max(axis=1), 0.0)
    low = np.where(told, np.where(usable, fitted, np.inf).min(axis=1), 0.0)
    order = (-inside).argsort(axis=1).argsort(axis=1)
    near = usable & ((inside >= top[:, None] - NEAR_TOP) | (order < NEAR_WEEKS))
    clear = np.maximum(np.abs(own), np.where(same, SLOPE_ERRORS, 0.0))
    return near, np.minimum(top, 5.0), np.where(top - low >= SLOPE_DAYS, clear, 0.0)


def best_weeks(rate: Grid, usable: Mask, teams: Codes) -> tuple[Mask, Grid]:
    """Return the weeks that show a person's rhythm, and its top where it fell or rose.

    They are all that are usable, unless the rhythm changed for good: those before a
    fall or after a rise then. The top is NaN without a slope.
    """
    side, step = _step(rate, usable)
    near, top, slope = _slope(rate, usable, teams)
    sloped = (slope >= SLOPE_ERRORS) & (slope + 0.5 >= step)
    stepped = (step >= STEP_ERRORS) & ~sloped
    best = np.where(sloped[:, None], near, np.where(stepped[:, None], side, usable))
    return best, np.where(sloped, top, np.nan)


def trimmed(rate: Grid, mask: Mask) -> Grid:
    """Return the mean of the marked weeks, the weakest ones left out."""
    ordered = np.sort(np.where(mask, rate, np.inf), axis=1)
    count = mask.sum(axis=1)
    first = np.floor(TRIMMED * count)[:, None]
    place = np.arange(rate.shape[1])[None, :]
    inside = (place >= first) & (place < count[:, None])
    return over(np.where(inside, ordered, 0.0).sum(axis=1), inside.sum(axis=1) * 1.0)


_CHANCES = np.linspace(0.001, 0.999, 400)
_SEEN_DAYS = 5 * _CHANCES / (1 - (1 - _CHANCES) ** 5)


def every_week(days: Grid) -> Grid:
    """Return the days a week, silent weeks counted, of who comes on chance days.

    A week is seen when one day at least was: that lifts the mean of the weeks seen
    of somebody who comes rarely (a binomial law cut at zero). ``days`` are per week
    seen, of five expected.
    """
    return np.where(days <= 1.0, days * 0.2, np.interp(days, _SEEN_DAYS, 5 * _CHANCES))
