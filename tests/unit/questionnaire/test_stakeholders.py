"""Six classes on sixteen places, and an order that never begins with opponents."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.questionnaire.model import Placement, Stakeholder
from core.questionnaire.rights import can_note, can_see_map
from core.questionnaire.stakeholders import CLASSES, classify, priority, standings

DAY = date(2026, 11, 12)
# Rows from strong opposition down to none; columns from no support to full.
MAP = (
    ("opponent", "opponent", "torn", "torn"),
    ("opponent", "opponent", "torn", "torn"),
    ("hesitant", "hesitant", "ally", "engine"),
    ("passive", "hesitant", "ally", "engine"),
)


def somebody(
    key: str,
    support: int,
    opposition: int,
    influence: int = 2,
    department: str = "sales",
    *earlier: tuple[int, int],
) -> Stakeholder:
    spots = [*earlier, (support, opposition)]
    places = tuple(
        Placement(s, o, DAY + timedelta(days=n)) for n, (s, o) in enumerate(spots)
    )
    return Stakeholder(key, key, "person", department, influence, places)


def test_every_place_has_the_class_of_the_map() -> None:
    found = tuple(
        tuple(classify(support, opposition) for support in range(4))
        for opposition in (3, 2, 1, 0)
    )
    assert found == MAP
    assert {code for row in MAP for code in row} == set(CLASSES)


def test_order_by_hand() -> None:
    people = [
        somebody("opponent", 0, 3, 3),
        somebody("hesitant", 1, 0, 3),
        somebody("helped", 1, 1, 3, "it"),
        somebody("engine", 3, 0, 3, "it"),
        somebody("ally", 2, 0, 2, "finance"),
        somebody("passive", 0, 0, 1, "finance"),
    ]
    found = standings(people)
    order = [one.who.name for one in found]
    # 3 x 3 + 1, 3 x 3, 2 x 2, 1 x 3, 1 x 1 + 1, then the opponent.
    assert order == ["helped", "hesitant", "ally", "engine", "passive", "opponent"]
    assert [priority(one) for one in found] == [10, 9, 4, 3, 2, 0]
    assert [one.order for one in found] == [1, 2, 3, 4, 5, 6]
    assert found[0].helpers == 1


def test_the_former_place_is_the_last_that_differs() -> None:
    moved, still, unplaced = (
        somebody("moved", 2, 0, 1, "it", (0, 3), (1, 1), (2, 0)),
        somebody("still", 1, 1, 1, "it", (1, 1)),
        Stakeholder("none", "none", "group", "it", 1, ()),
    )
    found = {one.who.name: one for one in standings([moved, still, unplaced])}
    assert set(found) == {"moved", "still"}
    before = found["moved"].before
    assert before is not None
    assert (before.support, before.opposition) == (1, 1)
    assert found["still"].before is None


PEOPLE = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 3)), max_size=12
)


@given(PEOPLE)
def test_opponents_are_always_last(rows: list[tuple[int, int, int]]) -> None:
    people = [somebody(f"p{n}", *row) for n, row in enumerate(rows)]
    found = standings(people)
    is_opponent = [one.code == "opponent" for one in found]
    assert is_opponent == sorted(is_opponent)
    others = [priority(one) for one in found if one.code != "opponent"]
    assert others == sorted(others, reverse=True)


def test_only_administrators_and_consultants_see_the_map() -> None:
    roles = ("admin", "consultant", "director", "marketing", "viewer")
    assert [can_see_map(role, is_demo=False) for role in roles] == [
        *(True, True, False, False, False)
    ]
    assert [can_note(role, is_demo=False) for role in roles] == [
        *(True, True, False, False, False)
    ]
    assert can_see_map("director", is_demo=True)
