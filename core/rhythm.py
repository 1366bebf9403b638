"""What the weeks of each person show: their rhythm at its best known, and of late.

A person's profile is that of the weeks they worked, wherever those are in time: weeks
without a trace, weeks that open or end a leave, and the weeks after a lasting fall do
not tell how somebody works. Their verdict is that of the last weeks. Both are read
from ``mart_user_week``, all people at once, as arrays of people by weeks.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from core.weeks import (
    Grid,
    Mask,
    best_weeks,
    edges,
    every_week,
    means,
    over,
    own_weekdays,
    trimmed,
)

# A week tells something when this many days are expected in it.
WEEK_DAYS = 2
# The last weeks, on which a verdict rests, and the longer span for who comes rarely.
LAST_WEEKS = 6
LONG_WEEKS = 12
# Silent weeks in a row that are taken for a leave.
LEAVE_WEEKS = (2, 5)
# Weeks with four and a half days active of five expected are full.
FULL_WEEK = 4.5
_GRIDS = (
    *("expected_days", "active_days", "idle_days", "weekdays", "login_days"),
    *("login_count", "mobile_count", "action_count", "hour_count", "timed_days"),
    *("span_minutes", "evening_days", "away_days"),
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


def _shape(grids: dict[str, Grid], mask: Mask) -> dict[str, Grid]:
    """Return how the days of the marked weeks look."""
    total = {
        name: np.where(mask, grid, 0.0).sum(axis=1) for name, grid in grids.items()
    }
    return {
        "days_seen": total["active_days"],
        "best_expected_days": total["expected_days"],
        "best_login_days": total["login_days"],
        "hours_per_day": over(total["hour_count"], total["timed_days"]),
        "span_hours": over(total["span_minutes"] / 60, total["timed_days"]),
        "actions_per_day": over(total["action_count"], total["active_days"]),
        "login_day_share": over(total["login_days"], total["active_days"]),
        "logins_per_day": over(total["login_count"], total["login_days"]),
        "mobile_share": over(total["mobile_count"], total["login_count"]),
        "evening_share": over(total["evening_days"], total["timed_days"]),
    }


def _leave(silent: Mask, counted: Mask) -> Grid:
    """Return the weeks of the longest silence among some, if it may be a leave."""
    longest, now = np.zeros(len(silent)), np.zeros(len(silent))
    for place in range(silent.shape[1]):
        now = np.where(silent[:, place], now + 1, np.where(counted[:, place], 0.0, now))
        longest = np.maximum(longest, now)
    low, high = LEAVE_WEEKS
    return np.where((longest >= low) & (longest <= high), longest, 0.0)


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
    rate = np.minimum(5.0, 5 * np.nan_to_num(over(active, present)))
    worked = told & (active > 0)
    days = {
        "mean": _ratio(active, present, worked),
        "all": _ratio(active, present, told),
    }
    count = worked.sum(axis=1)
    past = seen & ~last & ~edges(counted, seen)
    own = np.minimum(5.0, 5 * np.nan_to_num(over(active, expected)))
    known, usual, spread = means(own, past)
    error = np.sqrt(
        np.maximum(spread, 0.25) * (1 / np.maximum(count, 1) + 1 / np.maximum(known, 1))
    )
    after = np.cumsum(seen[:, ::-1], axis=1)[:, ::-1] == 0
    earlier = counted & ~far & (np.cumsum(seen, axis=1) > 0)
    recent = slice(-LONG_WEEKS, None)
    leave = _leave((far & ~seen)[:, recent], far[:, recent])
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
            over(
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
        "long_days_per_week": _ratio(active, expected, far)
        * over(far.sum(axis=1), far.sum(axis=1) - leave),
        "long_plain_days": _ratio(active, expected, far),
        "long_expected_days": np.where(far, expected, 0.0).sum(axis=1),
        "earlier_days_per_week": _ratio(active, expected, earlier),
    }


def _ratio(active: Grid, expected: Grid, mask: Mask) -> Grid:
    """Return days active per five expected of the marked weeks, none above five."""
    days = np.where(mask, np.minimum(active, expected), 0.0).sum(axis=1)
    return 5 * over(days, np.where(mask, expected, 0.0).sum(axis=1))


def features(weeks: pd.DataFrame, users: pd.Series, teams: pd.Series) -> pd.DataFrame:
    """Return one row of features a user, in the order of ``users``.

    ``weeks`` are rows of ``mart_user_week``, with ``away_days`` of
    ``mart_user_silence``, 0 where it has none. Days per week are brought to five
    expected days, of which a part-timer's own weekdays are all that is expected.
    Columns:

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
        logins_per_day, mobile_share, evening_share
                        how the days of those weeks look
        last_*          the last six weeks; last_days_per_week in the worked ones
        silent_now      weeks that count since the last trace, silent_days their days
        usual_*         the person's weeks before the last six
        fall_errors     how far under them the last six are, in standard errors
        long_*          the last twelve weeks, silent ones counted but for one leave,
                        which long_plain_days counts too; earlier_* before
    """
    index = pd.Index(users)
    grids = _grids(weeks, index)
    own = own_weekdays(grids)
    grids["expected_days"] = grids["expected_days"] * (own / 5)[:, None]
    expected, active = grids["expected_days"], grids["active_days"]
    counted = expected >= WEEK_DAYS * (own / 5)[:, None]
    seen = counted & (active > 0)
    rate = np.minimum(5.0, 5 * np.nan_to_num(over(active, expected)))
    usable = seen & ~edges(counted, seen)
    codes = pd.factorize(teams)[0] + 1
    best, top = best_weeks(rate, usable, codes)
    count, mean, _ = means(rate, best)
    top = np.fmax(mean, np.minimum(top, 5.0))
    found: dict[str, Any] = {
        "weeks_expected": counted.sum(axis=1),
        "weeks_seen": seen.sum(axis=1),
        "best_weeks": count,
        "is_past": best.any(axis=1) & (best.sum(axis=1) < usable.sum(axis=1)),
        "days_per_week": np.fmax(trimmed(rate, best), top),
        "plain_days_per_week": top,
        "spread_days_per_week": every_week(top),
        "full_week_share": means((rate >= FULL_WEEK).astype("float64"), best)[1],
        "own_weekdays": own,
        **_shape(grids, best),
        **_recent(grids, counted, seen),
    }
    return pd.DataFrame(found, index=users.index)
