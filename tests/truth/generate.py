"""Companies whose truth nobody could argue about."""

from __future__ import annotations

from tests.truth.company import Company, draw
from tests.truth.signs import clear


def generate(kind: str, seed: int) -> Company:
    """Return a company; the same kind and seed always give the same."""
    for attempt in range(20):
        company = draw(kind, seed, attempt)
        if clear(company):
            return company
    raise AssertionError(f"no {kind} of seed {seed} is clear")
