"""How each figure of a story is computed, in the words of the method."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.i18n import text
from core.method import texts
from core.method.figures import FIGURES
from core.rules import DEFAULTS, Rules
from core.story.model import Story
from core.takeaway import fitting

OF_STEP: Mapping[str, tuple[str, ...]] = {
    "verdict": ("company_verdict",),
    "adoption": ("active_days", "actions", "evolution"),
    "profiles": ("profiles", "verdicts"),
    "pyramid": ("pyramid", "shapes"),
    "symptoms": ("symptoms",),
    "campaign": ("to_call", "converted", "roi"),
    "score": ("score_usage",),
}
"""The figures of the method that a step of the story rests on."""
_LONGEST_LINE = 165
_SENTENCE = re.compile(r"(?<=[.;]) ")


@dataclass(frozen=True)
class Definition:
    """What a figure is: its name, how it is computed, and what it leaves out."""

    code: str
    name: str
    formula: str
    excluded: str


def of(
    codes: Iterable[str], language: str, rules: Rules = DEFAULTS
) -> list[Definition]:
    """Return the definitions of figures, each once, in their order."""
    return [
        Definition(
            code,
            *(
                texts.written(FIGURES[code], part, language, rules)
                for part in ("name", "formula", "excluded")
            ),
        )
        for code in dict.fromkeys(codes)
    ]


def of_story(story: Story, rules: Rules = DEFAULTS) -> list[Definition]:
    """Return the definitions of all that a story tells."""
    codes = [code for step in story.steps for code in OF_STEP.get(step.code, ())]
    return of(codes, story.language, rules)


def _line(formula: str) -> str:
    """Return the first sentences of a formula, as many as a line holds."""
    said, *others = _SENTENCE.split(formula.replace("**", "").replace("\n", " "))
    for other in others:
        if len(said) + len(other) >= _LONGEST_LINE:
            break
        said += " " + other
    return fitting.shortened(said, _LONGEST_LINE)


def lines(story: Story, rules: Rules = DEFAULTS) -> list[tuple[str, str]]:
    """Return (figure, formula) in a line each, for the last slide."""
    colon = text("common.colon", story.language)
    found = []
    for one in of_story(story, rules):
        found.append((one.name + colon, _line(one.formula)))
    return found
