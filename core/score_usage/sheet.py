"""A scorecard as it stands at one moment: everything that is kept and given away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from core.score_usage.criteria import GATES, KEYS
from core.score_usage.marks import answered, closed_gates, high_risks, mark, risks
from core.score_usage.retro import Binding, Outcome

LONGEST_NAME = 120
LONGEST_NOTE = 2000
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_text(words: str, longest: int = LONGEST_NOTE) -> str:
    """Return what somebody wrote: composed, no control signs, at most ``longest``."""
    lines = unicodedata.normalize("NFC", words).replace("\r\n", "\n")
    lines = lines.replace("\r", "\n").replace("\t", " ")
    return _NOT_TEXT.sub("", lines).strip()[:longest].strip()


def clean_line(words: str, longest: int = LONGEST_NAME) -> str:
    """Return what somebody wrote as one line without stray spaces."""
    return clean_text(" ".join(clean_text(words, longest).split()), longest)


@dataclass(frozen=True)
class Answer:
    """The answer to one criterion, 0 to 3 or not given yet, and the note beside it."""

    value: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Action:
    """A line of the plan: a counter-measure, who does it, until when, and whether done.

    ``measure`` is the number of the counter-measure proposed, whose words are then in
    the catalogue; 0 when ``words`` were written by hand.
    """

    criterion: str
    measure: int = 0
    words: str = ""
    owner: str = ""
    due_day: date | None = None
    is_done: bool = False
    action_id: str = field(default="", compare=False)


def _no_answers() -> Mapping[str, Answer]:
    return MappingProxyType({key: Answer() for key in KEYS})


@dataclass(frozen=True)
class Sheet:
    """One function of the CRM with its ten answers, two gates and plan.

    ``effort`` to put it in place is 1 to 5, or not said. A gate is open, shut, or not
    answered (None). ``binding`` is what tells of its use in the exports; ``outcome`` is
    what was measured of it, by who hands the sheet on: it is kept with no sheet.
    """

    name: str
    description: str = ""
    effort: int | None = None
    answers: Mapping[str, Answer] = field(default_factory=_no_answers)
    works: bool | None = None
    trained: bool | None = None
    actions: tuple[Action, ...] = ()
    binding: Binding | None = None
    outcome: Outcome | None = field(default=None, compare=False)

    @property
    def values(self) -> dict[str, int | None]:
        """The answer to each criterion."""
        return {key: self.answers[key].value for key in KEYS}

    @property
    def mark(self) -> float | None:
        """The mark out of 10, None while an answer is missing."""
        return mark(self.values)

    @property
    def answered(self) -> int:
        """How many criteria have an answer."""
        return answered(self.values)

    @property
    def risks(self) -> tuple[str, ...]:
        """The criteria at risk, worst first."""
        return risks(self.values)

    @property
    def high_risks(self) -> tuple[str, ...]:
        """The criteria at high risk."""
        return high_risks(self.values)

    @property
    def gates(self) -> dict[str, bool | None]:
        """The answer to each gate."""
        return {gate: getattr(self, gate) for gate in GATES}

    @property
    def closed_gates(self) -> tuple[str, ...]:
        """The gates that are shut."""
        return closed_gates(self.gates)
