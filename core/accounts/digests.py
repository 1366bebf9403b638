"""Who gets a weekly text, and what was sent: once a week each, whoever asks again.

A text is claimed before it is sent, so that two rounds at once send it once. A claim
whose sender died is free again after an hour.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from core.accounts import audit
from core.accounts.database import now, reading, writing
from core.accounts.digest_tables import RecipientRow, SentRow
from core.accounts.people import clean_email
from core.errors import InvalidSetting

KINDS = ("person", "team", "company")
MOST = 200
_CLAIM_SECONDS = 3600


@dataclass(frozen=True)
class Recipient:
    """Who gets which text, in which language, from which day of the week on."""

    recipient_id: str
    workspace_id: str
    kind: str
    about: str
    email: str
    language: str
    weekday: int

    def is_due(self, today: date) -> bool:
        """Whether this week's text may leave: on its day, or later if missed."""
        return today.weekday() >= self.weekday


def week_of(today: date) -> str:
    """Return the week of a day as it is kept: "2026-W48"."""
    year, week, _ = today.isocalendar()
    return f"{year}-W{week:02d}"


def _recipient(row: RecipientRow) -> Recipient:
    return Recipient(
        row.recipient_id,
        row.workspace_id,
        row.kind,
        row.about,
        row.email,
        row.language,
        row.weekday,
    )


def recipients(workspace_id: str) -> list[Recipient]:
    """Return who gets a text of a workspace, in the order they were added."""
    query = (
        select(RecipientRow)
        .where(RecipientRow.workspace_id == workspace_id)
        .order_by(RecipientRow.created_at, RecipientRow.recipient_id)
    )
    with reading() as session:
        return [_recipient(row) for row in session.scalars(query)]


def add(
    by: str,
    workspace_id: str,
    *,
    kind: str,
    about: str,
    email: str,
    language: str,
    weekday: int,
) -> str:
    """Have a text sent every week; return its identifier.

    Raises InvalidSetting for an address that is none, or one that already gets it.
    """
    address = clean_email(email)
    if kind not in KINDS or not 0 <= weekday <= 6 or bool(about) == (kind == "company"):
        raise InvalidSetting(setting="recipient", value=kind)
    known = recipients(workspace_id)
    if len(known) >= MOST:
        raise InvalidSetting(setting="recipient", value=MOST)
    if any((one.email, one.kind, one.about) == (address, kind, about) for one in known):
        raise InvalidSetting(setting="recipient_twice", value=address)
    identifier = uuid.uuid4().hex
    with writing() as session:
        session.add(
            RecipientRow(
                recipient_id=identifier,
                workspace_id=workspace_id,
                kind=kind,
                about=about,
                email=address,
                language=language,
                weekday=weekday,
                created_at=now(),
            )
        )
        audit.add(session, by, "digest_add", workspace_id, recipient=identifier)
    return identifier


def remove(by: str, workspace_id: str, recipient_id: str) -> None:
    """Send a text no more, and forget to whom it went."""
    with writing() as session:
        row = session.get(RecipientRow, recipient_id)
        if row is None or row.workspace_id != workspace_id:
            return
        session.execute(delete(SentRow).where(SentRow.recipient_id == recipient_id))
        session.delete(row)
        audit.add(session, by, "digest_remove", workspace_id, recipient=recipient_id)


def last_sent(workspace_id: str) -> dict[str, int]:
    """Return when each recipient of a workspace got the latest text."""
    query = (
        select(SentRow.recipient_id, SentRow.sent_at)
        .join(RecipientRow, RecipientRow.recipient_id == SentRow.recipient_id)
        .where(RecipientRow.workspace_id == workspace_id, SentRow.sent_at.is_not(None))
        .order_by(SentRow.sent_at)
    )
    with reading() as session:
        return {who: at for who, at in session.execute(query) if at is not None}


def was_sent(recipient_id: str, week: str) -> bool:
    """Tell whether the text of a week was sent, or is being sent."""
    with reading() as session:
        row = session.get(SentRow, (recipient_id, week))
        return row is not None and not _is_free(row)


def claim(recipient_id: str, week: str) -> bool:
    """Take the text of a week to send it; False where somebody has, or is sending."""
    with writing() as session:
        row = session.get(SentRow, (recipient_id, week), with_for_update=True)
        if row is None:
            row = SentRow(recipient_id=recipient_id, week=week, claimed_at=now())
            session.add(row)
        elif _is_free(row):
            row.claimed_at = now()
        else:
            return False
    return True


def _is_free(row: SentRow) -> bool:
    return row.sent_at is None and row.claimed_at < now() - _CLAIM_SECONDS


def sent(one: Recipient, week: str) -> None:
    """Keep that a claimed text was sent."""
    with writing() as session:
        session.get_one(SentRow, (one.recipient_id, week)).sent_at = now()
        audit.add(
            session,
            "aplomb",
            "digest_sent",
            one.workspace_id,
            recipient=one.recipient_id,
            week=week,
        )


def failed(one: Recipient, week: str, reason: str) -> None:
    """Give a claim back: the next round tries again. ``reason`` is an error's code."""
    with writing() as session:
        row = session.get(SentRow, (one.recipient_id, week))
        if row is not None and row.sent_at is None:
            session.delete(row)
        audit.add(
            session,
            "aplomb",
            "digest_failed",
            one.workspace_id,
            recipient=one.recipient_id,
            week=week,
            reason=reason,
        )
