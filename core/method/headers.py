"""What an SQL file says of itself, for readers: its header as text and columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core import models
from core.method.thresholds import sql_file

_KEY = re.compile(r"-- [a-z]+:")
_COLUMN = re.compile(r"--   (\w+) +(\S+) +(\S.*)")


@dataclass(frozen=True)
class Header:
    """An SQL file: its path, description, grain, columns and whole text.

    ``columns`` are (name, type, meaning).
    """

    path: str
    description: str
    grain: tuple[str, ...]
    columns: tuple[tuple[str, str, str], ...]
    text: str


def header(name: str) -> Header:
    """Return what the file of the model ``name`` says; KeyError for no such model."""
    model = models.read()[name]
    words: list[str] = []
    columns: list[tuple[str, str, str]] = []
    has_keys = False
    for line in model.text.splitlines():
        if not line.startswith("--"):
            break
        has_keys = has_keys or bool(_KEY.match(line))
        if not has_keys:
            words.append(line[3:])
        elif match := _COLUMN.fullmatch(line):
            columns.append((match[1], match[2], match[3]))
    return Header(
        path=sql_file(name),
        description=" ".join(words),
        grain=model.grain,
        columns=tuple(columns),
        text=model.text,
    )
