"""Shares of the active people, week by week, and the weeks that can be believed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

# Beliefs. A week in which fewer than this part of the usual number of people came is a
# week of holidays or a hole in the exports; so are the weeks before the tool was used.
USUAL = 0.4
FEWEST_ACTIVE = 5


def table(kinds: pd.DataFrame) -> pd.DataFrame:
    """Return rows of ``mart_kind_week`` as one row a week and one column a kind.

    Teams are summed up; every week from the first to the last is there, empty ones as
    zeros.
    """
    if not len(kinds):
        return pd.DataFrame({"any": pd.Series(dtype="float64")})
    found = kinds.pivot_table(
        index="week", columns="kind", values="people", aggfunc="sum", fill_value=0
    )
    every = pd.date_range(found.index.min(), found.index.max(), freq="7D")
    found = found.reindex(every, fill_value=0)
    for name in ("any", "login", "action"):
        if name not in found:
            found[name] = 0
    return found


def usual(people: pd.Series[int]) -> pd.Series[bool]:
    """Tell of each week whether enough people came for a share to mean something."""
    seen = people[people > 0]
    middle = float(seen.median()) if len(seen) else 0.0
    around = people.rolling(13, center=True, min_periods=1).median()
    return (
        (people >= USUAL * around.clip(upper=middle))
        & (people >= min(FEWEST_ACTIVE, middle))
        & (people > 0)
    )


def pooled(parts: pd.Series[int], wholes: pd.Series[int]) -> pd.Series[float]:
    """Return the share over each week and the two beside it."""
    part = parts.rolling(3, center=True, min_periods=1).sum()
    return part / wholes.rolling(3, center=True, min_periods=1).sum()


def last_run(flags: Sequence[bool]) -> int:
    """Return how many of the last values hold, without a break."""
    run = 0
    for flag in reversed(flags):
        if not flag:
            break
        run += 1
    return run
