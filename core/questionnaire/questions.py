"""The questions of an audit: those shipped, as a workspace words and orders them.

A shipped question that was changed can always be had back: only what was changed is
kept. ``fully`` is the good answer to every question.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import InvalidSetting
from core.i18n import text

FILE = Path(__file__).with_name("questions.toml")
PROCESSES = (
    *("choice", "sponsorship", "launch", "training", "daily", "rituals"),
    *("collaboration", "data", "tool", "evolution", "rewards"),
)
"""The themes of the audit, in the order in which they are asked."""
DEPARTMENTS = (
    *("management", "managers", "sales", "marketing", "support", "it", "finance"),
    "hr",
)
"""Who can answer a question."""
PARTS = ("ask", "hint", "do")
WEIGHTS = (1, 2, 3)
MOST_OWN = 200
_OWN = "added_"
_LONGEST = 400


@dataclass(frozen=True)
class Question:
    """One question; ``words`` are what a workspace wrote instead of ours.

    ``words`` maps a language to ask, hint and do. ``signal`` is the figure that speaks
    of it, ``symptoms`` those it speaks to. ``place`` orders the questions of a process.
    """

    code: str
    department: str
    process: str
    weight: int = 1
    symptoms: tuple[str, ...] = ()
    signal: str | None = None
    place: float = 0.0
    is_hidden: bool = False
    is_changed: bool = False
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        """Whether the workspace added it."""
        return self.code.startswith(_OWN)

    def said(self, part: str, language: str) -> str:
        """Return ask, hint or do in ``language``.

        Words of the workspace that exist in another language only are given in it.
        """
        mine = self.words.get(language, {}).get(part, "")
        if mine:
            return mine
        if not self.is_own:
            return text(f"audit.question.{self.code}.{part}", language)
        return next((w[part] for w in self.words.values() if w.get(part)), "")


@cache
def shipped() -> dict[str, Question]:
    """Return the questions of the product by code, in the order of the file."""
    found = {}
    for place, (code, entry) in enumerate(tomllib.loads(FILE.read_text()).items()):
        entry["symptoms"] = tuple(entry.get("symptoms", ()))
        found[code] = Question(code=code, place=float(place), **entry)
    return found


def with_edits(edits: Mapping[str, Mapping[str, Any]]) -> tuple[Question, ...]:
    """Return every question, hidden ones too, as ``edits`` change and order them."""
    every = dict(shipped())
    for code, content in edits.items():
        known = every.get(code)
        if known is None and code.startswith(_OWN):
            known = Question(code, DEPARTMENTS[0], PROCESSES[0], place=float("inf"))
        if known is not None:
            kept = {k: v for k, v in content.items() if k in _CHANGEABLE}
            every[code] = replace(known, is_changed=True, **kept)

    def rank(one: Question) -> tuple[int, float]:
        return PROCESSES.index(one.process), one.place

    return tuple(sorted(every.values(), key=rank))


def of_symptom(code: str) -> list[Question]:
    """Return the questions shipped that speak to a symptom, most telling first.

    Those that speak to it before others, then those that weigh most.
    """
    found = [one for one in shipped().values() if code in one.symptoms]
    return sorted(found, key=lambda one: (one.symptoms.index(code), -one.weight))


_CHANGEABLE = ("department", "process", "weight", "place", "is_hidden", "words")


def new_code() -> str:
    """Return the code of a question that a workspace adds."""
    return f"{_OWN}{uuid.uuid4().hex[:12]}"


def checked(code: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a change fit to be kept, or raise InvalidSetting for the first wrong."""
    found: dict[str, Any] = {}
    for name, known in (("department", DEPARTMENTS), ("process", PROCESSES)):
        if name in content:
            if content[name] not in known:
                raise InvalidSetting(setting=name, value=str(content[name])[:40])
            found[name] = content[name]
    if "weight" in content:
        if content["weight"] not in WEIGHTS:
            raise InvalidSetting(setting="weight", value=content["weight"])
        found["weight"] = content["weight"]
    if "place" in content:
        found["place"] = float(content["place"])
    if "is_hidden" in content:
        found["is_hidden"] = content["is_hidden"] is True
    if "words" in content:
        found["words"] = _words(content["words"])
    asks = any(one.get("ask") for one in found.get("words", {}).values())
    if code.startswith(_OWN) and not asks:
        raise InvalidSetting(setting="question", value="")
    return found


def _words(written: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for language, parts in written.items():
        clean = {
            part: re.sub(r"\s+", " ", str(parts.get(part) or "")).strip()[:_LONGEST]
            for part in PARTS
        }
        kept = {part: said for part, said in clean.items() if said}
        if kept:
            found[language] = kept
    return found
