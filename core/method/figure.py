"""What a figure of the product is, and a fact that it rests on in one workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.method.thresholds import THRESHOLDS, Threshold
from core.workspace import Workspace

Value = int | float | str | tuple[date, date] | None


@dataclass(frozen=True)
class Fact:
    """One thing the data say; its label is ``method.fact.<code>``.

    ``value`` None is not known. ``counts`` names a family of texts: the label is then
    ``<counts>.<code>``. ``labels`` fills the places of the label.
    """

    code: str
    value: Value
    counts: str = "method.fact"
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """One figure: its name, question, formula and what is left out are texts.

    They are under ``figure.<code>``. ``unit`` and ``period`` are codes of texts,
    ``page`` is where it is shown, ``models`` are the SQL files in the order in which
    they compute, ``modules`` the Python files that judge, ``limits`` codes of
    thresholds or rules, ``objects`` those whose rows it uses. ``tell`` returns what a
    workspace's data say of it; ``is_by_person`` when that counts single people, so that
    it is hidden where only teams are shown.
    """

    code: str
    group: str
    unit: str
    period: str
    page: str
    models: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    tell: Callable[[Workspace], list[Fact]] | None = None
    is_by_person: bool = False

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """Return the limits that the figure depends on."""
        return tuple(THRESHOLDS[code] for code in self.limits)
