"""The scorecards of one workspace: each is written as it is answered.

Every answer, note, gate and line of the plan is its own write, so that a reload, a
dropped connection or a restart loses nothing, and two people on one scorecard do not
undo each other. Whatever is asked with the identifier of another workspace's feature
raises NoData, as if there were none.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.accounts.database import now
from core.accounts.models import (
    FeatureAction,
    FeatureAnswer,
    FeatureBinding,
    FeatureRow,
    FeatureVersion,
)
from core.errors import InvalidSetting
from core.score_usage import (
    GATES,
    KEYS,
    Action,
    Binding,
    Sheet,
    clean_line,
    clean_text,
    is_binding,
    is_value,
)
from core.scorecards import rows
from core.scorecards.reader import Reader

MOST = 500
"""Scorecards that one workspace may hold, archived ones included."""
LONGEST_COMMENT = 200


class Board(Reader):
    """The scorecards of a workspace, read in ``language`` and written as ``who``."""

    # Features

    def create(self, sheet: Sheet, *, example: str | None = None) -> str:
        """Add a feature with what is already answered; return its identifier.

        ``example`` leaves the texts to the catalogue. Raises InvalidSetting for a name
        that is empty, or when the workspace is full.
        """
        with self._place.writing() as session:
            self._room(session, 1)
            return self._add(session, sheet, example)

    def take_in(self, sheets: Sequence[Sheet]) -> list[str]:
        """Add scorecards read from a file, all or none; return their identifiers."""
        with self._place.writing() as session:
            self._room(session, len(sheets))
            return [self._add(session, sheet, None) for sheet in sheets]

    def _room(self, session: Session, wanted: int) -> None:
        held = select(func.count()).where(FeatureRow.workspace_id == self.workspace_id)
        if (session.scalar(held) or 0) + wanted > MOST:
            raise InvalidSetting(setting="score_count", value=MOST)

    def _add(self, session: Session, sheet: Sheet, example: str | None) -> str:
        name = clean_line(sheet.name)
        if not name:
            raise InvalidSetting(setting="score_name", value="")
        feature_id = uuid.uuid4().hex
        session.add(
            FeatureRow(
                feature_id=feature_id,
                workspace_id=self.workspace_id,
                example=example,
                name=None if example else name,
                description=None if example else clean_text(sheet.description),
                effort=_effort(sheet.effort),
                works=sheet.works,
                trained=sheet.trained,
                created_at=now(),
                changed_at=now(),
            )
        )
        session.flush()
        for key in KEYS:
            answer = sheet.answers[key]
            note = None if example else clean_text(answer.note)
            session.add(self._answer(feature_id, key, answer.value, note))
        for place, action in enumerate(sheet.actions, start=1):
            session.add(rows.action_row(feature_id, place, action))
        if sheet.binding:
            session.add(rows.binding_row(feature_id, sheet.binding))
        self._note(session, "score_create", feature_id)
        return feature_id

    def _answer(
        self, feature_id: str, key: str, value: int | None, note: str | None
    ) -> FeatureAnswer:
        return FeatureAnswer(
            feature_id=feature_id,
            criterion=key,
            value=value,
            note=note,
            who=self.who,
            at=now(),
        )

    def duplicate(self, feature_id: str, name: str) -> str:
        """Copy a scorecard as it stands under another name; return the copy."""
        return self.create(replace(self.card(feature_id).sheet, name=name))

    def describe(
        self, feature_id: str, name: str, description: str, effort: int | None
    ) -> None:
        """Change what a feature is called, what it is, and the effort it asks."""
        line = clean_line(name)
        if not line:
            raise InvalidSetting(setting="score_name", value="")
        with self._place.writing() as session:
            before = rows.cards(
                session, [self._row(session, feature_id)], self.language
            )[0].sheet
            row = self._changed(session, feature_id)
            # What is as the catalogue says stays with the catalogue.
            if line != before.name:
                row.name = line
            if clean_text(description) != before.description:
                row.description = clean_text(description)
            row.effort = _effort(effort)
            self._note(session, "score_describe", feature_id)

    def archive(self, feature_id: str, is_archived: bool = True) -> None:
        """Put a scorecard away, or back."""
        with self._place.writing() as session:
            self._changed(session, feature_id).is_archived = is_archived
            what = "score_archive" if is_archived else "score_restore"
            self._note(session, what, feature_id)

    # Answers

    def answer(self, feature_id: str, key: str, value: int | None) -> None:
        """Write the answer to one criterion; None takes it back."""
        if key not in KEYS or not (value is None or is_value(value)):
            raise InvalidSetting(setting="score_answer", value=str(value)[:20])
        with self._place.writing() as session:
            self._changed(session, feature_id)
            session.execute(
                update(FeatureAnswer)
                .where(
                    FeatureAnswer.feature_id == feature_id,
                    FeatureAnswer.criterion == key,
                )
                .values(value=value, who=self.who, at=now())
            )
            self._note(session, "score_answer", feature_id, criterion=key, answer=value)

    def note(self, feature_id: str, key: str, words: str, seen: str) -> None:
        """Write the note of a criterion; ``seen`` is what the writer had before them.

        When somebody else wrote in between, both notes are kept, one under the other.
        """
        if key not in KEYS:
            raise InvalidSetting(setting="score_answer", value=key[:20])
        written = clean_text(words)
        with self._place.writing() as session:
            feature = self._changed(session, feature_id)
            row = session.get_one(
                FeatureAnswer, (feature_id, key), with_for_update=True
            )
            present = rows.note_of(row, feature.example, self.language)
            if present not in (seen, written, ""):
                written = f"{present}\n{written}".strip()
            if written != present:
                row.note = written
            self._note(session, "score_note", feature_id, criterion=key)

    def gate(self, feature_id: str, gate: str, is_open: bool | None) -> None:
        """Write the answer to one of the two gates."""
        if gate not in GATES:
            raise InvalidSetting(setting="score_answer", value=gate[:20])
        with self._place.writing() as session:
            setattr(self._changed(session, feature_id), gate, is_open)
            self._note(session, "score_gate", feature_id, gate=gate, answer=is_open)

    # What tells of its use

    def bind(self, feature_id: str, binding: Binding | None) -> None:
        """Say what tells of a feature's use in the exports; None unbinds it."""
        if binding and not is_binding(binding.kind, binding.scope, binding.group):
            raise InvalidSetting(setting="score_binding", value=binding.kind[:20])
        with self._place.writing() as session:
            self._changed(session, feature_id)
            if binding:
                session.merge(rows.binding_row(feature_id, binding))
            elif row := session.get(FeatureBinding, feature_id):
                session.delete(row)
            self._note(
                session,
                "score_bind" if binding else "score_unbind",
                feature_id,
                kind=binding.kind if binding else None,
            )

    # Plan

    def add_action(self, feature_id: str, action: Action) -> str:
        """Add a line to the plan; no counter-measure is in it twice."""
        if action.criterion not in KEYS or not (action.measure or action.words.strip()):
            raise InvalidSetting(setting="score_action", value="")
        with self._place.writing() as session:
            self._changed(session, feature_id)
            lines = rows.action_rows(session, [feature_id])
            for line in lines:
                same = (line.criterion, line.measure)
                if action.measure and same == (action.criterion, action.measure):
                    return line.action_id
            place = max((line.place for line in lines), default=0) + 1
            row = rows.action_row(feature_id, place, action)
            session.add(row)
            self._note(session, "score_action_add", feature_id)
            return row.action_id

    def _action(
        self, session: Session, feature_id: str, action_id: str
    ) -> FeatureAction | None:
        self._changed(session, feature_id)
        row = session.get(FeatureAction, action_id)
        return row if row is not None and row.feature_id == feature_id else None

    def change_action(self, feature_id: str, action_id: str, **new: Any) -> None:
        """Change ``words``, ``owner``, ``due_day`` or ``is_done`` of a line.

        A line that somebody removed meanwhile stays removed.
        """
        with self._place.writing() as session:
            row = self._action(session, feature_id, action_id)
            if row is not None:
                rows.change_action(row, new)
                self._note(session, "score_action_change", feature_id)

    def remove_action(self, feature_id: str, action_id: str) -> None:
        """Take a line out of the plan."""
        with self._place.writing() as session:
            row = self._action(session, feature_id, action_id)
            if row is not None:
                session.delete(row)
                self._note(session, "score_action_remove", feature_id)

    # Versions

    def keep(self, feature_id: str, words: str = "", at: int | None = None) -> int:
        """Keep the scorecard as it stands as a new version; return its number.

        ``at`` dates the versions of the examples that we ship; others are of now.
        """
        with self._place.writing() as session:
            row = self._row(session, feature_id)
            sheet = rows.cards(session, [row], self.language)[0].sheet
            latest = select(func.max(FeatureVersion.number)).where(
                FeatureVersion.feature_id == feature_id
            )
            number = (session.scalar(latest) or 0) + 1
            session.add(
                rows.version_row(
                    feature_id,
                    number,
                    self.who,
                    clean_line(words, LONGEST_COMMENT),
                    sheet,
                    now() if at is None else at,
                )
            )
            self._note(
                session, "score_keep", feature_id, version=number, mark=sheet.mark
            )
        return number


def _effort(effort: int | None) -> int | None:
    if effort is not None and effort not in range(1, 6):
        raise InvalidSetting(setting="score_effort", value=str(effort)[:20])
    return effort
