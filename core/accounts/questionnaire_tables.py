"""Tables of the adoption audit: assessments, interviews, answers, actions, people.

Each row belongs to one workspace. Answers and placements are only ever added to: the
latest counts, those before tell who thought otherwise. Moments are as in `models`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.accounts.models import Base

_WORKSPACE = "workspace.workspace_id"


class QuestionRow(Base):
    """What a workspace changed of a shipped question, or a question of its own."""

    __tablename__ = "questionnaire_question"

    workspace_id: Mapped[str] = mapped_column(ForeignKey(_WORKSPACE), primary_key=True)
    code: Mapped[str] = mapped_column(String(48), primary_key=True)
    content: Mapped[dict[str, Any]]
    who: Mapped[str] = mapped_column(String(254))
    at: Mapped[int]


class AssessmentRow(Base):
    """One audit of a workspace: a title and a day."""

    __tablename__ = "questionnaire_assessment"

    assessment_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey(_WORKSPACE), index=True)
    title: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[int]


class InterviewRow(Base):
    """Whose answers are noted: a person, a role or a whole group."""

    __tablename__ = "questionnaire_interview"

    interview_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    assessment_id: Mapped[str] = mapped_column(
        ForeignKey("questionnaire_assessment.assessment_id"), index=True
    )
    person: Mapped[str] = mapped_column(String(120))
    department: Mapped[str] = mapped_column(String(32))
    held_on: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[int]


class AnswerRow(Base):
    """One thing noted: a level, a comment or the evidence of an answer."""

    __tablename__ = "questionnaire_answer"
    __table_args__ = (Index("answer_of_interview", "interview_id", "question"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("questionnaire_interview.interview_id")
    )
    question: Mapped[str] = mapped_column(String(48))
    part: Mapped[str] = mapped_column(String(12))
    value: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(254))
    at: Mapped[int]


class ActionRow(Base):
    """What was decided about a question: what, by whom, until when."""

    __tablename__ = "questionnaire_action"

    assessment_id: Mapped[str] = mapped_column(
        ForeignKey("questionnaire_assessment.assessment_id"), primary_key=True
    )
    question: Mapped[str] = mapped_column(String(48), primary_key=True)
    what: Mapped[str] = mapped_column(String(500))
    owner: Mapped[str] = mapped_column(String(120))
    due: Mapped[str | None] = mapped_column(String(10))
    is_done: Mapped[bool] = mapped_column(default=False)
    who: Mapped[str] = mapped_column(String(254))
    at: Mapped[int]


class StakeholderRow(Base):
    """A person or a group that the project depends on; influence is 1 to 3."""

    __tablename__ = "questionnaire_stakeholder"

    stakeholder_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey(_WORKSPACE), index=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8))
    department: Mapped[str] = mapped_column(String(32))
    influence: Mapped[int]
    who: Mapped[str] = mapped_column(String(254))


class PlacementRow(Base):
    """Where a stakeholder stood on a day: support and opposition, 0 to 3 each."""

    __tablename__ = "questionnaire_placement"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    stakeholder_id: Mapped[str] = mapped_column(
        ForeignKey("questionnaire_stakeholder.stakeholder_id"), index=True
    )
    support: Mapped[int]
    opposition: Mapped[int]
    held_on: Mapped[str] = mapped_column(String(10))
    who: Mapped[str] = mapped_column(String(254))
    at: Mapped[int]


TABLES = tuple(
    Base.metadata.tables[row.__tablename__]
    for row in (
        *(QuestionRow, AssessmentRow, InterviewRow, AnswerRow, ActionRow),
        *(StakeholderRow, PlacementRow),
    )
)
"""The tables above, those they refer to first."""
