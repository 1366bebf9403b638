"""Between the tables and the model of a scorecard."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.accounts.models import (
    FeatureAction,
    FeatureAnswer,
    FeatureBinding,
    FeatureRow,
    FeatureVersion,
)
from core.i18n import keys, text
from core.score_usage import (
    KEYS,
    Action,
    Answer,
    Binding,
    Scope,
    Sheet,
    clean_line,
    clean_text,
)
from core.scorecards import written
from core.scorecards.model import Scorecard, Version


def note_of(row: FeatureAnswer, example: str | None, language: str) -> str:
    """Return a note; that of an example nobody changed is the catalogue's."""
    if row.note is not None:
        return row.note
    key = f"score.example.{example}.note.{row.criterion}"
    return text(key, language) if key in keys(language) else ""


def _words(kept: str | None, example: str | None, part: str, language: str) -> str:
    if kept is not None or example is None:
        return kept or ""
    return text(f"score.example.{example}.{part}", language)


def action_rows(session: Session, identifiers: Sequence[str]) -> list[FeatureAction]:
    """Return the lines of plans, in their order."""
    query = (
        select(FeatureAction)
        .where(FeatureAction.feature_id.in_(identifiers))
        .order_by(FeatureAction.place)
    )
    return list(session.scalars(query))


def _action(row: FeatureAction) -> Action:
    return Action(
        criterion=row.criterion,
        measure=row.measure,
        words=row.words,
        owner=row.owner,
        due_day=date.fromisoformat(row.due_day) if row.due_day else None,
        is_done=row.is_done,
        action_id=row.action_id,
    )


def action_row(feature_id: str, place: int, action: Action) -> FeatureAction:
    """Return a line of a plan, fit to be stored."""
    return FeatureAction(
        action_id=uuid.uuid4().hex,
        feature_id=feature_id,
        place=place,
        criterion=action.criterion,
        measure=action.measure,
        words=clean_text(action.words),
        owner=clean_line(action.owner),
        due_day=action.due_day.isoformat() if action.due_day else None,
        is_done=action.is_done,
    )


def binding_row(feature_id: str, binding: Binding) -> FeatureBinding:
    """Return what a feature is bound to, fit to be stored."""
    return FeatureBinding(
        feature_id=feature_id,
        kind=binding.kind,
        launch_day=binding.launch_day.isoformat(),
        scope=binding.scope,
        member=binding.group,
    )


def _binding(row: FeatureBinding) -> Binding:
    return Binding(
        row.kind,
        date.fromisoformat(row.launch_day),
        cast("Scope", row.scope),
        row.member,
    )


def change_action(row: FeatureAction, new: Mapping[str, Any]) -> None:
    """Set what is new on a line of a plan."""
    if "words" in new and (words := clean_text(str(new["words"]))):
        row.words = words
    if "owner" in new:
        row.owner = clean_line(str(new["owner"]))
    if "due_day" in new:
        row.due_day = new["due_day"].isoformat() if new["due_day"] else None
    if "is_done" in new:
        row.is_done = bool(new["is_done"])


def cards(
    session: Session, features: Sequence[FeatureRow], language: str
) -> list[Scorecard]:
    """Return features with their answers and plans: five queries, however many."""
    identifiers = [row.feature_id for row in features]
    answers: dict[str, dict[str, FeatureAnswer]] = defaultdict(dict)
    for answer in session.scalars(
        select(FeatureAnswer).where(FeatureAnswer.feature_id.in_(identifiers))
    ):
        answers[answer.feature_id][answer.criterion] = answer
    actions: dict[str, list[Action]] = defaultdict(list)
    for line in action_rows(session, identifiers):
        actions[line.feature_id].append(_action(line))
    bound = {
        row.feature_id: _binding(row)
        for row in session.scalars(
            select(FeatureBinding).where(FeatureBinding.feature_id.in_(identifiers))
        )
    }
    kept = session.execute(
        select(FeatureVersion.feature_id, func.count())
        .where(FeatureVersion.feature_id.in_(identifiers))
        .group_by(FeatureVersion.feature_id)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in kept}
    made = [
        Scorecard(
            feature_id=row.feature_id,
            sheet=_sheet(
                row,
                answers[row.feature_id],
                actions,
                bound.get(row.feature_id),
                language,
            ),
            is_archived=row.is_archived,
            changed_at=row.changed_at,
            version_count=counts.get(row.feature_id, 0),
        )
        for row in features
    ]
    return sorted(made, key=lambda one: (-one.changed_at, one.sheet.name))


def _sheet(
    row: FeatureRow,
    answers: Mapping[str, FeatureAnswer],
    actions: Mapping[str, Sequence[Action]],
    binding: Binding | None,
    language: str,
) -> Sheet:
    return Sheet(
        name=_words(row.name, row.example, "name", language),
        description=_words(row.description, row.example, "description", language),
        effort=row.effort,
        answers={
            key: Answer(
                answers[key].value, note_of(answers[key], row.example, language)
            )
            for key in KEYS
        },
        works=row.works,
        trained=row.trained,
        actions=tuple(actions.get(row.feature_id, ())),
        binding=binding,
    )


def version_row(
    feature_id: str, number: int, who: str, words: str, sheet: Sheet, at: int
) -> FeatureVersion:
    """Return a version of a scorecard, fit to be stored."""
    return FeatureVersion(
        feature_id=feature_id,
        number=number,
        at=at,
        who=who,
        words=words,
        mark=sheet.mark,
        content=written.as_json(sheet),
    )


def version(row: FeatureVersion) -> Version:
    """Return a version as it was kept."""
    sheet = written.from_json(row.content)
    return Version(row.number, row.at, row.who, row.words, sheet)
