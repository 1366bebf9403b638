"""Who has which profile, and how many of them keep its rhythm."""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import formats, plural
from core.profiles import PROFILES
from core.rules import Rules
from core.scene import Scene

UNKNOWN = "unclassified"


@dataclass(frozen=True)
class Part:
    """One profile's people; ``judged`` of them have a verdict, ``in_range`` keep pace.

    All None where only teams are shown and they are too few.
    """

    people: int | None
    judged: int | None = None
    in_range: int | None = None


def parts(one: Scene) -> dict[str, Part]:
    """Return the people of each profile there is, and of none (``unclassified``)."""
    groups = one.groups("profile")
    found = {}
    for code in (*PROFILES, UNKNOWN):
        mine = groups[groups["profile"].fillna(UNKNOWN) == code]
        if not len(mine):
            continue
        row = mine.iloc[0]
        if row["is_suppressed"]:
            found[code] = Part(None)
            continue
        people = int(row["people"])
        found[code] = Part(people, int(row["judged"]), int(row["in_range"]))
    return found


def title(one: Scene) -> str:
    """Return the answer: how many people have which profile."""
    spoken = one.visit.language
    counts = [
        plural(f"page.profiles.count.{code}", part.people, spoken)
        for code, part in parts(one).items()
        if part.people
    ]
    if not counts:
        return one.visit.text("page.profiles.title_hidden")
    listed = formats.listing(counts, spoken)
    return one.visit.text("page.profiles.title", counts=listed)


def expected_days(one: Scene, profile: str, working_days: int) -> tuple[int, int]:
    """Return the active days expected of a profile in a month of so many days."""
    rhythm = Rules.of(one.workspace.settings.rules).rhythm(profile)
    weeks = working_days / 5
    return round(rhythm.healthy * weeks), round(rhythm.high * weeks)
