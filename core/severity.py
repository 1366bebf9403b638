"""How far use has worn away, and where: the sentence of the blunted tool.

Shares go in, a sentence comes out; nothing here reads data. All limits are beliefs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.sentences import Sentence

Grade = Literal["erosion", "collapse", "stopped"]

# A loss of so many points (0..1) is no slow decay any more.
COLLAPSE = 0.40
# Nearly nobody comes: so little is left of the days expected.
NEARLY_NONE = 0.25
# What is said of one, two or three teams; of more, the matter is the company's.
IN_TEAMS = tuple(f"headline.symptom.blunted_tool_in_{count}" for count in (1, 2, 3))


@dataclass(frozen=True)
class Erosion:
    """What was measured of a use that wears away: the first month and the last.

    ``first`` and ``last`` are shares (0..1). ``teams`` are those that hold most of the
    people below their rhythm and lost as much themselves, worst first.
    """

    first: float
    last: float
    teams: tuple[str, ...] = ()


def grade(found: Erosion, *, keeps_pace: bool) -> Grade:
    """Return how grave an erosion is.

    ``keeps_pace`` tells that half the people still keep the rhythm of their profile:
    whoever is expected once a week may come seldom and not have stopped.
    """
    if found.last <= NEARLY_NONE and not keeps_pace:
        return "stopped"
    return "collapse" if round(found.first - found.last, 4) >= COLLAPSE else "erosion"


def sentence(
    found: Erosion | None, *, team: str = "", keeps_pace: bool = True
) -> Sentence:
    """Return what is said of the company, or of the ``team`` that was chosen."""
    how = "erosion" if found is None else grade(found, keeps_pace=keeps_pace)
    if team:
        return Sentence(f"headline.team.{how}", None, {"team": team})
    if found is not None and 0 < len(found.teams) <= len(IN_TEAMS):
        key = IN_TEAMS[len(found.teams) - 1]
        return Sentence(key, None, {"teams": found.teams})
    if how == "erosion":
        return Sentence("headline.symptom.blunted_tool")
    return Sentence("headline.symptom.blunted_tool_fast")
