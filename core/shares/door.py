"""Coming in by a link: a secret against a session, which every run asks for anew."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import audit
from core.accounts.database import now, reading, writing
from core.accounts.people import token_digest
from core.accounts.sessions import Scope, Visitor
from core.accounts.share_tables import ShareRow, ShareVisit
from core.shares import keeping
from core.shares.model import DAY, READER, Ended

_SEEN_EVERY = 60
_REMEMBERED = 30 * DAY
"""How long a browser remembers a link that ended, to be told so."""


@dataclass(frozen=True)
class Entry:
    """A session opened behind a link: the cookie's secret, how long, and where to.

    ``language`` is the one its maker chose, for a reader who chose none.
    """

    session_token: str
    seconds: int
    address: str
    language: str


def _ended(session: Session, row: ShareRow) -> Ended | None:
    state = keeping.state(session, row)
    if state == "open":
        return None
    return Ended(state, keeping.maker(session, row))


def look(token: str) -> Ended | None:
    """Return why a link opens nothing, None when it opens."""
    query = select(ShareRow).where(ShareRow.token_digest == token_digest(token))
    with reading() as session:
        row = session.scalar(query)
        return Ended("missing") if row is None else _ended(session, row)


def enter(token: str) -> Entry | Ended:
    """Open a session for a browser that holds a link's secret."""
    query = select(ShareRow).where(ShareRow.token_digest == token_digest(token))
    with writing() as session:
        row = session.scalar(query)
        if row is None:
            return Ended("missing")
        ended = _ended(session, row)
        if ended is not None:
            return ended
        made = secrets.token_urlsafe(32)
        session.add(
            ShareVisit(
                session_id=token_digest(made), share_id=row.share_id, created_at=now()
            )
        )
        seconds = row.expires_at - now() + _REMEMBERED
        return Entry(made, seconds, _address(row), row.view["language"])


def _address(row: ShareRow) -> str:
    """Return the address of the view that a link opens."""
    page, query = row.view["page"], dict(row.view["query"])
    if row.team is not None:
        query.pop("team", None)
    path = "/" if page == "home" else f"/{page}"
    return f"{path}?{urlencode(query)}" if query else path


def visitor(session_token: str | None) -> Visitor | Ended | None:
    """Return whom a session behind a link lets see what, why it ended, or None."""
    if not session_token:
        return None
    moment = now()
    with reading() as session:
        visit = session.get(ShareVisit, token_digest(session_token))
        row = session.get(ShareRow, visit.share_id) if visit else None
        if visit is None or row is None:
            return None
        ended = _ended(session, row)
        if ended is not None:
            return ended
        is_first = visit.opened_at is None
        found = Visitor(
            session_id=visit.session_id,
            account_id=None,
            email="",
            name="",
            role=READER,
            workspace_id=row.workspace_id,
            is_demo=False,
            scope=Scope(
                share_id=row.share_id,
                pages=frozenset(row.pages.split()),
                team=row.team,
                shows_names=row.shows_names,
                expires_at=row.expires_at,
                by=keeping.maker(session, row),
            ),
        )
        is_stale = moment - (row.used_at or 0) >= _SEEN_EVERY
    if is_first or is_stale:
        _note(found, moment)
    return found


def _note(found: Visitor, moment: int) -> None:
    """Keep that a link was used; the journal hears of each browser once."""
    with writing() as session:
        visit = session.get(ShareVisit, found.session_id)
        row = session.get(ShareRow, visit.share_id) if visit else None
        if visit is None or row is None:
            return
        row.used_at = moment
        if visit.opened_at is None:
            visit.opened_at = moment
            row.use_count += 1
            audit.add(
                session,
                found.who,
                "share_opened",
                row.workspace_id,
                share=row.share_id,
            )


def leave(session_token: str | None) -> None:
    """Forget a browser's session; the link stays."""
    with writing() as session:
        visit = session.get(ShareVisit, token_digest(session_token or ""))
        if visit is not None:
            session.delete(visit)
