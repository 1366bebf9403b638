"""Figures of the symptoms: what each rule looks at, and on what it rests here."""

from __future__ import annotations

from datetime import date

from core import periods
from core.method.figure import Fact, Figure
from core.rules import RULES
from core.symptoms.scene import Scene, scene
from core.workspace import Workspace

_ALL = ("symptom.months", "symptom.people", "symptom.active_days")
_HABIT = ("habit_weeks", "habit_window")


def _scene(workspace: Workspace) -> Scene | None:
    """Return what the rules look at on the day the pages read the latest month."""
    months = periods.months(workspace)
    day: date | None = periods.last_data_day(workspace)
    if months:
        day = periods.period(workspace, months[0]).as_of
    return scene(workspace, day) if day is not None else None


def _is_few(workspace: Workspace, people: int) -> bool:
    """Tell whether so few people would show through a count."""
    return workspace.privacy == "teams" and 0 < people < workspace.settings.k


def _tell(workspace: Workspace) -> list[Fact]:
    seen = _scene(workspace)
    if seen is None:
        return []
    known, judged = seen.known, len(seen.judged)
    span = (known.first, seen.as_of) if known.first is not None else None
    told = [Fact("trace_span", span)]
    if _is_few(workspace, judged):
        return told
    return [*told, Fact("symptom_judged", judged)]


def _tell_kinds(workspace: Workspace) -> list[Fact]:
    seen = _scene(workspace)
    kinds = seen.object_kinds if seen is not None else None
    return [*_tell(workspace), Fact("symptom_kinds", kinds)]


def _limits(code: str) -> tuple[str, ...]:
    return tuple(name for name in RULES if name.startswith(f"symptom.{code}."))


def _figure(
    code: str, models: tuple[str, ...], *modules: str, limits: tuple[str, ...] = ()
) -> Figure:
    kinds = code in ("buried_alive", "abandoned_novelty")
    return Figure(
        code,
        *("symptoms", "yes_no", "history", "symptoms"),
        models=models,
        modules=tuple(f"core/symptoms/{name}.py" for name in (code, *modules)),
        limits=(*_limits(code), *limits),
        tell=_tell_kinds if kinds else _tell,
    )


FIGURES: tuple[Figure, ...] = (
    Figure(
        "symptoms",
        *("symptoms", "state", "history", "symptoms"),
        models=("int_expected_week", "int_user_week", "mart_user_habit", "mart_user"),
        modules=tuple(
            f"core/symptoms/{name}.py" for name in ("known", "scene", "model")
        ),
        limits=(*_ALL, *_HABIT),
        tell=_tell,
    ),
    _figure("buried_alive", ("mart_user", "mart_user_kind", "mart_pyramid")),
    _figure(
        "abandoned_novelty",
        ("int_user_kind_week", "int_team_kind_week", "mart_kind_week"),
        "weeks",
    ),
    _figure("gaulish_village", ("int_user_week", "mart_user_habit"), limits=_HABIT),
    _figure("procrastination", ("mart_user", "mart_launch")),
    _figure(
        "blunted_tool",
        ("int_user_week", "mart_user_habit"),
        *("series", "followed", "arrivals", "statistics"),
        limits=_HABIT,
    ),
)
"""The symptoms, in the order in which the page tells them."""
