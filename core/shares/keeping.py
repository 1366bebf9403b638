"""Links made, listed and taken back; what a link is now is asked of the database."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.accounts import audit, derived
from core.accounts.database import now, reading, writing
from core.accounts.models import Account, Member, WorkspaceRow
from core.accounts.people import token_digest
from core.accounts.share_tables import ShareRow, ShareVisit
from core.errors import InvalidSetting, NotAllowed
from core.i18n import LANGUAGES
from core.pages import PAGES, allowed
from core.shares.model import (
    DAY,
    LONGEST_DAYS,
    MAKERS,
    OF_ONE_TEAM,
    READER,
    SHAREABLE,
    Share,
    State,
    Terms,
)

_TOKEN_BYTES = 32
_KEPT_DAYS = 90
_MOST_QUERY = 30


def can_make(role: str) -> bool:
    """Tell whether people of a role may make links."""
    return role in MAKERS


def pages_for(role: str, team: str | None = None) -> tuple[str, ...]:
    """Return the pages that somebody of ``role`` may open to others, in menu order."""
    return tuple(
        spec.name
        for spec in PAGES
        if spec.name in SHAREABLE
        and allowed(spec, role)
        and allowed(spec, READER)
        and (team is None or spec.name in OF_ONE_TEAM)
    )


def _may(session: Session, account_id: str, workspace_id: str) -> bool:
    account = session.get(Account, account_id)
    return (
        account is not None
        and account.is_active
        and can_make(account.role)
        and session.get(Member, (workspace_id, account_id)) is not None
    )


def state(session: Session, row: ShareRow) -> State:
    """Return whether a link opens now, and if not, why."""
    if row.revoked_at is not None:
        return "revoked"
    if row.expires_at <= now():
        return "expired"
    workspace = session.get(WorkspaceRow, row.workspace_id)
    privacy = "teams" if workspace is None else workspace.settings.get("privacy")
    is_hidden = row.team is not None and privacy not in ("names", "pseudonyms")
    if is_hidden or not _may(session, row.account_id, row.workspace_id):
        return "withdrawn"
    return "open"


def maker(session: Session, row: ShareRow) -> str:
    """Return the name of who made a link."""
    account = session.get(Account, row.account_id)
    return account.name if account else ""


def read(session: Session, row: ShareRow) -> Share:
    """Return a link as it stands."""
    view = row.view
    return Share(
        share_id=row.share_id,
        workspace_id=row.workspace_id,
        made_by=row.account_id,
        maker=maker(session, row),
        pages=tuple(row.pages.split()),
        team=row.team,
        shows_names=row.shows_names,
        language=view["language"],
        page=view["page"],
        query=dict(view["query"]),
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        use_count=row.use_count,
        state=state(session, row),
    )


def _check(terms: Terms, role: str, privacy: str) -> None:
    """Raise NotAllowed or InvalidSetting for what a link may not show."""
    if not terms.pages <= set(pages_for(role, terms.team)):
        raise NotAllowed(role=role)
    if terms.team is not None and privacy == "teams":
        raise NotAllowed(role=role)
    if terms.shows_names and privacy != "names":
        raise NotAllowed(role=role)
    if not terms.pages or terms.page not in terms.pages:
        raise InvalidSetting(setting="share_pages", value=len(terms.pages))
    if not 1 <= terms.days <= LONGEST_DAYS:
        raise InvalidSetting(setting="share_days", value=terms.days)
    if terms.language not in LANGUAGES or len(terms.query) > _MOST_QUERY:
        raise InvalidSetting(setting="share_pages", value=terms.language)


def make(account_id: str, workspace_id: str, terms: Terms) -> Share:
    """Make a link within the rights of its maker, who is asked for anew here.

    Raises NotAllowed beyond them, InvalidSetting for terms that cannot be.
    """
    share_id = uuid.uuid4().hex
    with writing() as session:
        if not _may(session, account_id, workspace_id):
            raise NotAllowed()
        account = session.get_one(Account, account_id)
        workspace = session.get_one(WorkspaceRow, workspace_id)
        privacy = str(workspace.settings.get("privacy") or "teams")
        _check(terms, account.role, privacy)
        moment = now()
        pages = [name for name in SHAREABLE if name in terms.pages]
        row = ShareRow(
            share_id=share_id,
            token_digest=token_digest(_token(share_id)),
            workspace_id=workspace_id,
            account_id=account_id,
            pages=" ".join(pages),
            team=terms.team,
            shows_names=terms.shows_names,
            view={
                "language": terms.language,
                "page": terms.page,
                "query": {k: v[:200] for k, v in terms.query.items()},
            },
            created_at=moment,
            expires_at=moment + terms.days * DAY,
        )
        session.add(row)
        session.flush()
        audit.add(
            session,
            account.email,
            "share_made",
            workspace_id,
            share=share_id,
            pages=pages,
            is_one_team=terms.team is not None,
            names=terms.shows_names,
            days=terms.days,
        )
        return read(session, row)


def _token(share_id: str) -> str:
    return derived.token("share", share_id, _TOKEN_BYTES)


def token(share_id: str) -> str | None:
    """Return a link's secret to show it again; None for no link, or a lost key."""
    with reading() as session:
        row = session.get(ShareRow, share_id)
        kept = row.token_digest if row else ""
    found = _token(share_id)
    return found if hmac.compare_digest(kept, token_digest(found)) else None


def of(workspace_id: str) -> list[Share]:
    """Return the links of a workspace, the latest first."""
    query = (
        select(ShareRow)
        .where(ShareRow.workspace_id == workspace_id)
        .order_by(ShareRow.created_at.desc(), ShareRow.share_id)
    )
    with reading() as session:
        return [read(session, row) for row in session.scalars(query)]


def revoke(by: str, workspace_id: str, share_ids: Iterable[str]) -> int:
    """Take links of a workspace back, and count those that were not yet."""
    wanted, done = set(share_ids), 0
    query = select(ShareRow).where(ShareRow.workspace_id == workspace_id)
    with writing() as session:
        for row in session.scalars(query).all():
            if row.share_id in wanted and row.revoked_at is None:
                row.revoked_at = now()
                audit.add(
                    session, by, "share_revoked", workspace_id, share=row.share_id
                )
                done += 1
    return done


def sweep() -> None:
    """Forget links that opened nothing for long; the journal keeps their lines."""
    oldest = now() - _KEPT_DAYS * DAY
    unseen = ShareVisit.opened_at.is_(None), ShareVisit.created_at < now() - DAY
    old = select(ShareRow.share_id).where(ShareRow.expires_at < oldest)
    with writing() as session:
        session.execute(delete(ShareVisit).where(*unseen))
        session.execute(delete(ShareVisit).where(ShareVisit.share_id.in_(old)))
        session.execute(delete(ShareRow).where(ShareRow.expires_at < oldest))
