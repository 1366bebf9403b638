"""Tables of the weekly texts: who gets which, and which weeks they were sent."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.accounts.models import Base


class RecipientRow(Base):
    """Who gets a text every week: ``weekday`` is 0 for Monday.

    ``about`` is the user of a person's text, the team of a team's, "" for the company.
    """

    __tablename__ = "digest_recipient"

    recipient_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspace.workspace_id"), index=True
    )
    kind: Mapped[str] = mapped_column(String(8))
    about: Mapped[str] = mapped_column(String(254))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    weekday: Mapped[int]
    created_at: Mapped[int]


class SentRow(Base):
    """A text of one week, claimed by whoever sends it; ``sent_at`` is null until then.

    ``week`` is that of the sending, "2026-W48".
    """

    __tablename__ = "digest_sent"

    recipient_id: Mapped[str] = mapped_column(
        ForeignKey("digest_recipient.recipient_id"), primary_key=True
    )
    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    claimed_at: Mapped[int]
    sent_at: Mapped[int | None]
