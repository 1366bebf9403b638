"""What the weeks of each person show: their rhythm at its best known, and of late.

A person's profile is that of the weeks they worked, wherever those are in time: weeks
without a trace, weeks that open or end a leave, and the weeks after a lasting fall do
not tell how somebody works. Their verdict is that of the last weeks. Both are read
from ``mart_user_week``, all people at once, as arrays of people by weeks.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Grid = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

# A week tells something when this many days are expected in it.
WEEK_DAYS = 2
# The last weeks, on which a verdict rests, and the longer span for who comes rarely.
LAST_WEEKS = 6
LONG_WEEKS = 12
# Weeks with four and a half days active of five expected are full.
FULL_WEEK = 4.5
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
_GRIDS = (
    *("expected_days", "active_days", "idle_days", "weekdays", "login_days"),
    *("login_count", "mobile_count", "action_count", "acted_days", "hour_count"),
    *("timed_days", "span_minutes", "evening_days", "weekend_days", "away_days"),
)


def _grids(weeks: pd.DataFrame, users: pd.Index) -> dict[str, Grid]:
    """Return each figure as an array of people by weeks, the oldest week first."""
    count = int(weeks["week"].max()) + 1 if len(weeks) else 1
    rows = users.get_indexer(pd.Index(weeks["user_id"]))
    places = count - 1 - weeks["week"].to_numpy()
    known = rows >= 0
    grids = {}
    for name in _GRIDS:
        grid = np.zeros((len(users), count))
        grid[rows[known], places[known]] = weeks[name].to_numpy("float64")[known]
        grids[name] = grid
    return grids


def _over(part: Grid, whole: Grid) -> Grid:
    """Divide, NaN where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


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
            _over(((bits >> n & 1) * whole).sum(axis=1) * 1.0, count * 1.0)
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


def _means(values: Grid, mask: Mask) -> tuple[Grid, Grid, Grid]:
    """Return the count, mean and variance of the marked weeks of each person."""
    kept = np.where(mask, values, 0.0)
    count = mask.sum(axis=1) * 1.0
    mean = _over(kept.sum(axis=1), count)
    squares = _over((kept**2).sum(axis=1), count)
    return count, mean, np.maximum(squares - mean**2, 0.0)


def _edges(counted: Mask, seen: Mask) -> Mask:
    """Mark the weeks beside a silent one of people who are seen in most weeks."""
    silent = counted & ~seen
    beside = np.zeros_like(seen)
    beside[:, 1:] |= silent[:, :-1]
    beside[:, :-1] |= silent[:, 1:]
    often = seen.sum(axis=1) >= 0.75 * np.maximum(counted.sum(axis=1), 1)
    kept = (seen & ~beside).sum(axis=1) >= 5
    return beside & seen & (often & kept)[:, None]


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
    count, mean, spread = _means(rate, usable)
    _, middle, width = _means(np.broadcast_to(weeks, rate.shape), usable)
    kept = np.where(usable, (weeks - middle[:, None]) * (rate - mean[:, None]), 0.0)
    told = (count >= SLOPE_WEEKS) & (width > 0)
    mass = np.where(told, count * width, np.inf)
    slope = np.where(told, kept.sum(axis=1) / mass, 0.0)
    left = np.maximum(np.nan_to_num(spread) - slope**2 * width, LEAST_VARIANCE)
    error = np.sqrt(left / np.where(told, mass, 1e-9))
    own = slope / error
    # What the others of the team do, without the person: one fall is not the team's.
    weight = np.where(told & (teams > 0), 1 / error**2, 0.0)
    pulls, weights = np.zeros(teams.max() + 1), np.zeros(teams.max() + 1)
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


def _trimmed(rate: Grid, mask: Mask) -> Grid:
    ordered = np.sort(np.where(mask, rate, np.inf), axis=1)
    count = mask.sum(axis=1)
    first = np.floor(TRIMMED * count)[:, None]
    place = np.arange(rate.shape[1])[None, :]
    inside = (place >= first) & (place < count[:, None])
    return _over(np.where(inside, ordered, 0.0).sum(axis=1), inside.sum(axis=1) * 1.0)


_CHANCES = np.linspace(0.001, 0.999, 400)
_SEEN_DAYS = 5 * _CHANCES / (1 - (1 - _CHANCES) ** 5)


def every_week(days: Grid) -> Grid:
    """Return the days a week, silent weeks counted, of who comes on chance days.

    A week is seen when one day at least was: that lifts the mean of the weeks seen
    of somebody who comes rarely (a binomial law cut at zero). ``days`` are per week
    seen, of five expected.
    """
    return np.where(days <= 1.0, days * 0.2, np.interp(days, _SEEN_DAYS, 5 * _CHANCES))


def _shape(grids: dict[str, Grid], mask: Mask) -> dict[str, Grid]:
    """Return how the days of the marked weeks look."""
    total = {
        name: np.where(mask, grid, 0.0).sum(axis=1) for name, grid in grids.items()
    }
    return {
        "days_seen": total["active_days"],
        "best_expected_days": total["expected_days"],
        "best_login_days": total["login_days"],
        "hours_per_day": _over(total["hour_count"], total["timed_days"]),
        "span_hours": _over(total["span_minutes"] / 60, total["timed_days"]),
        "actions_per_day": _over(total["action_count"], total["active_days"]),
        "login_day_share": _over(total["login_days"], total["active_days"]),
        "logins_per_day": _over(total["login_count"], total["login_days"]),
        "mobile_share": _over(total["mobile_count"], total["login_count"]),
        "evening_share": _over(total["evening_days"], total["timed_days"]),
        "weekend_share": _over(total["weekend_days"], total["active_days"]),
    }


def _recent(grids: dict[str, Grid], counted: Mask, seen: Mask) -> dict[str, Any]:
    """Return the last weeks, and how far they are from the person's own.

    Days of the longest time without a trace, when it is no longer than a leave, are
    taken out of what was expected: a leave that nobody told of accuses nobody.
    """
    last, far = np.zeros_like(seen), np.zeros_like(seen)
    last[:, -LAST_WEEKS:] = True
    far[:, -LONG_WEEKS:] = True
    far &= counted
    expected, active = grids["expected_days"], grids["active_days"]
    here = counted & last
    present = np.where(here, np.maximum(expected - grids["away_days"], 0.0), 0.0)
    # A day left of a week tells nothing, unless it was a day at work.
    told = here & ((present >= WEEK_DAYS) | ((active > 0) & (present > 0)))
    rate = np.minimum(5.0, 5 * np.nan_to_num(_over(active, present)))
    worked = told & (active > 0)
    days = {
        "mean": _ratio(active, present, worked),
        "all": _ratio(active, present, told),
    }
    count = worked.sum(axis=1)
    past = seen & ~last & ~_edges(counted, seen)
    own = np.minimum(5.0, 5 * np.nan_to_num(_over(active, expected)))
    known, usual, spread = _means(own, past)
    error = np.sqrt(
        np.maximum(spread, 0.25) * (1 / np.maximum(count, 1) + 1 / np.maximum(known, 1))
    )
    after = np.cumsum(seen[:, ::-1], axis=1)[:, ::-1] == 0
    earlier = counted & ~far & (np.cumsum(seen, axis=1) > 0)
    total = {
        name: np.where(here, grid, 0.0).sum(axis=1) for name, grid in grids.items()
    }
    return {
        "last_active_days": total["active_days"],
        "last_idle_days": total["idle_days"],
        "last_actions": total["action_count"],
        "last_login_days": total["login_days"],
        "last_weeks": here.sum(axis=1),
        "last_present_days": present.sum(axis=1),
        "last_seen_weeks": count,
        "last_silent_weeks": (here & ~seen).sum(axis=1),
        "last_missing_weeks": (told & ~seen).sum(axis=1),
        "silent_now": (counted & after).sum(axis=1),
        "silent_days": np.where(counted & after, expected, 0.0).sum(axis=1),
        "last_days_per_week": days["mean"],
        "last_best_days": np.where(
            count >= 4,
            _over(
                np.where(worked, rate, 0.0).sum(axis=1)
                - np.where(worked, rate, 9.0).min(axis=1),
                count - 1.0,
            ),
            days["mean"],
        ),
        "last_all_days": days["all"],
        "usual_days_per_week": np.where(known >= LAST_WEEKS, usual, np.nan),
        "usual_weeks": known,
        "fall_errors": np.where(
            (known >= LAST_WEEKS) & (count >= 3), (usual - days["mean"]) / error, 0.0
        ),
        "long_actions": np.where(far, grids["action_count"], 0.0).sum(axis=1),
        "long_active_days": np.where(far, active, 0.0).sum(axis=1),
        "long_days_per_week": _ratio(active, expected, far),
        "earlier_days_per_week": _ratio(active, expected, earlier),
    }


def _ratio(active: Grid, expected: Grid, mask: Mask) -> Grid:
    """Return days active per five expected of the marked weeks, none above five."""
    days = np.where(mask, np.minimum(active, expected), 0.0).sum(axis=1)
    return 5 * _over(days, np.where(mask, expected, 0.0).sum(axis=1))


def features(weeks: pd.DataFrame, users: pd.Series, teams: pd.Series) -> pd.DataFrame:
    """Return one row of features a user, in the order of ``users``.

    ``weeks`` are rows of ``mart_user_week``. Days per week are brought to five expected
    days, of which a part-timer's own weekdays are all that is expected. Columns:

        weeks_expected, weeks_seen   weeks that count, of which with a trace
        best_weeks      weeks in which the profile is read: best_expected_days and
                        best_login_days are theirs, as are days_seen and what follows
        is_past         whether the rhythm changed for good, before or after them
        days_per_week   mean days active in them, the weakest weeks left out
        plain_days_per_week          the same, none left out
        spread_days_per_week         the same, silent weeks counted
        full_week_share share of them with 4.5 days or more
        own_weekdays    weekdays that the person works, 5 unless part-time shows
        days_seen, hours_per_day, span_hours, actions_per_day, login_day_share,
        logins_per_day, mobile_share, evening_share, weekend_share
                        how the days of those weeks look
        last_*          the last six weeks; last_days_per_week in the worked ones
        silent_now      weeks that count since the last trace, silent_days their days
        usual_*         the person's weeks before the last six
        fall_errors     how far under them the last six are, in standard errors
        long_*          the last twelve weeks, silent ones counted; earlier_* before
    """
    index = pd.Index(users)
    grids = _grids(weeks, index)
    own = own_weekdays(grids)
    grids["expected_days"] = grids["expected_days"] * (own / 5)[:, None]
    expected, active = grids["expected_days"], grids["active_days"]
    counted = expected >= WEEK_DAYS * (own / 5)[:, None]
    seen = counted & (active > 0)
    rate = np.minimum(5.0, 5 * np.nan_to_num(_over(active, expected)))
    usable = seen & ~_edges(counted, seen)
    codes = pd.factorize(teams)[0] + 1
    best, top = best_weeks(rate, usable, codes)
    count, mean, _ = _means(rate, best)
    top = np.fmax(mean, np.minimum(top, 5.0))
    found: dict[str, Any] = {
        "weeks_expected": counted.sum(axis=1),
        "weeks_seen": seen.sum(axis=1),
        "best_weeks": count,
        "is_past": best.any(axis=1) & (best.sum(axis=1) < usable.sum(axis=1)),
        "days_per_week": np.fmax(_trimmed(rate, best), top),
        "plain_days_per_week": top,
        "spread_days_per_week": every_week(top),
        "full_week_share": _means((rate >= FULL_WEEK) * 1.0, best)[1],
        "own_weekdays": own,
        **_shape(grids, best),
        **_recent(grids, counted, seen),
    }
    return pd.DataFrame(found, index=users.index)
