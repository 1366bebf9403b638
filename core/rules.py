"""Every limit that an administrator may change: its default, its range, its source.

``core/rules.toml`` holds them by group; a workspace keeps only those it changed. What
a rule decides is the text ``limit.<code>``, which shows ``{value}``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core.errors import InvalidSetting
from core.i18n import formats, plural

FILE = Path(__file__).with_name("rules.toml")
OURS = "ours"


@dataclass(frozen=True)
class Rule:
    """One limit; ``code`` is ``<group>.<name>``, as ``symptom.blunted_tool.fall``.

    ``low`` and ``high`` bound what may be chosen, in ``unit``; ``origin`` is the code
    of the source of the default, or OURS; ``step`` that of the number box.
    """

    code: str
    default: float
    low: float
    high: float
    unit: str
    origin: str = OURS
    step: float = 1

    @property
    def group(self) -> str:
        """Return what the limit belongs to, as ``rhythm.field``."""
        return self.code.rpartition(".")[0]

    @property
    def name(self) -> str:
        """Return its name in the group."""
        return self.code.rpartition(".")[2]


def shown(value: float, unit: str, language: str) -> str:
    """Return a limit with its unit, as the reader writes it: "60 %", "2,5 jours"."""
    figure = 100 * value if unit in ("points", "percent") else value
    digits = 0 if float(round(figure, 6)).is_integer() else 1
    if unit == "percent":
        return formats.percent(value, language, digits=digits)
    if unit == "ratio":
        return formats.number(figure, language, digits=digits)
    return plural(f"unit.{unit}", figure, language, digits=digits)


@dataclass(frozen=True)
class Rhythm:
    """What is expected of a profile, in days active per week of five expected days.

    ``low`` and ``high`` are the normal rhythm; under ``healthy`` it is worth a look,
    under ``alarm`` it is a risk.
    """

    low: float
    high: float
    healthy: float
    alarm: float


def _walk(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Rule]:
    for name, entry in table.items():
        if "default" in entry:
            yield Rule(code=".".join((*path, name)), **entry)
        else:
            yield from _walk(entry, (*path, name))


RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rule in _walk(tomllib.loads(FILE.read_text("utf-8")), ())}
)
"""Every rule by its code, in the order of the file."""


class Rules(Mapping[str, float]):
    """The limits in force in a workspace, by code; equal when their values are."""

    def __init__(self, changed: Mapping[str, float] | None = None) -> None:
        """Take the defaults, and what was ``changed`` of them.

        A code that no longer exists is left out: the workspace was set by an earlier
        release. Raises InvalidSetting for a value out of its range.
        """
        kept = {c: float(v) for c, v in (changed or {}).items() if c in RULES}
        for code, value in kept.items():
            if not RULES[code].low <= value <= RULES[code].high:
                raise InvalidSetting(setting=code, value=value)
        self.key = tuple(
            sorted((c, v) for c, v in kept.items() if v != RULES[c].default)
        )
        self._values = {c: kept.get(c, rule.default) for c, rule in RULES.items()}

    @classmethod
    def of(cls, changed: Mapping[str, float]) -> Rules:
        """Return the rules of a workspace that keeps ``changed``."""
        return _rules(tuple(sorted(changed.items())))

    def __getitem__(self, code: str) -> float:
        """Return the limit in force."""
        return self._values[code]

    def __iter__(self) -> Iterator[str]:
        """Go through the codes."""
        return iter(self._values)

    def __len__(self) -> int:
        """Count the rules."""
        return len(self._values)

    def __hash__(self) -> int:
        """Hash what differs from the defaults."""
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        """Tell whether the same limits are in force."""
        return isinstance(other, Rules) and self.key == other.key

    def rhythm(self, profile: str) -> Rhythm:
        """Return what is expected of a profile."""
        names = ("low", "high", "healthy", "alarm")
        return Rhythm(*(self[f"rhythm.{profile}.{name}"] for name in names))


@lru_cache(64)
def _rules(changed: tuple[tuple[str, float], ...]) -> Rules:
    return Rules(dict(changed))


DEFAULTS = Rules()
"""The rules of a workspace that changed none."""
