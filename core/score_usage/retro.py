"""The retro-test: the mark of a feature against the use that was measured of it.

Nothing here says that a mark made a feature fail or succeed: it says whether what was
announced came about. The limits are ours, in ``core/rules.toml`` (``score.retro``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from core.rules import Rules
from core.score_usage.marks import state as announced

Scope = Literal["all", "team", "profile"]
SCOPES: tuple[Scope, ...] = ("all", "team", "profile")
Found = Literal[
    "measured", "waiting", "no_data", "unknown", "few", "few_weeks", "hidden"
]
Use = Literal["adopted", "partial", "rejected"]
Agreement = Literal["right", "half", "wrong"]
LONGEST_KIND = 200
_ORDER: dict[str, int] = {
    "sick": 0,
    "watch": 1,
    "healthy": 2,
    "rejected": 0,
    "partial": 1,
    "adopted": 2,
}
_KIND = re.compile(r"[^\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Binding:
    """What tells of a feature in the exports, since when, and for whom it is meant.

    ``kind`` is one of ``mart_feature_kind``. ``group`` is the team or the profile of
    those it is meant for, "" for everybody.
    """

    kind: str
    launch_day: date
    scope: Scope = "all"
    group: str = ""


def is_binding(kind: Any, scope: Any, group: Any) -> bool:
    """Tell whether the parts of a binding are what they must be."""
    return (
        isinstance(kind, str)
        and len(kind) <= LONGEST_KIND
        and _KIND.fullmatch(kind) is not None
        and scope in SCOPES
        and isinstance(group, str)
        and len(group) <= LONGEST_KIND
        and bool(group) == (scope != "all")
    )


@dataclass(frozen=True)
class Outcome:
    """What was measured of a feature on ``day``, and the mark kept at its launch.

    ``found`` says whether it could be told, or why not. ``users`` of ``eligible``
    people used it; all three figures are None unless it is ``measured``. ``mark`` is
    that of the version in force at the launch, None when none was kept by then.
    ``now_share`` is the same share on the last day of the data, once that is later.
    """

    found: Found
    day: date
    users: int | None = None
    eligible: int | None = None
    share: float | None = None
    mark: float | None = None
    version: int | None = None
    now_share: float | None = None

    @property
    def is_confronted(self) -> bool:
        """Whether there are both a mark and a use to confront."""
        return self.mark is not None and self.share is not None


def outcome_day(launch: date, rules: Rules) -> date:
    """Return the day on which the use of a feature is measured."""
    return launch + timedelta(days=int(rules["score.retro.days"]))


def use(share: float, rules: Rules) -> Use:
    """Return what a measured share says: adopted, used in part, or rejected."""
    if share >= rules["score.retro.adopted"]:
        return "adopted"
    return "rejected" if share < rules["score.retro.rejected"] else "partial"


def agreement(mark: float, share: float, rules: Rules) -> Agreement:
    """Tell whether what a mark announced came about.

    Likely and adopted, uncertain and used in part, rejection likely and rejected are
    right; one step away is half right; two are wrong.
    """
    distance = _ORDER[announced(mark, rules)] - _ORDER[use(share, rules)]
    answers: tuple[Agreement, ...] = ("right", "half", "wrong")
    return answers[abs(distance)]


def ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value from 1 up; equal ones share their average rank."""
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) + 1) / 2 for value in values]


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return Spearman's correlation of ranks, -1 to 1; None when a side never varies.

    It is Pearson's correlation of the average ranks, so that ties are counted right.
    """
    first, second = ranks(one), ranks(other)
    middle = (len(first) + 1) / 2
    pairs = [(a - middle, b - middle) for a, b in zip(first, second, strict=True)]
    spread = sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs)
    return sum(a * b for a, b in pairs) / spread**0.5 if spread else None
