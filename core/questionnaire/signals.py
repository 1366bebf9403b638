"""What the exports say of a question, and the answer that they suggest.

The rule is the same for every figure that has two limits. Where high is good: from
``healthy`` on, fully; from ``watch`` on, rather; down to half of it, rather not; below,
not at all. Where low is good: under ``watch``, fully; under ``sick``, rather; up to
half-way between ``sick`` and everything, rather not; beyond, not at all. A symptom
present is "not at all", one to watch "rather". Nothing is answered by this: a person
does, and a gap between both is a contradiction (`core.questionnaire.reading`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd

from core import (
    cohorts,
    conversations,
    licences,
    people,
    periods,
    practices,
    pyramid,
    symptoms,
)
from core.answers import Answers
from core.errors import GroupTooSmall
from core.practices import Practices
from core.rules import Rules
from core.workspace import Workspace

Span = Literal["days28", "weeks12", "weeks13", "year", "day", "history"]
Figures = Mapping[str, float | str]
FEWEST_IN_TEAM = 5
"""A team of fewer people is not compared with others."""
_FULLY, _RATHER, _RATHER_NOT, _NOT_AT_ALL = 3, 2, 1, 0


@dataclass(frozen=True)
class Signal:
    """A figure, or a symptom, that speaks of a question.

    Its sentence is ``signal.<code>`` (``signal.<code>.<state>`` for a symptom) with
    {value} and ``figures``. ``value`` is a share or a difference of shares, 0 to 1;
    ``level`` the answer suggested, 0 to 3; ``span`` the time looked at, up to
    ``as_of``; ``page`` and ``query`` where the figure is shown.
    """

    code: str
    level: int
    as_of: date
    span: Span
    page: str
    value: float | None = None
    unit: Literal["percent", "points"] = "percent"
    state: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    figures: Figures = field(default_factory=dict)


def high_level(value: float, healthy: float, watch: float) -> int:
    """Return the answer that a figure suggests where high is good."""
    if value >= healthy:
        return _FULLY
    if value >= watch:
        return _RATHER
    return _RATHER_NOT if value >= watch / 2 else _NOT_AT_ALL


def low_level(value: float, watch: float, sick: float) -> int:
    """Return the answer that a figure suggests where low is good."""
    if value < watch:
        return _FULLY
    if value < sick:
        return _RATHER
    return _RATHER_NOT if value < (1 + sick) / 2 else _NOT_AT_ALL


_SYMPTOM_LEVELS = {"healthy": _FULLY, "watch": _RATHER, "sick": _NOT_AT_ALL}
_known: Answers[dict[str, Signal]] = Answers(24)


def last_day(workspace: Workspace | None) -> date | None:
    """Return the day that the figures are read on, None without a trace of anybody."""
    if workspace is None or not workspace.objects:
        return None
    months = periods.months(workspace)
    return periods.period(workspace, months[0]).as_of if months else None


def read(workspace: Workspace | None) -> dict[str, Signal]:
    """Return what the exports say, by code; what they do not tell is left out.

    As the viewer may see it: where only teams are shown, a figure of too few people
    says nothing.
    """
    day = last_day(workspace)
    if workspace is None or day is None:
        return {}
    key = (
        *(str(workspace.store.folder), workspace.manifest.state, workspace.privacy),
        *(repr(workspace.settings), workspace.rights, day),
    )
    return _known.get(key, lambda: _read(workspace, day))


def _read(workspace: Workspace, day: date) -> dict[str, Signal]:
    rules = Rules.of(workspace.settings.rules)
    found = practices.told(workspace, practices.read(workspace, day))
    tellers: tuple[Callable[[], list[Signal]], ...] = (
        lambda: _practices(found, rules, day),
        lambda: _doubles(found, rules, day),
        lambda: _licences(workspace, rules, day),
        lambda: _teams(workspace, rules, day),
        lambda: _arrivals(workspace, rules, day),
        lambda: _calls(workspace, rules, day),
        lambda: _silence(workspace, rules, day),
        lambda: _symptoms(workspace, day),
    )
    told: dict[str, Signal] = {}
    for tell in tellers:
        try:
            told |= {one.code: one for one in tell()}
        except GroupTooSmall:
            continue
    return told


_PRACTICES: Mapping[str, tuple[Span, bool]] = {
    "gateway": ("days28", True),
    "managers": ("days28", True),
    "proxy": ("weeks13", False),
    "breadth": ("days28", False),
    "completeness": ("day", True),
    "freshness": ("year", True),
    "neglected": ("day", False),
}
"""Each practice that speaks: the time it looks at, and whether high is good."""


def _practices(found: Practices, rules: Rules, day: date) -> list[Signal]:
    told = []
    for code, (span, is_high) in _PRACTICES.items():
        value = found.of(code).value
        if value is None or found.of(code).state == "not_enough_data":
            continue
        limits = ("healthy", "watch") if is_high else ("watch", "sick")
        first, second = (rules[f"practice.{code}.{name}"] for name in limits)
        level = (high_level if is_high else low_level)(value, first, second)
        query = {"practice": code}
        told.append(Signal(code, level, day, span, "practices", value, query=query))
    return told


def _two(rules: Rules, code: str) -> tuple[float, float]:
    """Return the limits, ``watch`` and ``sick``, of a figure that should be low."""
    return rules[f"questionnaire.{code}.watch"], rules[f"questionnaire.{code}.sick"]


def _doubles(found: Practices, rules: Rules, day: date) -> list[Signal]:
    unique = found.freshness.uniqueness
    # What freshness may not tell of few holders, duplicates do not tell either.
    if unique is None or found.freshness.practice.state == "not_enough_data":
        return []
    level = low_level(1 - unique, *_two(rules, "duplicates"))
    query = {"practice": "freshness"}
    return [
        Signal("duplicates", level, day, "day", "practices", 1 - unique, query=query)
    ]


def _licences(workspace: Workspace, rules: Rules, day: date) -> list[Signal]:
    total = licences.ladders(workspace, day, period=f"questionnaire:{day}").total
    if total.is_hidden or not total.assigned:
        return []
    told = []
    if total.active is not None:
        value = total.active / total.assigned
        high = (rules[f"questionnaire.active.{name}"] for name in ("healthy", "watch"))
        figures = {"part": float(total.active), "whole": float(total.assigned)}
        level = high_level(value, *high)
        told.append(
            Signal("active", level, day, "days28", "lifecycle", value, figures=figures)
        )
    if total.never is not None:
        value = total.never / total.assigned
        figures = {"part": float(total.never), "whole": float(total.assigned)}
        level = low_level(value, *_two(rules, "never"))
        told.append(
            Signal("never", level, day, "day", "lifecycle", value, figures=figures)
        )
    return told


def _teams(workspace: Workspace, rules: Rules, day: date) -> list[Signal]:
    """Compare the shares of people with the habit, in the best team and the last."""
    rows = licences.rows(workspace, day)
    # Who has just arrived had no time for a habit.
    rows = rows[~rows["is_arriving"]]
    known = people.everyone(workspace, day)[["user_id", "team"]]
    groups = workspace.by_group(
        rows.merge(known, on="user_id"),
        "team",
        {"habitual": ("is_habitual", "sum")},
        period=f"questionnaire:{day}",
    )
    groups = groups[groups["team"].notna() & (groups["people"] >= FEWEST_IN_TEAM)]
    if len(groups) < 2:
        return []
    share = (groups["habitual"].astype(float) / groups["people"].astype(float)).rename(
        "share"
    )
    ranked = pd.concat([groups["team"], share], axis=1).sort_values(["share", "team"])
    last, best = ranked.iloc[0], ranked.iloc[-1]
    gap = float(best["share"] - last["share"])
    figures: Figures = {
        "best": str(best["team"]),
        "best_share": float(best["share"]),
        "last": str(last["team"]),
        "last_share": float(last["share"]),
    }
    level = low_level(gap, *_two(rules, "teams"))
    return [
        Signal(
            "teams", level, day, "weeks12", "adoption", gap, "points", "", {}, figures
        )
    ]


def _arrivals(workspace: Workspace, rules: Rules, day: date) -> list[Signal]:
    found = cohorts.compare(workspace, day)
    if found is None:
        return []
    first, last = found.first_active / found.first, found.last_active / found.last
    level = low_level(first - last, *_two(rules, "arrivals"))
    figures = {"first_share": first, "last_share": last}
    return [
        Signal(
            *("arrivals", level, day, "history", "lifecycle", first - last, "points"),
            figures=figures,
        )
    ]


def _calls(workspace: Workspace, rules: Rules, day: date) -> list[Signal]:
    rows = workspace.derive("mart_pyramid", as_of=day.isoformat())
    company = rows[rows["level"] == "company"]
    if not len(company) or pd.isna(company["calls"].iloc[0]):
        return []
    contacts, calls = (
        float(company["contacts"].iloc[0]),
        float(company["calls"].iloc[0]),
    )
    if not contacts:
        return []
    whole = contacts * pyramid.CALLS_PER_CONTACT
    missing = pyramid.missing_calls(contacts, calls) / whole
    level = low_level(missing, *_two(rules, "calls"))
    return [Signal("calls", level, day, "year", "pyramid", missing)]


def _silence(workspace: Workspace, rules: Rules, day: date) -> list[Signal]:
    found = conversations.summary(workspace, day)
    if found.silent is None or not found.accounts or found.is_short:
        return []
    value = found.silent / found.accounts
    limits = (rules[f"conversation.{name}"] for name in ("watch", "sick"))
    figures = {"part": float(found.silent), "whole": float(found.accounts)}
    level = low_level(value, *limits)
    return [
        Signal("silence", level, day, "year", "conversations", value, figures=figures)
    ]


def _symptoms(workspace: Workspace, day: date) -> list[Signal]:
    told = []
    named = {"abandoned_novelty": "novelty", "blunted_tool": "trend"}
    for one in symptoms.company(workspace, day):
        if one.code in named and one.state in _SYMPTOM_LEVELS:
            level, query = _SYMPTOM_LEVELS[one.state], {"symptom": one.code}
            told.append(
                Signal(
                    *(named[one.code], level, day, "history", "symptoms"),
                    state=one.state,
                    query=query,
                )
            )
    return told
