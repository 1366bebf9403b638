"""The families of mailing tools and the six tools: what each does, since when known."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from core.rules import Rules

FILE = Path(__file__).with_name("tools.toml")
Status = Literal["seen", "told", "belief"]


@dataclass(frozen=True)
class Family:
    """A family of tools; ``rank`` is its place from the lightest, from 0."""

    name: str
    rank: int
    cost: int
    skill: int


@dataclass(frozen=True)
class Fact:
    """One thing known of a tool: where from, and when it was true ("" is not known).

    ``level`` is what the tool does for sure, ``maybe`` what it may do by its offer.
    ``number`` counts mails or people, ``each`` "day" or "month"; ``rule`` is the code
    of the limit that holds the number instead.
    """

    name: str
    status: Status
    as_of: str
    source: str = ""
    level: int = 0
    maybe: int = -1
    number: int | None = None
    each: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Tool:
    """One tool; ``own_crm`` names the CRM that it brings with it."""

    name: str
    family: Family
    facts: Mapping[str, Fact]
    own_crm: str = ""

    def daily(self, rules: Rules) -> int | None:
        """Return the most mails a day, None where no such limit is known."""
        fact = self.facts.get("day")
        return None if fact is None else int(rules[fact.rule])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def families() -> dict[str, Family]:
    """Return the families by name, the lightest first."""
    entries = _read()["family"].items()
    return {
        name: Family(name, rank, **entry) for rank, (name, entry) in enumerate(entries)
    }


@cache
def tools() -> dict[str, Tool]:
    """Return the tools by name, those of the lightest family first."""
    found = {}
    for name, entry in _read()["tool"].items():
        facts = {code: Fact(code, **fact) for code, fact in entry["facts"].items()}
        family = families()[entry["family"]]
        found[name] = Tool(name, family, facts, entry.get("own_crm", ""))
    return found


def daily_limits(rules: Rules) -> dict[str, int | None]:
    """Return each tool's mails a day, None where no such limit is known."""
    return {name: tool.daily(rules) for name, tool in tools().items()}
