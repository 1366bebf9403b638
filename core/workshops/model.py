"""What a workshop is made of, as its pages and routes are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core.score_usage import Spread

Phase = Literal["open", "frozen", "closed"]
Code = Literal[
    "saved",
    "missing",
    "expired",
    "closed",
    "full",
    "frozen",
    "late",
    "stranger",
    "wrong",
]
"""What a participant is told: ``late`` is an answer to a round that is over."""
LONGEST_NAME = 40
MOST_ROUNDS = 9


@dataclass(frozen=True)
class Terms:
    """How a workshop is opened; ``is_hidden`` keeps its answers until the freeze."""

    hours: int
    most_people: int
    is_named: bool
    is_hidden: bool = True


@dataclass(frozen=True)
class Workshop:
    """A workshop as it stands; moments are seconds since 1970.

    It is over for the phones from ``expires_at``, whatever its phase.
    """

    workshop_id: str
    feature_id: str
    phase: Phase
    round_number: int
    terms: Terms
    opened_at: int
    expires_at: int
    is_expired: bool
    has_link: bool
    version: int | None

    @property
    def takes_answers(self) -> bool:
        """Whether somebody's answer would be kept now."""
        return self.phase == "open" and not self.is_expired


@dataclass(frozen=True)
class Present:
    """A participant: the first name given, if any, and how many criteria are done."""

    name: str
    answered: int


@dataclass(frozen=True)
class Round:
    """The answers of one round by criterion, without who gave them.

    ``people`` answered at least once; ``changed`` are the answers unlike the round
    before.
    """

    number: int
    spreads: Mapping[str, Spread]
    people: int
    changed: int = 0

    @property
    def answers(self) -> int:
        """How many answers were given."""
        return sum(spread.raters for spread in self.spreads.values())


@dataclass(frozen=True)
class Standing:
    """Everything the facilitator's screen shows; the latest round is the last."""

    people: tuple[Present, ...]
    rounds: tuple[Round, ...]


@dataclass(frozen=True)
class Seat:
    """What a participant's phone shows: their own answers, and nobody else's."""

    code: Literal["open", "frozen"]
    round_number: int
    answers: Mapping[str, int]
