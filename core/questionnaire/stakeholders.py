"""Who stands where, in six classes, and whom to meet first.

Support and opposition go from 0 to 3, each for itself: somebody may want the project
and fear it. The first line that is true names the class.

    torn       support >= 2 and opposition >= 2
    opponent   opposition >= 2
    engine     support = 3
    ally       support = 2
    hesitant   support = 1, or opposition = 1
    passive    neither

Whom to meet first: the weight of the class (`WEIGHTS`) times the influence, plus one
where an engine or an ally works in the same department; opponents come last whatever
their influence, because time spent on them is taken from those who can still be won.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.questionnaire.model import Placement, Stakeholder

CLASSES = ("engine", "ally", "hesitant", "torn", "passive", "opponent")
WEIGHTS = {
    "hesitant": 3,
    "torn": 2,
    "ally": 2,
    "engine": 1,
    "passive": 1,
    "opponent": 0,
}
"""How much a meeting can change, by class."""
_HELPERS = ("engine", "ally")
_HALF, _ALL = 2, 3


@dataclass(frozen=True)
class Standing:
    """Somebody where they stand now, and where they stood before, if elsewhere.

    ``helpers`` counts the engines and allies of the same department, themselves apart;
    ``order`` is the rank in which to meet them, 1 first.
    """

    who: Stakeholder
    code: str
    now: Placement
    before: Placement | None
    helpers: int
    order: int = 0


def classify(support: int, opposition: int) -> str:
    """Return the class of a place on the map."""
    if opposition >= _HALF:
        return "torn" if support >= _HALF else "opponent"
    if support == _ALL:
        return "engine"
    if support == _HALF:
        return "ally"
    return "hesitant" if support or opposition else "passive"


def standings(people: Iterable[Stakeholder]) -> list[Standing]:
    """Return where each stands, in the order in which to meet them."""
    placed = [one for one in people if one.placements]
    codes = {one.stakeholder_id: _code(one.placements[-1]) for one in placed}
    found = []
    for one in placed:
        helpers = sum(
            other.department == one.department
            and other.stakeholder_id != one.stakeholder_id
            and codes[other.stakeholder_id] in _HELPERS
            for other in placed
        )
        now = one.placements[-1]
        moved = [p for p in one.placements[:-1] if _spot(p) != _spot(now)]
        before = moved[-1] if moved else None
        found.append(Standing(one, codes[one.stakeholder_id], now, before, helpers))
    ranked = sorted(found, key=_rank)
    return [
        Standing(one.who, one.code, one.now, one.before, one.helpers, order)
        for order, one in enumerate(ranked, start=1)
    ]


def priority(one: Standing) -> int:
    """Return what decides the order: the higher, the sooner."""
    return WEIGHTS[one.code] * one.who.influence + (one.helpers > 0)


def _rank(one: Standing) -> tuple[bool, int, int, str]:
    last = one.code == "opponent"
    return last, -priority(one), -one.who.influence, one.who.name.casefold()


def _code(place: Placement) -> str:
    return classify(place.support, place.opposition)


def _spot(place: Placement) -> tuple[int, int]:
    return place.support, place.opposition
