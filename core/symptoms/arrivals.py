"""Those who arrived lately against the first: are they still active in month three?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from core.rules import Rules
from core.symptoms import statistics
from core.symptoms.scene import Scene
from core.symptoms.series import basis

# Beliefs.
MONTH = 3  # months after the arrival
LAST_MONTHS = 12
FEWEST_EXPECTED = 4.0


@dataclass(frozen=True)
class Classes:
    """The first arrivals and the last ones: people, and share active in month three."""

    first_people: int
    first_active: int
    last_people: int
    last_active: int

    @property
    def first_share(self) -> float:
        """Return the share of the first that were active."""
        return self.first_active / self.first_people

    @property
    def last_share(self) -> float:
        """Return the share of the last that were active."""
        return self.last_active / self.last_people

    @property
    def gap(self) -> float:
        """Return by how many points (0..1) the last are below the first."""
        return self.first_share - self.last_share

    def is_worse(self, rules: Rules) -> bool:
        """Tell whether the last are below the first, by more than chance."""
        chance = statistics.fewer(
            self.last_active, self.last_people, self.first_active, self.first_people
        )
        return (
            self.gap >= rules["symptom.blunted_tool.cohort_fall"]
            and chance < rules["symptom.blunted_tool.chance"]
        )


def table(scene: Scene) -> pd.DataFrame:
    """Return who arrived and whether they were active three months later.

    Columns: user_id, arrived (month), is_active. People on leave that month, gone
    before its end, or who arrived before the data begin are left out.
    """
    chosen = basis(scene)
    empty = pd.DataFrame({"user_id": [], "arrived": [], "is_active": []})
    if chosen is None:
        return empty
    name, (first, last) = chosen
    # Whoever never came at all is procrastination's.
    people = scene.people.loc[
        scene.people["is_activated"], ["user_id", "created_day", "left_day"]
    ]
    made = pd.to_datetime(people["created_day"])
    # Who arrived just before the data begin shows a third month as well as any other.
    is_seen = made >= pd.Timestamp(first) - pd.Timedelta(days=31)
    people = people[is_seen].assign(arrived=made[is_seen].dt.to_period("M"))
    third = people["arrived"] + MONTH
    left = pd.to_datetime(people["left_day"]).dt.to_period("M")
    until = pd.Period(last.isoformat(), "M")
    if (last + timedelta(days=7)).month == last.month:
        until -= 1  # the last month is not whole
    people = people[(third <= until) & ~(left <= third)]
    people = people.assign(month=third.astype(str))
    rows = people.merge(scene.months, on=["user_id", "month"])
    rows = rows[rows["expected_days"] >= FEWEST_EXPECTED]
    return pd.DataFrame(
        {
            "user_id": rows["user_id"],
            "arrived": rows["arrived"].astype(str),
            "is_active": rows[f"{name}_days"] > 0,
        }
    )


def compare(scene: Scene) -> Classes | None:
    """Return the last arrivals against the first, None when either are too few.

    The last are those of twelve months; the first, those before, or those of the first
    months of the data where they go back no further.
    """
    rows = table(scene)
    if not len(rows):
        return None
    end = pd.Period(scene.as_of.isoformat(), "M")
    months = pd.PeriodIndex(rows["arrived"], freq="M")
    start = months.min()
    is_first = (months <= end - LAST_MONTHS) | (months <= start + 2)
    is_last = (months > end - LAST_MONTHS) & (months > start + 5)
    first, last = rows[is_first], rows[is_last]
    if len(first) < scene.fewest or len(last) < scene.fewest:
        return None
    return Classes(
        len(first),
        int(first["is_active"].sum()),
        len(last),
        int(last["is_active"].sum()),
    )
