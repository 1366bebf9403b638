"""Tables of accounts, sessions, workspaces and the journal.

Moments are seconds since 1970 in UTC, so that no database changes a time zone. Secrets
(session, ticket and link tokens) are stored as SHA-256 only.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Every table below; ``Any`` columns are JSON."""

    type_annotation_map = {
        dict[str, Any]: JSON,
        int: BigInteger().with_variant(Integer, "sqlite"),
    }


class Account(Base):
    """A person who may sign in. ``version`` grows when older sessions must end."""

    __tablename__ = "account"

    account_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str | None] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(default=1)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[int]


class SignIn(Base):
    """A session; ``account_id`` is empty for somebody trying the demo."""

    __tablename__ = "session"

    session_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.account_id"))
    workspace_id: Mapped[str | None] = mapped_column(String(32))
    version: Mapped[int]
    agent: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[int]
    seen_at: Mapped[int]
    ended_at: Mapped[int | None]


class Ticket(Base):
    """Permission to open one session, handed by the script to the browser."""

    __tablename__ = "ticket"

    ticket_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.account_id"))
    version: Mapped[int]
    expires_at: Mapped[int]


class Link(Base):
    """A single-use address that lets a person choose a password."""

    __tablename__ = "link"

    link_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.account_id"))
    expires_at: Mapped[int]
    used_at: Mapped[int | None]


class Throttle(Base):
    """Failed sign-ins of an address, of an account, or of both together."""

    __tablename__ = "throttle"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int]
    last_at: Mapped[int]
    closed_until: Mapped[int]


class Entry(Base):
    """One line of the journal; ``digest`` covers the line and the one before."""

    __tablename__ = "journal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[int]
    who: Mapped[str] = mapped_column(String(254))
    what: Mapped[str] = mapped_column(String(48))
    workspace_id: Mapped[str | None] = mapped_column(String(32))
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64), unique=True)
    digest: Mapped[str] = mapped_column(String(64))


class WorkspaceRow(Base):
    """A sealed set of data with its settings."""

    __tablename__ = "workspace"

    workspace_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    settings: Mapped[dict[str, Any]]
    created_at: Mapped[int]


class Member(Base):
    """An account that may open a workspace."""

    __tablename__ = "member"

    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspace.workspace_id"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(
        ForeignKey("account.account_id"), primary_key=True
    )


class Remembered(Base):
    """What a person decided about files with the same header, per workspace."""

    __tablename__ = "choice"

    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspace.workspace_id"), primary_key=True
    )
    signature: Mapped[str] = mapped_column(String(64), primary_key=True)
    choices: Mapped[dict[str, Any]]


class Once(Base):
    """Acts that can happen once only, such as naming the first administrator."""

    __tablename__ = "once"

    act: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[int]


class FeatureRow(Base):
    """A function of the CRM that is scored; ``example`` names one that we ship.

    What is null in a shipped example is read from the catalogue, in each reader's
    language. ``works`` and ``trained`` are the gates.
    """

    __tablename__ = "feature"

    feature_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspace.workspace_id"), index=True
    )
    example: Mapped[str | None] = mapped_column(String(32))
    name: Mapped[str | None] = mapped_column(String(120))
    description: Mapped[str | None] = mapped_column(String(2000))
    effort: Mapped[int | None]
    works: Mapped[bool | None]
    trained: Mapped[bool | None]
    is_archived: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[int]
    changed_at: Mapped[int]


class FeatureAnswer(Base):
    """The present answer to one criterion, and the note beside it.

    All ten rows are made with the feature: two people who answer at once change
    different rows, and never each other's columns.
    """

    __tablename__ = "feature_answer"

    feature_id: Mapped[str] = mapped_column(
        ForeignKey("feature.feature_id"), primary_key=True
    )
    criterion: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(String(4000))
    who: Mapped[str] = mapped_column(String(254))
    at: Mapped[int]


class FeatureAction(Base):
    """A line of a feature's plan; ``measure`` is 0 when the words are a person's."""

    __tablename__ = "feature_action"

    action_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    feature_id: Mapped[str] = mapped_column(
        ForeignKey("feature.feature_id"), index=True
    )
    place: Mapped[int]
    criterion: Mapped[str] = mapped_column(String(16))
    measure: Mapped[int]
    words: Mapped[str] = mapped_column(String(2000))
    owner: Mapped[str] = mapped_column(String(120))
    due_day: Mapped[str | None] = mapped_column(String(10))
    is_done: Mapped[bool] = mapped_column(default=False)


class FeatureBinding(Base):
    """What tells of a feature's use in the exports: its launch, and for whom it is.

    ``scope`` is all, team or profile; ``member`` the team or the profile, "" for all.
    """

    __tablename__ = "feature_binding"

    feature_id: Mapped[str] = mapped_column(
        ForeignKey("feature.feature_id"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(200))
    launch_day: Mapped[str] = mapped_column(String(10))
    scope: Mapped[str] = mapped_column(String(8))
    member: Mapped[str] = mapped_column(String(200))


class FeatureVersion(Base):
    """A scorecard as it was when somebody kept it; never changed afterwards.

    ``mark`` stands beside ``content`` so that it can be confronted later with the use
    that was measured, without reading the whole.
    """

    __tablename__ = "feature_version"

    feature_id: Mapped[str] = mapped_column(
        ForeignKey("feature.feature_id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int]
    who: Mapped[str] = mapped_column(String(254))
    words: Mapped[str] = mapped_column(String(200))
    mark: Mapped[float | None]
    content: Mapped[dict[str, Any]]


class WorkshopRow(Base):
    """Several people answering one scorecard together, through a link.

    ``token_digest`` is null once the link is taken back; ``link_number`` grows with
    each link. ``phase`` is open, frozen or closed; ``version`` is what closing kept.
    """

    __tablename__ = "workshop"

    workshop_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    feature_id: Mapped[str] = mapped_column(
        ForeignKey("feature.feature_id"), index=True
    )
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.workspace_id"))
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    link_number: Mapped[int] = mapped_column(default=1)
    phase: Mapped[str] = mapped_column(String(8))
    round_number: Mapped[int] = mapped_column(default=1)
    is_named: Mapped[bool]
    is_hidden: Mapped[bool]
    most_people: Mapped[int]
    opened_at: Mapped[int]
    expires_at: Mapped[int]
    forget_at: Mapped[int] = mapped_column(index=True)
    version: Mapped[int | None]


class WorkshopPerson(Base):
    """Who takes part, known by the digest of a cookie; ``name`` is a first name."""

    __tablename__ = "workshop_person"

    person_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshop.workshop_id"), index=True
    )
    name: Mapped[str] = mapped_column(String(40))
    joined_at: Mapped[int]


class WorkshopAnswer(Base):
    """One participant's answer to one criterion in one round."""

    __tablename__ = "workshop_answer"

    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshop.workshop_id"), primary_key=True
    )
    round_number: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(
        ForeignKey("workshop_person.person_id"), primary_key=True
    )
    criterion: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[int]
