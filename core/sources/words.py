"""The meaning of words inside cells: value maps, as words.toml states them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.sources.vendor import key, spaced

FILE = Path(__file__).with_name("words.toml")


@dataclass(frozen=True)
class Words:
    """One value map."""

    codes: Mapping[str, str]
    words: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    otherwise: str | None

    def value(self, text: str) -> str | None:
        """Return what a cell means, or None when the map does not know it."""
        bare = text.strip()
        if not bare:
            return None
        found = self.codes.get(bare) or self.words.get(key(bare))
        if found:
            return found
        plain = spaced(bare)
        for pattern, value in self.patterns:
            if pattern.search(plain):
                return value
        return self.otherwise


@cache
def tables() -> Mapping[str, Words]:
    """Return every value map by name."""
    with FILE.open("rb") as file:
        entries = tomllib.load(file)
    return {
        name: Words(
            codes={
                code: value
                for value, codes in entry.get("codes", {}).items()
                for code in codes
            },
            words={
                key(word): value
                for value, words in entry.get("words", {}).items()
                for word in words
            },
            patterns=tuple(
                (re.compile(pattern), value)
                for value, patterns in entry.get("patterns", {}).items()
                for pattern in patterns
            ),
            otherwise=entry.get("otherwise"),
        )
        for name, entry in entries.items()
    }


def table(name: str) -> Words:
    """Return a value map by name; KeyError when there is none."""
    return tables()[name]
