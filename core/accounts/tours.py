"""How far each visitor is in the first-run tour: the account's, or the demo visit's."""

from __future__ import annotations

from sqlalchemy import delete, select

from core.accounts.database import now, reading, writing
from core.accounts.models import SignIn
from core.accounts.sessions import Visitor
from core.accounts.visit_tables import TourRow


def _who(visitor: Visitor) -> str:
    return visitor.account_id or visitor.session_id


def step(visitor: Visitor) -> int | None:
    """Return the step a visitor is at, 0 once through, None for who never began."""
    with reading() as session:
        row = session.get(TourRow, _who(visitor))
        return None if row is None else row.step


def keep(visitor: Visitor, at: int) -> None:
    """Keep the step a visitor is at; steps of ended demo visits are forgotten."""
    with writing() as session:
        session.merge(TourRow(who=_who(visitor), step=at, at=now()))
        if visitor.account_id is None:
            gone = select(SignIn.session_id).where(SignIn.ended_at.is_not(None))
            session.execute(delete(TourRow).where(TourRow.who.in_(gone)))
