"""Accounts: the first administrator, invitations, roles, passwords."""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import settings
from core.accounts import audit, passwords
from core.accounts.database import now, reading, writing
from core.accounts.models import Account, Link, Once, SignIn
from core.errors import InvalidSetting, NotAllowed, WrongCredentials

Role = Literal["admin", "consultant", "director", "marketing", "viewer"]
ROLES: tuple[Role, ...] = get_args(Role)
IMPORTERS: frozenset[Role] = frozenset({"admin", "consultant", "marketing"})
INVITATION_DAYS = 7
_EMAIL = re.compile(r"[^@\s<>\"'(),:;\\]{1,64}@[^@\s<>\"'(),:;\\]{1,185}")
_FIRST = "first_admin"


@dataclass(frozen=True)
class Person:
    """An account without its secrets."""

    account_id: str
    email: str
    name: str
    role: str
    is_active: bool
    has_password: bool


def _person(row: Account) -> Person:
    return Person(
        account_id=row.account_id,
        email=row.email,
        name=row.name,
        role=row.role,
        is_active=row.is_active,
        has_password=row.password_hash is not None,
    )


def token_digest(token: str) -> str:
    """Return what is stored of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


def clean_email(email: str) -> str:
    """Return an e-mail address in the form it is compared in, or raise."""
    cleaned = email.strip().lower()
    if not _EMAIL.fullmatch(cleaned):
        raise InvalidSetting(setting="email", value=email.strip()[:80])
    return cleaned


def clean_name(name: str) -> str:
    """Return a person's or a workspace's name without stray spaces, or raise."""
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= 120:
        raise InvalidSetting(setting="name", value=cleaned[:40])
    return cleaned


def clean_role(role: str) -> Role:
    """Return ``role`` if it is one, or raise."""
    for known in ROLES:
        if role == known:
            return known
    raise InvalidSetting(setting="role", value=role)


def _new(session: Session, email: str, name: str, role: Role, kept: str | None) -> str:
    account_id = uuid.uuid4().hex
    session.add(
        Account(
            account_id=account_id,
            email=email,
            name=name,
            role=role,
            password_hash=kept,
            created_at=now(),
        )
    )
    session.flush()
    return account_id


def nobody_yet() -> bool:
    """Tell whether the first administrator is still to be named."""
    with reading() as session:
        return session.get(Once, _FIRST) is None


def first_admin(email: str, name: str, password: str) -> str:
    """Name the first administrator and return the account; NotAllowed if one is."""
    address, person = clean_email(email), clean_name(name)
    passwords.check(password, address, person)
    kept = passwords.hashed(password)
    try:
        with writing() as session:
            if session.get(Once, _FIRST) is not None:
                raise NotAllowed()
            session.add(Once(act=_FIRST, at=now()))
            account_id = _new(session, address, person, "admin", kept)
            audit.add(session, address, "first_admin")
    except IntegrityError as error:
        raise NotAllowed() from error
    return account_id


def first_admin_from_environment() -> None:
    """Name the administrator that the environment gives, where nobody is yet."""
    email = settings.value("APLOMB_ADMIN_EMAIL")
    password = settings.value("APLOMB_ADMIN_PASSWORD")
    if email and password and nobody_yet():
        first_admin(email, email.split("@")[0], password)


def find(email: str) -> Person | None:
    """Return the account with this e-mail address, if any."""
    with reading() as session:
        row = session.scalar(
            select(Account).where(Account.email == email.strip().lower())
        )
        return _person(row) if row else None


def get(account_id: str) -> Person:
    """Return an account; KeyError when there is none."""
    with reading() as session:
        row = session.get(Account, account_id)
        if row is None:
            raise KeyError(account_id)
        return _person(row)


def everyone() -> list[Person]:
    """Return every account, by name."""
    query = select(Account).order_by(Account.name)
    with reading() as session:
        return [_person(row) for row in session.scalars(query)]


def kept_hash(email: str) -> str:
    """Return the hash to compare with: nobody's for an account that cannot enter."""
    with reading() as session:
        row = session.scalar(select(Account).where(Account.email == email))
        kept = row.password_hash if row and row.is_active else None
    return kept or passwords.nobody()


def _link(session: Session, account_id: str) -> str:
    """Make a single-use link; earlier ones of the account stop working."""
    session.execute(
        update(Link)
        .where(Link.account_id == account_id, Link.used_at.is_(None))
        .values(used_at=now())
    )
    token = secrets.token_urlsafe(32)
    session.add(
        Link(
            link_id=token_digest(token),
            account_id=account_id,
            expires_at=now() + INVITATION_DAYS * 86400,
        )
    )
    return token


def invite(by: str, email: str, name: str, role: str) -> tuple[str, str]:
    """Add a person; return the account and the token of its single-use link."""
    address, person, chosen = clean_email(email), clean_name(name), clean_role(role)
    try:
        with writing() as session:
            account_id = _new(session, address, person, chosen, None)
            token = _link(session, account_id)
            audit.add(session, by, "invite", None, account=address, role=chosen)
    except IntegrityError as error:
        raise InvalidSetting(setting="email_taken", value=address) from error
    return account_id, token


def reset_link(by: str, account_id: str) -> str:
    """Return the token of a new single-use link to choose a password."""
    with writing() as session:
        row = session.get_one(Account, account_id)
        audit.add(session, by, "reset_link", None, account=row.email)
        return _link(session, account_id)


def link_owner(token: str) -> Person | None:
    """Return whose unused, unexpired link this is, if any."""
    with reading() as session:
        link = session.get(Link, token_digest(token))
        if link is None or link.used_at is not None or link.expires_at < now():
            return None
        row = session.get_one(Account, link.account_id)
        return _person(row) if row.is_active else None


def use_link(token: str, password: str) -> str:
    """Set the password that a link allows; return the account."""
    owner = link_owner(token)
    if owner is None:
        raise WrongCredentials()
    passwords.check(password, owner.email, owner.name)
    kept = passwords.hashed(password)
    with writing() as session:
        link = session.get_one(Link, token_digest(token))
        if link.used_at is not None:
            raise WrongCredentials()
        link.used_at = now()
        _set_password(session, session.get_one(Account, owner.account_id), kept)
        audit.add(session, owner.email, "password_from_link")
    return owner.account_id


def _set_password(session: Session, row: Account, kept: str) -> None:
    row.password_hash = kept
    _end_sessions(session, row)


def _end_sessions(session: Session, row: Account) -> None:
    row.version += 1
    session.execute(
        update(SignIn)
        .where(SignIn.account_id == row.account_id, SignIn.ended_at.is_(None))
        .values(ended_at=now())
    )


def change_password(account_id: str, present: str, new: str) -> None:
    """Change a password; every session of the account ends, this one included."""
    person = get(account_id)
    if not passwords.matches(present, kept_hash(person.email)):
        raise WrongCredentials()
    passwords.check(new, person.email, person.name)
    kept = passwords.hashed(new)
    with writing() as session:
        _set_password(session, session.get_one(Account, account_id), kept)
        audit.add(session, person.email, "password_change")


def _keep_an_admin(session: Session, row: Account) -> None:
    """Raise NotAllowed when ``row`` is the last administrator who can sign in."""
    others = session.scalar(
        select(func.count())
        .select_from(Account)
        .where(
            Account.role == "admin",
            Account.is_active,
            Account.password_hash.is_not(None),
            Account.account_id != row.account_id,
        )
    )
    if row.role == "admin" and not others:
        raise InvalidSetting(setting="last_admin", value=row.email)


def change_role(by: str, account_id: str, role: str) -> None:
    """Give an account another role; its sessions end."""
    chosen = clean_role(role)
    with writing() as session:
        row = session.get_one(Account, account_id)
        if row.role == chosen:
            return
        _keep_an_admin(session, row)
        row.role = chosen
        _end_sessions(session, row)
        audit.add(session, by, "role", None, account=row.email, role=chosen)


def set_active(by: str, account_id: str, is_active: bool) -> None:
    """Let an account sign in, or no longer; its sessions end."""
    with writing() as session:
        row = session.get_one(Account, account_id)
        if not is_active:
            _keep_an_admin(session, row)
        row.is_active = is_active
        _end_sessions(session, row)
        what = "activate" if is_active else "deactivate"
        audit.add(session, by, what, None, account=row.email)
