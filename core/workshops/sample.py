"""A workshop that was played for the demo: nobody's answers, and nothing is written."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from core.score_usage import KEYS, VALUES, Spread
from core.workshops.model import Present, Round, Standing

_FILE = Path(__file__).with_name("sample.toml")


@cache
def voting() -> Standing:
    """Return the played workshop in the middle of its first vote."""
    played = tomllib.loads(_FILE.read_text("utf-8"))
    done, entry = played["so_far"], played["rounds"][0]
    spreads = {}
    for place, key in enumerate(KEYS):
        given = [v for v, count in zip(entry[key], done, strict=True) if place < count]
        spreads[key] = Spread.of([given.count(str(value)) for value in VALUES])
    people = map(Present, played["names"], done)
    return Standing(tuple(people), (Round(1, spreads, people=len(done)),))


@cache
def standing(last: int) -> Standing:
    """Return the played workshop up to round ``last``, 1 or 2."""
    played = tomllib.loads(_FILE.read_text("utf-8"))
    entries = played["rounds"][:last]
    rounds = []
    for place, entry in enumerate(entries):
        before = entries[place - 1] if place else entry
        rounds.append(
            Round(
                number=place + 1,
                spreads={
                    key: Spread.of([entry[key].count(str(v)) for v in VALUES])
                    for key in KEYS
                },
                people=len(played["names"]),
                changed=sum(
                    new != old
                    for key in KEYS
                    for new, old in zip(entry[key], before[key], strict=True)
                ),
            )
        )
    people = tuple(Present(name, len(KEYS)) for name in played["names"])
    return Standing(people, tuple(rounds))
