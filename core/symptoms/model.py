"""What a symptom is: present or not, how sure, and the figures that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Code = Literal[
    "buried_alive",
    "abandoned_novelty",
    "gaulish_village",
    "procrastination",
    "blunted_tool",
]
CODES: tuple[Code, ...] = (
    "buried_alive",
    "abandoned_novelty",
    "gaulish_village",
    "procrastination",
    "blunted_tool",
)
Confidence = Literal["high", "medium", "low", "not_enough_data"]
State = Literal["sick", "watch", "healthy", "not_enough_data"]
# Beliefs: from how many people, and how far beyond its threshold, a figure is sure.
SURE_PEOPLE, FEW_PEOPLE = 20, 10
SURE_MARGIN, THIN_MARGIN = 0.25, 0.08


@dataclass(frozen=True)
class Fact:
    """One figure that speaks for or against a symptom.

    Its sentence is ``symptom.fact.<figure>`` with {value}, {threshold} and ``values``.
    ``unit`` is that of both: percent (0..1), points (0..1), ratio, people, teams,
    weeks, months, calendar_days or none. ``value`` None is not known, or not shown.
    """

    figure: str
    value: float | None
    threshold: float | None = None
    unit: str = "percent"
    values: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def seen(self) -> tuple[tuple[str, float], ...]:
        """Return the first and the last month measured, each with its share, or ()."""
        if "end_share" not in self.values:
            return ()
        return tuple(
            (str(self.values[f"{end}_month"]), float(self.values[f"{end}_share"]))
            for end in ("start", "end")
        )


@dataclass(frozen=True)
class Symptom:
    """One symptom of a company or a team.

    ``state`` is watch when the figures come close without crossing the line.
    ``severity`` is 0 (nothing) to 1. ``subject`` says what it is about: a ``kind`` or
    a ``team``. ``missing`` are the objects to export when it cannot be told, or fields
    of them (``user.last_login_at``).
    """

    code: Code
    present: bool
    confidence: Confidence
    state: State
    severity: float
    evidence: tuple[Fact, ...] = ()
    counter_evidence: tuple[Fact, ...] = ()
    subject: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def lead(self) -> Fact | None:
        """Return the fact that decides: the first of the evidence."""
        return self.evidence[0] if self.evidence else None


def unknown(
    code: Code, missing: Iterable[str] = (), evidence: Iterable[Fact] = ()
) -> Symptom:
    """Return a symptom that the data cannot tell."""
    return Symptom(
        code,
        present=False,
        confidence="not_enough_data",
        state="not_enough_data",
        severity=0.0,
        evidence=tuple(evidence),
        missing=tuple(missing),
    )


def confidence(margin: float, people: int, *, doubts: int = 0) -> Confidence:
    """Return how sure a finding is.

    ``margin`` is how far beyond its threshold the figure is, as a part of it;
    ``people`` how many it rests on; ``doubts`` what is missing or speaks against.
    """
    if people < FEW_PEOPLE or margin < THIN_MARGIN:
        doubts += 1
    elif people < SURE_PEOPLE or margin < SURE_MARGIN:
        return "medium" if doubts == 0 else "low"
    return "high" if doubts == 0 else "medium" if doubts == 1 else "low"


def found(
    code: Code,
    *,
    present: bool,
    near: bool,
    margin: float,
    people: int,
    doubts: int = 0,
    evidence: Iterable[Fact] = (),
    counter_evidence: Iterable[Fact] = (),
    subject: Mapping[str, str] | None = None,
    missing: Iterable[str] = (),
) -> Symptom:
    """Return a symptom that could be judged; the arguments are those of `Symptom`.

    ``near`` tells that it is worth a look though not present; see `confidence` for
    ``margin``, positive on either side of the line.
    """
    size = min(1.0, max(0.0, margin))
    severity = 0.5 + 0.5 * size if present else 0.35 if near else 0.0
    return Symptom(
        code,
        present=present,
        confidence=confidence(size, people, doubts=doubts),
        state="sick" if present else "watch" if near else "healthy",
        severity=round(severity, 3),
        evidence=tuple(evidence),
        counter_evidence=tuple(counter_evidence),
        subject=dict(subject or {}),
        missing=tuple(missing),
    )
