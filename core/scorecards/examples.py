"""The scorecards that we ship: the reference of the method, and three of the demo."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType

from core.i18n import text
from core.score_usage import KEYS, Action, Answer, Sheet
from core.scorecards.board import Board

REFERENCE = "gateway"
_FILE = Path(__file__).with_name("examples.toml")


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the examples, the reference first."""
    return tuple(tomllib.loads(_FILE.read_text("utf-8")))


def sheet(code: str, language: str) -> Sheet:
    """Return an example without the notes that the catalogue holds."""
    entry = tomllib.loads(_FILE.read_text("utf-8"))[code]
    values = zip(KEYS, entry["values"], strict=True)
    return Sheet(
        name=text(f"score.example.{code}.name", language),
        effort=entry["effort"],
        answers=MappingProxyType({key: Answer(value) for key, value in values}),
        works=entry["works"],
        trained=entry["trained"],
        actions=tuple(Action(key, measure) for key, measure in entry["plan"]),
    )


def add(board: Board, *chosen: str) -> list[str]:
    """Add examples to a board; return their identifiers."""
    return [board.create(sheet(code, board.language), example=code) for code in chosen]
