"""What is noted during an audit, kept at once: a lost connection loses nothing.

A `Notebook` is one workspace's. Each answer is a line of its own with its moment and
author, so that two people who note at once lose nothing: the latest line counts, and
those before it stay.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import database
from core.accounts.questionnaire_tables import (
    ActionRow,
    AnswerRow,
    AssessmentRow,
    InterviewRow,
    QuestionRow,
)
from core.errors import InvalidSetting
from core.questionnaire import questions
from core.questionnaire.keeping import Keeping
from core.questionnaire.model import (
    ANSWER_PARTS,
    ERASED,
    LEVELS,
    LONGEST,
    MOST,
    NOT_APPLICABLE,
    UNKNOWN,
    Action,
    Assessment,
    Interview,
    Noted,
    clean,
    department,
)
from core.questionnaire.questions import DEPARTMENTS, Question


class Notebook(Keeping):
    """The audits of one workspace; every method keeps to its rows."""

    def questions(self) -> tuple[Question, ...]:
        """Return every question of the workspace, hidden ones too, in order."""
        query = select(QuestionRow).where(QuestionRow.workspace_id == self.workspace_id)
        with self._reading() as session:
            edits = {row.code: dict(row.content) for row in session.scalars(query)}
        return questions.with_edits(edits)

    def change_question(self, who: str, code: str, content: Mapping[str, Any]) -> None:
        """Keep a change beside those made before, or raise InvalidSetting."""
        with self._writing() as session:
            row = session.get(QuestionRow, (self.workspace_id, code))
            before = dict(row.content) if row else {}
            kept = questions.checked(code, {**before, **content})
            if row is None:
                query = select(QuestionRow.code).where(
                    QuestionRow.workspace_id == self.workspace_id
                )
                if len(session.scalars(query).all()) >= MOST + len(questions.shipped()):
                    raise InvalidSetting(setting="question", value=MOST)
                row = QuestionRow(workspace_id=self.workspace_id, code=code)
                session.add(row)
            row.content, row.who, row.at = kept, who, database.now()
            self._tell(session, who, "audit_question", question=code)

    def restore_question(self, who: str, code: str) -> None:
        """Have a shipped question back as it was; forget one that was added."""
        with self._writing() as session:
            row = session.get(QuestionRow, (self.workspace_id, code))
            if row is not None:
                session.delete(row)
                self._tell(session, who, "audit_question_back", question=code)

    def assessments(self) -> list[Assessment]:
        """Return the audits of the workspace, the latest first."""
        query = (
            select(AssessmentRow)
            .where(AssessmentRow.workspace_id == self.workspace_id)
            .order_by(AssessmentRow.held_on.desc(), AssessmentRow.created_at.desc())
        )
        with self._reading() as session:
            return [
                Assessment(r.assessment_id, r.title, date.fromisoformat(r.held_on))
                for r in session.scalars(query)
            ]

    def begin(self, who: str, title: str, held_on: date, person: str) -> str:
        """Begin an audit with its first interview; return its identifier."""
        found = uuid.uuid4().hex
        named = clean(title, 120, "audit_title")
        with self._writing() as session:
            self._bounded(session, AssessmentRow)
            session.add(
                AssessmentRow(
                    assessment_id=found,
                    workspace_id=self.workspace_id,
                    title=named,
                    held_on=held_on.isoformat(),
                    created_at=database.now(),
                )
            )
            session.flush()
            self._add_interview(session, found, person, DEPARTMENTS[0], held_on)
            self._tell(session, who, "audit_begin", assessment=found)
        return found

    def _owned(self, session: Session, assessment_id: str) -> AssessmentRow:
        """Return an audit of this workspace, or raise InvalidSetting."""
        row = session.get(AssessmentRow, assessment_id)
        if row is None or row.workspace_id != self.workspace_id:
            raise InvalidSetting(setting="audit_title", value="")
        return row

    def interviews(self, assessment_id: str) -> list[Interview]:
        """Return the interviews of an audit, the first first."""
        query = (
            select(InterviewRow)
            .where(InterviewRow.assessment_id == assessment_id)
            .order_by(InterviewRow.created_at, InterviewRow.interview_id)
        )
        with self._reading() as session:
            self._owned(session, assessment_id)
            return [
                Interview(
                    r.interview_id,
                    r.person,
                    r.department,
                    date.fromisoformat(r.held_on),
                )
                for r in session.scalars(query)
            ]

    def add_interview(
        self, who: str, assessment_id: str, person: str, of: str, day: date
    ) -> str:
        """Add an interview to an audit, ``of`` a department; return its identifier."""
        with self._writing() as session:
            self._owned(session, assessment_id)
            found = self._add_interview(session, assessment_id, person, of, day)
            self._tell(session, who, "audit_interview", assessment=assessment_id)
        return found

    def _add_interview(
        self,
        session: Session,
        assessment_id: str,
        person: str,
        of: str,
        day: date,
    ) -> str:
        query = select(InterviewRow).where(InterviewRow.assessment_id == assessment_id)
        if len(session.scalars(query).all()) >= MOST:
            raise InvalidSetting(setting="audit_many", value=MOST)
        found = uuid.uuid4().hex
        session.add(
            InterviewRow(
                interview_id=found,
                assessment_id=assessment_id,
                person=clean(person, 120, "audit_person"),
                department=department(of),
                held_on=day.isoformat(),
                created_at=database.now(),
            )
        )
        return found

    def note(
        self, who: str, interview_id: str, question: str, part: str, value: str
    ) -> None:
        """Keep one part of an answer; what was noted before stays in the history."""
        if part not in ANSWER_PARTS:
            raise InvalidSetting(setting="answer", value=part[:40])
        known = (*LEVELS, NOT_APPLICABLE, UNKNOWN, ERASED)
        if part == "level" and value not in known:
            raise InvalidSetting(setting="answer", value=value[:40])
        with self._writing() as session:
            row = session.get(InterviewRow, interview_id)
            if row is None:
                raise InvalidSetting(setting="audit_person", value="")
            self._owned(session, row.assessment_id)
            session.add(
                AnswerRow(
                    interview_id=interview_id,
                    question=question[:48],
                    part=part,
                    value=value[: LONGEST[part]],
                    who=who,
                    at=database.now(),
                )
            )

    def notes(self, assessment_id: str) -> list[Noted]:
        """Return every line of an audit in the order in which they were noted."""
        query = (
            select(AnswerRow)
            .join(InterviewRow, InterviewRow.interview_id == AnswerRow.interview_id)
            .where(InterviewRow.assessment_id == assessment_id)
            .order_by(AnswerRow.number)
        )
        with self._reading() as session:
            self._owned(session, assessment_id)
            return [
                Noted(
                    *(r.number, r.interview_id, r.question, r.part, r.value, r.who),
                    r.at,
                )
                for r in session.scalars(query)
            ]

    def actions(self, assessment_id: str) -> dict[str, Action]:
        """Return what was decided, by question."""
        query = select(ActionRow).where(ActionRow.assessment_id == assessment_id)
        with self._reading() as session:
            self._owned(session, assessment_id)
            return {
                r.question: Action(
                    r.question,
                    r.what,
                    r.owner,
                    date.fromisoformat(r.due) if r.due else None,
                    r.is_done,
                )
                for r in session.scalars(query)
            }

    def decide(self, who: str, assessment_id: str, action: Action) -> None:
        """Keep what was decided about a question, in place of what was before."""
        with self._writing() as session:
            self._owned(session, assessment_id)
            session.merge(
                ActionRow(
                    assessment_id=assessment_id,
                    question=action.question,
                    what=clean(action.what, 500, "audit_action"),
                    owner=" ".join(action.owner.split())[:120],
                    due=action.due.isoformat() if action.due else None,
                    is_done=action.is_done,
                    who=who,
                    at=database.now(),
                )
            )

    def drop_action(self, assessment_id: str, question: str) -> None:
        """Decide nothing about a question after all."""
        with self._writing() as session:
            self._owned(session, assessment_id)
            row = session.get(ActionRow, (assessment_id, question))
            if row is not None:
                session.delete(row)
