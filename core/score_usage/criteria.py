"""The ten criteria in the order of the name, the four answers and the two gates.

Texts are in the catalogue under ``score.<key>``: ``name``, ``question``, ``help``,
``risky`` and ``safe`` (an example of each), and ``measure.<1..3>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Gate = Literal["works", "trained"]


@dataclass(frozen=True)
class Criterion:
    """One of the ten: ``letter`` is its place in S C O R E, U S A G E."""

    key: str
    letter: str


CRITERIA: tuple[Criterion, ...] = (
    Criterion("synergie", "S"),
    Criterion("contexte", "C"),
    Criterion("obligation", "O"),
    Criterion("reconnaissance", "R"),
    Criterion("ergonomie", "E"),
    Criterion("unitaire", "U"),
    Criterion("stabilite", "S"),
    Criterion("apparence", "A"),
    Criterion("groupe", "G"),
    Criterion("emblee", "E"),
)
KEYS: tuple[str, ...] = tuple(criterion.key for criterion in CRITERIA)
VALUES: tuple[int, ...] = (0, 1, 2, 3)
"""High risk, rather risky, rather safe, no risk: texts ``score.answer.<value>``."""
BEST = VALUES[-1]
GATES: tuple[Gate, ...] = ("works", "trained")
"""The function works; its training is suited and led by somebody experienced."""
MEASURES: tuple[int, ...] = (1, 2, 3)
"""The counter-measures proposed for each criterion."""
