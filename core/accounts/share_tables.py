"""Tables of read-only links: what each shows until when, and who came in by it.

Moments are as in `models`; of every secret the SHA-256 only is kept.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.accounts.models import Base


class ShareRow(Base):
    """A read-only link. ``team`` is null for all; ``view`` the page it opens, and how.

    ``account_id`` is who made it: it opens while they could still make it.
    """

    __tablename__ = "share"

    share_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspace.workspace_id"), index=True
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("account.account_id"))
    pages: Mapped[str] = mapped_column(String(400))
    team: Mapped[str | None] = mapped_column(String(200))
    shows_names: Mapped[bool]
    view: Mapped[dict[str, Any]]
    created_at: Mapped[int]
    expires_at: Mapped[int] = mapped_column(index=True)
    revoked_at: Mapped[int | None]
    used_at: Mapped[int | None]
    use_count: Mapped[int] = mapped_column(default=0)


class ShareVisit(Base):
    """A browser that came in by a link; ``opened_at`` is when it first saw a page.

    A program that only asks for the address, as a messenger does to draw a preview,
    never sees one.
    """

    __tablename__ = "share_visit"

    session_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    share_id: Mapped[str] = mapped_column(ForeignKey("share.share_id"), index=True)
    created_at: Mapped[int]
    opened_at: Mapped[int | None]
