"""What pages and the report ask: judged once, shown as the viewer may see it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from core import people
from core.answers import Answers
from core.errors import GroupTooSmall
from core.symptoms import (
    abandoned_novelty,
    blunted_tool,
    buried_alive,
    gaulish_village,
    model,
    pictures,
    procrastination,
)
from core.symptoms.model import Code, Fact, Symptom
from core.symptoms.scene import Scene, scene
from core.workspace import Workspace

_JUDGES = {
    "buried_alive": buried_alive.judge,
    "abandoned_novelty": abandoned_novelty.judge,
    "gaulish_village": gaulish_village.judge,
    "procrastination": procrastination.judge,
    "blunted_tool": blunted_tool.judge,
}
TEAM_CODES: tuple[Code, ...] = (
    "buried_alive",
    "abandoned_novelty",
    "procrastination",
    "blunted_tool",
)
_judged: Answers[tuple[Symptom, ...]] = Answers(256)


def company(workspace: Workspace, as_of: date) -> tuple[Symptom, ...]:
    """Return the five symptoms of the company, in the order of CODES.

    Where single people are not shown, nor are teams that are too small; a company of
    so few people has not enough data.
    """
    found = _judge(workspace, as_of, None)
    if workspace.privacy != "teams":
        return found
    if len(scene(workspace, as_of).judged) < workspace.settings.k:
        return tuple(model.unknown(one.code, one.missing) for one in found)
    return tuple(_shown(workspace, as_of, one) for one in found)


def of_team(workspace: Workspace, as_of: date, team: str) -> tuple[Symptom, ...]:
    """Return the symptoms that one team can have: all but the Gaulish village.

    A team too small to be shown has not enough data.
    """
    if team not in _visible(workspace, as_of):
        return tuple(model.unknown(code) for code in TEAM_CODES)
    found = _judge(workspace, as_of, team)
    return tuple(_shown(workspace, as_of, one) for one in found)


def picture(
    workspace: Workspace, as_of: date, code: Code, team: str | None = None
) -> pd.DataFrame:
    """Return the rows of a chart that shows a symptom; see `core.symptoms.pictures`.

    Raises GroupTooSmall for a team that may not be shown.
    """
    if team is not None and team not in _visible(workspace, as_of):
        raise GroupTooSmall(minimum=workspace.settings.k)
    return pictures.picture(workspace, _scene(workspace, as_of, team), code)


def report(workspace: Workspace, as_of: date) -> list[dict[str, Any]]:
    """Return the symptoms as plain values, as .github/REPORT.md describes them."""
    return [
        {
            "code": one.code,
            "present": one.present,
            "confidence": one.confidence,
            "evidence": [_plain(fact) for fact in one.evidence],
            "counter_evidence": [_plain(fact) for fact in one.counter_evidence],
            "state": one.state,
            "severity": one.severity,
            "subject": dict(one.subject),
            "missing": list(one.missing),
        }
        for one in company(workspace, as_of)
    ]


def _plain(fact: Fact) -> dict[str, Any]:
    def rounded(value: float | None) -> float | int | None:
        if value is None:
            return None
        return int(value) if float(value).is_integer() else round(value, 6)

    plain = {
        "figure": fact.figure,
        "value": rounded(fact.value),
        "threshold": rounded(fact.threshold),
        "unit": fact.unit,
    }
    return {**plain, "values": dict(fact.values)} if fact.values else plain


def _scene(workspace: Workspace, as_of: date, team: str | None) -> Scene:
    whole = scene(workspace, as_of)
    return whole if team is None else whole.of(team)


def _judge(workspace: Workspace, as_of: date, team: str | None) -> tuple[Symptom, ...]:
    state: tuple[Hashable, ...] = (
        str(workspace.store.folder),
        workspace.manifest.state,
        repr(workspace.settings),
        as_of,
        team,
    )

    def compute() -> tuple[Symptom, ...]:
        seen = _scene(workspace, as_of, team)
        codes = model.CODES if team is None else TEAM_CODES
        return tuple(_JUDGES[code](seen) for code in codes)

    return _judged.get(state, compute)


def _visible(workspace: Workspace, as_of: date) -> frozenset[str]:
    """Return the teams whose figures this viewer may see."""
    rows = people.teams(workspace, as_of)
    shown = rows[~rows["is_suppressed"].astype(bool)]
    return frozenset(shown["team"].dropna())


def _shown(workspace: Workspace, as_of: date, one: Symptom) -> Symptom:
    """Return a symptom without what tells of a small team or of few people."""
    if workspace.privacy != "teams":
        return one
    teams, fewest = _visible(workspace, as_of), workspace.settings.k

    def may(values: Mapping[str, Any]) -> bool:
        is_shown = "team" not in values or values["team"] in teams
        return is_shown and int(values.get("people", fewest)) >= fewest

    return replace(
        one,
        evidence=tuple(fact for fact in one.evidence if may(fact.values)),
        counter_evidence=tuple(f for f in one.counter_evidence if may(f.values)),
        subject=dict(one.subject) if may(one.subject) else {},
    )
