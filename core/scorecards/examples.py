"""The scorecards that we ship: the reference of the method, and three of the demo."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

from core.i18n import text
from core.score_usage import KEYS, Action, Answer, Binding, Sheet
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


def add_launched(board: Board, period: tuple[date, date]) -> None:
    """Add every example to the demo's board, as launched in the demo company.

    What was launched is bound to the exports, whose days are ``period``, with the
    version kept on the day of the launch.
    """
    every = tomllib.loads(_FILE.read_text("utf-8"))
    for code, feature_id in zip(every, add(board, *every), strict=True):
        launch = every[code].get("launch")
        if launch is None:
            continue
        values = every[code]["values"]
        _answer(board, feature_id, launch.get("values", values))
        day = period[0] + timedelta(
            days=int((period[1] - period[0]).days * launch["at"])
        )
        moment = datetime.combine(day, time(8), tzinfo=UTC)
        words = text("score.example.launch", board.language)
        board.keep(feature_id, words, int(moment.timestamp()))
        _answer(board, feature_id, values)
        bound = (launch.get("scope", "all"), launch.get("group", ""))
        board.bind(feature_id, Binding(launch["kind"], day, *bound))


def _answer(board: Board, feature_id: str, values: list[int]) -> None:
    present = board.card(feature_id).sheet.values
    for key, value in zip(KEYS, values, strict=True):
        if present[key] != value:
            board.answer(feature_id, key, value)
