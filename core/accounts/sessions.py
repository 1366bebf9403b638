"""Sessions: who is behind a cookie, until when, and how it ends.

The browser holds a random 256-bit token; the database only its digest. A session ends
after ``IDLE`` seconds without use, ``LONGEST`` seconds in all, on sign-out, and when
the account's password, role or right to sign in changes.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from core.accounts import audit
from core.accounts.database import now, reading, writing
from core.accounts.models import Account, SignIn, Ticket
from core.accounts.people import token_digest

IDLE = 8 * 3600
LONGEST = 12 * 3600
TICKET = 60
DEMO_WORKSPACE = "demo"
DEMO_ROLE = "director"
_SEEN_EVERY = 60


@dataclass(frozen=True)
class Visitor:
    """Who is signed in, as the present run of the script may know it."""

    session_id: str
    account_id: str | None
    email: str
    name: str
    role: str
    workspace_id: str | None
    is_demo: bool


@dataclass(frozen=True)
class OpenSession:
    """A session that its owner can see and end."""

    session_id: str
    agent: str
    created_at: int
    seen_at: int


def ticket(account_id: str | None) -> str:
    """Return a one-time permission, good for a minute, to open a session.

    None is the demo's. The script cannot set an HttpOnly cookie; it hands this to the
    browser, which exchanges it for one.
    """
    token = secrets.token_urlsafe(32)
    with writing() as session:
        session.execute(delete(Ticket).where(Ticket.expires_at < now()))
        row = session.get_one(Account, account_id) if account_id else None
        session.add(
            Ticket(
                ticket_id=token_digest(token),
                account_id=account_id,
                version=row.version if row else 0,
                expires_at=now() + TICKET,
            )
        )
    return token


def claim(ticket_token: str, agent: str = "") -> str | None:
    """Exchange a ticket for a session token; None if it is used, old or unknown."""
    with writing() as session:
        row = session.get(Ticket, token_digest(ticket_token))
        if row is None:
            return None
        session.delete(row)
        if row.expires_at < now():
            return None
        account = session.get(Account, row.account_id) if row.account_id else None
        if account and (not account.is_active or account.version != row.version):
            return None
        token = secrets.token_urlsafe(32)
        session.add(
            SignIn(
                session_id=token_digest(token),
                account_id=row.account_id,
                workspace_id=None if account else DEMO_WORKSPACE,
                version=row.version,
                agent=agent[:200],
                created_at=now(),
                seen_at=now(),
            )
        )
        audit.add(session, account.email if account else "demo", "sign_in")
    return token


def _is_open(row: SignIn, moment: int) -> bool:
    return (
        row.ended_at is None
        and moment - row.seen_at < IDLE
        and moment - row.created_at < LONGEST
    )


def find(token: str | None) -> Visitor | None:
    """Return who a session token stands for, or None when it stands for nobody."""
    if not token:
        return None
    moment = now()
    with reading() as session:
        row = session.get(SignIn, token_digest(token))
        if row is None or not _is_open(row, moment):
            return None
        account = session.get(Account, row.account_id) if row.account_id else None
        if row.account_id and (
            account is None or not account.is_active or account.version != row.version
        ):
            return None
        visitor = Visitor(
            session_id=row.session_id,
            account_id=row.account_id,
            email=account.email if account else "",
            name=account.name if account else "",
            role=account.role if account else DEMO_ROLE,
            workspace_id=row.workspace_id,
            is_demo=account is None,
        )
        is_stale = moment - row.seen_at >= _SEEN_EVERY
    if is_stale:
        with writing() as session:
            session.execute(
                update(SignIn)
                .where(SignIn.session_id == visitor.session_id)
                .values(seen_at=moment)
            )
    return visitor


def enter(session_id: str, workspace_id: str) -> None:
    """Remember the workspace that a session looks at."""
    with writing() as session:
        session.execute(
            update(SignIn)
            .where(SignIn.session_id == session_id, SignIn.account_id.is_not(None))
            .values(workspace_id=workspace_id)
        )


def try_company(session_id: str, workspace_id: str) -> None:
    """Remember the company that a demo visit looks at; no other visit ever does."""
    with writing() as session:
        session.execute(
            update(SignIn)
            .where(SignIn.session_id == session_id, SignIn.account_id.is_(None))
            .values(workspace_id=workspace_id)
        )


def end(session_id: str) -> None:
    """End one session."""
    with writing() as session:
        row = session.get(SignIn, session_id)
        if row is None or row.ended_at is not None:
            return
        row.ended_at = now()
        account = session.get(Account, row.account_id) if row.account_id else None
        audit.add(session, account.email if account else "demo", "sign_out")


def open_sessions(account_id: str) -> list[OpenSession]:
    """Return the sessions of an account that are still open, latest first."""
    query = (
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .order_by(SignIn.seen_at.desc())
    )
    moment = now()
    with reading() as session:
        return [
            OpenSession(row.session_id, row.agent, row.created_at, row.seen_at)
            for row in session.scalars(query)
            if _is_open(row, moment)
        ]


def sweep() -> None:
    """Remove sessions that ended, and those that nobody came back to."""
    with writing() as session:
        session.execute(delete(SignIn).where(SignIn.created_at < now() - LONGEST))
        session.execute(delete(Ticket).where(Ticket.expires_at < now()))
