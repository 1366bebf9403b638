"""The statistics behind the rules, against values worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.symptoms import statistics

SHARES = st.floats(0, 1)


def test_slope_is_the_middle_one() -> None:
    assert statistics.slope([0, 1, 2, 3], [1, 3, 5, 7]) == 2
    # One odd month does not move it.
    assert statistics.slope([0, 1, 2, 3, 4], [4, 3, 9, 1, 0]) == pytest.approx(-1)
    assert statistics.slope([1], [1]) == 0
    assert statistics.slope([1, 1], [1, 2]) == 0


def test_falling_of_a_steady_fall() -> None:
    # Six falling values: S = -15, variance 28.33; (15 - 1) / 5.32 = 2.63.
    assert statistics.falling([6, 5, 4, 3, 2, 1]) == pytest.approx(0.0043, abs=2e-4)
    assert statistics.falling([1, 2, 3, 4, 5, 6]) == 1.0
    assert statistics.falling([3, 2, 1]) == 1.0
    assert statistics.falling([2, 2, 2, 2, 2]) == 1.0


@given(st.lists(SHARES, min_size=4, max_size=20))
def test_falling_is_a_chance(values: list[float]) -> None:
    assert 0 <= statistics.falling(values) <= 1
    assert statistics.falling(sorted(values)) == 1.0


def test_fewer_is_fishers() -> None:
    # The lady tasting tea: 1 of 4 against 3 of 4, 17 ways of 70.
    assert statistics.fewer(1, 4, 3, 4) == pytest.approx(17 / 70)
    assert statistics.fewer(0, 4, 4, 4) == pytest.approx(1 / 70)
    assert statistics.fewer(0, 0, 3, 4) == 1.0
    assert statistics.fewer(4, 4, 4, 4) == pytest.approx(1.0)


def test_fewer_of_many_agrees_with_the_exact_one() -> None:
    exact = statistics.fewer(70, 195, 90, 200)
    near = statistics.fewer(74, 206, 93, 207)
    assert near == pytest.approx(exact, abs=0.01)
    assert statistics.fewer(300, 300, 300, 300) == 1.0
