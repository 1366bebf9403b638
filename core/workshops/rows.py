"""Between the tables and the model of a workshop."""

from __future__ import annotations

from collections import defaultdict
from typing import cast

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, aliased

from core.accounts.database import now
from core.accounts.models import WorkshopAnswer, WorkshopPerson, WorkshopRow
from core.score_usage import KEYS, VALUES, Spread
from core.workshops.model import Phase, Present, Round, Standing, Terms, Workshop


def workshop(row: WorkshopRow) -> Workshop:
    """Return a workshop as its row says."""
    return Workshop(
        workshop_id=row.workshop_id,
        feature_id=row.feature_id,
        phase=cast("Phase", row.phase),
        round_number=row.round_number,
        terms=Terms(
            hours=(row.expires_at - row.opened_at) // 3600,
            most_people=row.most_people,
            is_named=row.is_named,
            is_hidden=row.is_hidden,
        ),
        opened_at=row.opened_at,
        expires_at=row.expires_at,
        is_expired=row.expires_at <= now(),
        has_link=row.token_digest is not None,
        version=row.version,
    )


def _changed(session: Session, workshop_id: str) -> dict[int, int]:
    """Return how many answers of each round differ from the round before."""
    after, before = aliased(WorkshopAnswer), aliased(WorkshopAnswer)
    found = session.execute(
        select(after.round_number, func.count())
        .outerjoin(
            before,
            (before.workshop_id == after.workshop_id)
            & (before.round_number == after.round_number - 1)
            & (before.person_id == after.person_id)
            & (before.criterion == after.criterion),
        )
        .where(
            after.workshop_id == workshop_id,
            after.round_number > 1,
            before.value.is_(None) | (before.value != after.value),
        )
        .group_by(after.round_number)
    )
    return dict(found.all())


def rounds(session: Session, workshop_id: str, last: int) -> tuple[Round, ...]:
    """Return the answers of each round, counted in the database."""
    counts: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0] * len(VALUES))
    mine = WorkshopAnswer.workshop_id == workshop_id
    for number, key, value, count in session.execute(
        select(
            WorkshopAnswer.round_number,
            WorkshopAnswer.criterion,
            WorkshopAnswer.value,
            func.count(),
        )
        .where(mine)
        .group_by(
            WorkshopAnswer.round_number, WorkshopAnswer.criterion, WorkshopAnswer.value
        )
    ):
        counts[number, key][value] = count
    people = dict(
        session.execute(
            select(
                WorkshopAnswer.round_number,
                func.count(WorkshopAnswer.person_id.distinct()),
            )
            .where(mine)
            .group_by(WorkshopAnswer.round_number)
        ).all()
    )
    changed = _changed(session, workshop_id) if last > 1 else {}
    return tuple(
        Round(
            number=number,
            spreads={key: Spread.of(counts[number, key]) for key in KEYS},
            people=people.get(number, 0),
            changed=changed.get(number, 0),
        )
        for number in range(1, last + 1)
    )


def standing(session: Session, row: WorkshopRow) -> Standing:
    """Return who takes part, in the order they came, and the answers of each round."""
    done = dict(
        session.execute(
            select(WorkshopAnswer.person_id, func.count())
            .where(
                WorkshopAnswer.workshop_id == row.workshop_id,
                WorkshopAnswer.round_number == row.round_number,
            )
            .group_by(WorkshopAnswer.person_id)
        ).all()
    )
    people = session.scalars(
        select(WorkshopPerson)
        .where(WorkshopPerson.workshop_id == row.workshop_id)
        .order_by(WorkshopPerson.joined_at, WorkshopPerson.person_id)
    )
    return Standing(
        people=tuple(Present(one.name, done.get(one.person_id, 0)) for one in people),
        rounds=rounds(session, row.workshop_id, row.round_number),
    )


def forget(session: Session, workshop_id: str) -> None:
    """Delete who took part and what each answered."""
    for table in (WorkshopAnswer, WorkshopPerson):
        session.execute(delete(table).where(table.workshop_id == workshop_id))
