"""What a read-only link is, and what one may show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from core.accounts.people import Role

MAKERS: frozenset[Role] = frozenset({"admin", "consultant", "director"})
READER: Role = "viewer"
"""The role whose pages a link opens, of those it names."""
DAY = 86400
LONGEST_DAYS = 90

SHAREABLE: tuple[str, ...] = (
    *("home", "adoption", "profiles", "lifecycle", "symptoms", "pyramid"),
    *("conversations", "practices", "campaigns", "score", "present"),
)
"""Pages a link may open: those that only look. Data, settings, the audit's interviews,
the portfolio of all workspaces and the planner are for people with an account."""

OF_ONE_TEAM: frozenset[str] = frozenset(
    {"home", "adoption", "profiles", "lifecycle", "symptoms", "pyramid"}
)
"""Pages whose every figure can be restricted to one team, as `core.parts` does.

Of the others: a mailing goes to the whole base; a customer is worked on by several
teams, of which one alone would look silent; duplicates and entries made in another's
name cross teams; a scorecard and the story told in a meeting are the company's."""

State = Literal["open", "expired", "revoked", "withdrawn"]
"""Withdrawn: its maker may no longer make it, or the workspace no longer shows that."""
Ending = Literal["missing", "expired", "revoked", "withdrawn", "busy"]


@dataclass(frozen=True)
class Terms:
    """What a link shows: the pages, the team (None: all), names or not, for how long.

    ``page`` and ``query`` are where it opens; ``days`` from now.
    """

    pages: frozenset[str]
    team: str | None = None
    shows_names: bool = False
    days: int = 7
    language: str = "fr"
    page: str = "home"
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Share:
    """A link as it stands; ``made_by`` is an account, ``maker`` its name."""

    share_id: str
    workspace_id: str
    made_by: str
    maker: str
    pages: tuple[str, ...]
    team: str | None
    shows_names: bool
    language: str
    page: str
    query: Mapping[str, str]
    created_at: int
    expires_at: int
    used_at: int | None
    use_count: int
    state: State


@dataclass(frozen=True)
class Ended:
    """Why a link opens nothing, and the name of whom to ask; "" for nobody."""

    reason: Ending
    maker: str = ""
