"""What is read of one practice: its state, its figure, and the limit that decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from core.rules import Rules
from core.workspace import Workspace

State = Literal["healthy", "watch", "sick", "not_enough_data"]
SEVERITY: Mapping[str, int] = {"sick": 0, "watch": 1, "not_enough_data": 2}

NO_MEMBER = ("integration", "left")
# Fewer people than this, and a share of them is chance.
ENOUGH_PEOPLE = 5
# Under this many people with the same profile, what they use is not a habit of theirs.
ENOUGH_ALIKE = 5


@dataclass(frozen=True)
class Practice:
    """One practice of a company or of the people chosen.

    ``value`` is a share, 0 to 1, None where it cannot be told; ``threshold`` is the
    limit it is read against: that of healthy, or the nearest limit that is missed.
    ``values`` are the figures of its sentence ``practice.<code>.<state>``, ``missing``
    the objects whose export would tell more.
    """

    code: str
    state: State
    value: float | None = None
    threshold: float | None = None
    values: Mapping[str, float] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def distance(self) -> float:
        """How far the figure is from the limit that it misses; 0 when it meets it."""
        if self.state == "healthy" or self.value is None or self.threshold is None:
            return 0.0
        return abs(self.value - self.threshold)


def high_is_good(value: float, rules: Rules, code: str) -> tuple[State, float]:
    """Return the state of a share that should be high, and the limit that it meets."""
    healthy, watch = rules[f"practice.{code}.healthy"], rules[f"practice.{code}.watch"]
    if value >= healthy:
        return "healthy", healthy
    return ("watch", healthy) if value >= watch else ("sick", watch)


def low_is_good(value: float, rules: Rules, code: str) -> tuple[State, float]:
    """Return the state of a share that should be low, and the limit that it meets."""
    watch, sick = rules[f"practice.{code}.watch"], rules[f"practice.{code}.sick"]
    if value < watch:
        return "healthy", watch
    return ("watch", watch) if value < sick else ("sick", sick)


def limits(workspace: Workspace) -> Rules:
    """Return the limits in force in a workspace."""
    return Rules.of(workspace.settings.rules)


def present(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ``rows`` of `core.people.everyone` without programs and leavers."""
    return rows[~rows["state"].isin(NO_MEMBER)]


def active(rows: pd.DataFrame) -> pd.DataFrame:
    """Return those who left a trace in the 28 days that end on the day of reading."""
    people = present(rows)
    return people[people["recent_active_days"] > 0]


def share(part: float, whole: float) -> float | None:
    """Return part / whole, None when there is nothing to divide."""
    return float(part) / float(whole) if whole else None


def is_few(workspace: Workspace, *counts: float) -> bool:
    """Tell whether one of ``counts`` is of people too few to be told of.

    Nobody is not few; where single people are shown, nobody is hidden.
    """
    k = workspace.settings.k
    return workspace.privacy == "teams" and any(0 < count < k for count in counts)


def told(workspace: Workspace, practice: Practice, *counts: float) -> Practice:
    """Return a practice as this viewer may see it, ``counts`` being people behind it.

    Where one of them is few the share is hidden, and so is what it says.
    """
    if practice.state == "not_enough_data" or not is_few(workspace, *counts):
        return practice
    return replace(
        practice,
        state="not_enough_data",
        value=None,
        threshold=None,
        values={"hidden": 1},
        missing=(),
    )
