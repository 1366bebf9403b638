"""Where a visitor is in the first-run tour."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.accounts.models import Base


class TourRow(Base):
    """The step that somebody is at, 0 once they are through.

    ``who`` is an account, or a session of the demo.
    """

    __tablename__ = "tour"

    who: Mapped[str] = mapped_column(String(64), primary_key=True)
    step: Mapped[int]
    at: Mapped[int]
