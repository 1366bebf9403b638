"""What a base should reach, and when its calls fall."""

from __future__ import annotations

import math

import pytest

from core import pyramid


def test_contacts_of_today_want_their_calls_too() -> None:
    # 14 692 contacts where 14 530 are asked: 2 calls each, less what is held.
    contacts, calls = pyramid.reachable(5812, (5812.0, 14692.0))
    assert (contacts, calls) == (14692, 29384)
    assert calls - 28512 == pyramid.missing_calls(14692, 28512) == 872


def test_fewer_contacts_than_asked_are_to_be_found_first() -> None:
    assert pyramid.reachable(1000, (1000.0, 1800.0)) == (2500, 5000)


def test_half_the_accounts_keep_half_the_contacts() -> None:
    contacts, _ = pyramid.reachable(500, (1000.0, 4000.0))
    assert contacts == 2000
    assert pyramid.reachable(500, (0.0, 0.0)) == (1250, 2500)


@pytest.mark.parametrize(
    ("ratios", "fell"),
    [
        ([2.7, 2.4, 1.9], (2.7, 1.9)),
        ([2.0, 1.71], None),
        ([2.0, 1.7], (2.0, 1.7)),
        ([1.9, 2.7], None),
        ([math.nan, 2.0, 1.0], (2.0, 1.0)),
        ([2.0], None),
        ([], None),
    ],
)
def test_calls_fall_from_fifteen_percent_on(
    ratios: list[float], fell: tuple[float, float] | None
) -> None:
    assert pyramid.fall(ratios) == fell
