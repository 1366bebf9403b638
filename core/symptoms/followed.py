"""Like with like: the same people at both ends, newcomers beside their elders.

A company that hires occasional users, or loses its best, shows a fall that nobody
lived. A fall counts when people present all along share it, or when those who came
later use the tool less than the elders of their own team.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from core.symptoms import statistics

# Beliefs. People are followed from the first months to the last, so many at each end.
ENDS = 3
FEWEST = 5
# Who came this long after the months begin is a newcomer.
LATER_DAYS = 75


@dataclass(frozen=True)
class Followed:
    """People compared: how many, and by how much they are lower (0..1).

    ``error`` is the standard error of ``fall``, their mean.
    """

    people: int
    fall: float
    error: float


def _rates(rows: pd.DataFrame, figure: str, by: list[str]) -> pd.Series[float]:
    """Return each person's figure over some months."""
    if figure == "habit":
        held = rows.dropna(subset=["has_habit"])
        return held.groupby(by)["has_habit"].mean()
    sums = rows.groupby(by)[["days", "expected_days"]].sum()
    return sums["days"] / sums["expected_days"]


def same_people(rows: pd.DataFrame, figure: str, months: list[str]) -> Followed | None:
    """Return how far those present at both ends of ``months`` fell.

    ``rows`` are those of a `Series`. None when too few were there all along.
    """
    first, last = months[:ENDS], months[-ENDS:]
    ends = rows[rows["month"].isin([*first, *last])]
    ends = ends.assign(is_last=ends["month"].isin(last))
    means = _rates(ends, figure, ["user_id", "is_last"]).unstack()
    if means.shape[1] < 2:
        return None
    both = means.dropna()
    if len(both) < FEWEST:
        return None
    falls = [float(fall) for fall in both[False] - both[True]]
    return Followed(len(falls), sum(falls) / len(falls), statistics.mean_error(falls))


def newcomers(
    rows: pd.DataFrame, figure: str, months: list[str], teams: pd.Series[str]
) -> Followed | None:
    """Return by how much newcomers are below the elders of their team at the end.

    ``teams`` has each user's team. None when too few of them have elders to compare.
    """
    last = rows[rows["month"].isin(months[-ENDS:])]
    start = pd.Timestamp(f"{months[0]}-01") + pd.Timedelta(days=LATER_DAYS)
    rates = _rates(last, figure, ["user_id"]).rename("rate").reset_index()
    begun = last.drop_duplicates("user_id").set_index("user_id")["start"]
    # People without a team are one group, as a company without teams is.
    team = rates["user_id"].map(teams).fillna("")
    rates = rates.assign(team=team, is_new=rates["user_id"].map(begun) >= start)
    known = rates[~rates["is_new"]].groupby("team")["rate"].agg(["mean", "size"])
    elders = known.loc[known["size"] >= 2, "mean"]
    new = rates[rates["is_new"] & rates["team"].isin(elders.index)]
    if len(new) < FEWEST:
        return None
    gaps = [float(gap) for gap in new["team"].map(elders) - new["rate"]]
    return Followed(len(gaps), sum(gaps) / len(gaps), statistics.mean_error(gaps))
