"""What a participant's phone may do: come in, answer, and see its own answers.

Nobody signs in: the address holds the workshop's secret, a cookie the participant's.
Each act is one short transaction; those of a process take turns before the database,
so that fifty phones at once wait in line and never time out.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.accounts.database import now, reading, writing
from core.accounts.models import (
    FeatureRow,
    WorkshopAnswer,
    WorkshopPerson,
    WorkshopRow,
)
from core.accounts.people import token_digest
from core.score_usage import KEYS, clean_line, is_value
from core.scorecards import rows as score_rows
from core.workshops import rows
from core.workshops.model import LONGEST_NAME, Code, Seat, Workshop

_turn = threading.Lock()


@dataclass(frozen=True)
class Subject:
    """What a workshop is about, in the participant's language."""

    workshop: Workshop
    name: str
    description: str


def _row(
    session: Session, token: str, *, to_change: bool = False
) -> WorkshopRow | None:
    query = select(WorkshopRow).where(WorkshopRow.token_digest == token_digest(token))
    if to_change:
        query = query.with_for_update()
    return session.scalars(query).first()


def _refused(row: WorkshopRow | None) -> Code | None:
    """Return why a workshop takes nobody and nothing any more, None when it does."""
    if row is None:
        return "missing"
    if row.phase == "closed":
        return "closed"
    return "expired" if row.expires_at <= now() else None


def _person(
    session: Session, row: WorkshopRow, cookies: Sequence[str]
) -> WorkshopPerson | None:
    """Return who holds one of ``cookies`` in this workshop."""
    query = select(WorkshopPerson).where(
        WorkshopPerson.person_id.in_([token_digest(one) for one in cookies]),
        WorkshopPerson.workshop_id == row.workshop_id,
    )
    return session.scalars(query).first() if cookies else None


def subject(token: str, language: str) -> Subject | Code:
    """Return what the workshop behind a link is about, or why it opens nothing."""
    with reading() as session:
        row = _row(session, token)
        refusal = _refused(row)
        if row is None or refusal:
            return refusal or "missing"
        feature = session.get_one(FeatureRow, row.feature_id)
        sheet = score_rows.cards(session, [feature], language)[0].sheet
        return Subject(rows.workshop(row), sheet.name, sheet.description)


def seat(token: str, cookies: Sequence[str]) -> Seat | Code:
    """Return what a participant sees; ``stranger`` for a phone that did not come in."""
    with reading() as session:
        row = _row(session, token)
        refusal = _refused(row)
        if row is None or refusal:
            return refusal or "missing"
        person = _person(session, row, cookies)
        if person is None:
            return "stranger"
        given = session.execute(
            select(WorkshopAnswer.criterion, WorkshopAnswer.value).where(
                WorkshopAnswer.workshop_id == row.workshop_id,
                WorkshopAnswer.round_number == row.round_number,
                WorkshopAnswer.person_id == person.person_id,
            )
        )
        return Seat(
            code="open" if row.phase == "open" else "frozen",
            round_number=row.round_number,
            answers=dict(given.all()),
        )


def join(token: str, cookies: Sequence[str], name: str) -> tuple[Code, str, str]:
    """Take a participant in; return "saved", a new cookie and the workshop.

    A phone that came in before keeps its place and its cookie: the new one is empty.
    Otherwise the code says why it cannot come in.
    """
    with _turn, writing() as session:
        row = _row(session, token, to_change=True)
        refusal = _refused(row)
        if row is None or refusal:
            return refusal or "missing", "", ""
        if _person(session, row, cookies):
            return "saved", "", row.workshop_id
        inside = select(func.count()).where(
            WorkshopPerson.workshop_id == row.workshop_id
        )
        if (session.scalar(inside) or 0) >= row.most_people:
            return "full", "", ""
        made = secrets.token_urlsafe(32)
        session.add(
            WorkshopPerson(
                person_id=token_digest(made),
                workshop_id=row.workshop_id,
                name=clean_line(name, LONGEST_NAME) if row.is_named else "",
                joined_at=now(),
            )
        )
        return "saved", made, row.workshop_id


def answer(
    token: str, cookies: Sequence[str], round_number: int, key: str, value: int
) -> Code:
    """Write one answer; "saved" once it is, again and again for the same one."""
    if key not in KEYS or not is_value(value):
        return "wrong"
    with _turn, writing() as session:
        row = _row(session, token, to_change=True)
        refusal = _refused(row)
        if row is None or refusal:
            return refusal or "missing"
        person = _person(session, row, cookies)
        if person is None:
            return "stranger"
        if row.phase != "open":
            return "frozen"
        if row.round_number != round_number:
            return "late"
        place = (row.workshop_id, round_number, person.person_id, key)
        given = session.get(WorkshopAnswer, place)
        if given is None:
            session.add(
                WorkshopAnswer(
                    workshop_id=row.workshop_id,
                    round_number=round_number,
                    person_id=person.person_id,
                    criterion=key,
                    value=value,
                )
            )
        else:
            given.value = value
    return "saved"
