"""The rows of the portfolio: their order, and which of them a filter leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from core.i18n import formats
from core.portfolio.figures import Figures
from core.portfolio.project import Phase, Project, phase
from core.rules import Rules

Sort = Literal["worst", "name", "date", "trend", "due"]
SORTS: tuple[Sort, ...] = ("worst", "name", "date", "trend", "due")
STATES = ("sick", "watch", "healthy", "not_enough_data")
NOT_SAID = "not_said"
_RANK = {"sick": 0, "watch": 1, "not_enough_data": 2, "healthy": 3}


@dataclass(frozen=True)
class Row:
    """One workspace; ``figures`` is None while they are computed.

    ``phase`` is None where nobody said when the project started; ``is_old`` tells that
    the data end too long ago to rest on. An example is invented and opens nothing.
    """

    workspace_id: str
    name: str
    project: Project
    figures: Figures | None
    currency: str = "EUR"
    phase: Phase | None = None
    is_old: bool = False
    is_example: bool = False

    @property
    def state(self) -> str:
        """Return the state of its verdict."""
        return self.figures.state if self.figures else "not_enough_data"


def row(
    identity: tuple[str, str],
    project: Project,
    figures: Figures | None,
    rules: Rules,
    *,
    today: date,
    currency: str = "EUR",
    is_example: bool = False,
) -> Row:
    """Return the row of a workspace, ``identity`` its identifier and its name."""
    day = figures.as_of if figures else None
    return Row(
        *identity,
        project=project,
        figures=figures,
        currency=currency,
        phase=phase(project, today, rules),
        is_old=day is not None and (today - day).days > rules["portfolio.old"],
        is_example=is_example,
    )


def _worst(one: Row) -> tuple[Any, ...]:
    found = one.figures
    share = found.share if found and found.share is not None else 2.0
    present = len(found.symptoms or ()) if found else 0
    is_broken = found is not None and found.kind in ("damaged", "failed")
    return _RANK[one.state], not is_broken, -present, share


def _date(one: Row) -> tuple[Any, ...]:
    day = one.figures.as_of if one.figures else None
    return day is None, day or date.max


def _trend(one: Row) -> tuple[Any, ...]:
    trend = one.figures.trend if one.figures else None
    return trend is None, trend or 0.0


def _due(one: Row) -> tuple[Any, ...]:
    due = one.project.due
    return due is None, due or date.max


_KEYS: dict[Sort, Callable[[Row], tuple[Any, ...]]] = {
    "worst": _worst,
    "name": lambda one: (),
    "date": _date,
    "trend": _trend,
    "due": _due,
}


def ordered(rows: Iterable[Row], by: Sort) -> list[Row]:
    """Return the rows: the worst, the oldest data, the largest fall or the next due
    first; what is not known comes last, and equals follow their names.
    """
    which = _KEYS[by]
    return sorted(rows, key=lambda one: (*which(one), formats.sorting(one.name)))


def chosen(
    rows: Iterable[Row], *, reason: str = "", state: str = "", words: str = ""
) -> list[Row]:
    """Return the rows with this reason, this state and these words in their name."""
    asked = formats.sorting(" ".join(words.split()))
    return [
        one
        for one in rows
        if reason in ("", one.project.reason or NOT_SAID)
        and state in ("", one.state)
        and asked in formats.sorting(one.name)
    ]
