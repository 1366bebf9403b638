"""A strip of dots: one a person, in the lane of the answer, the median where it is."""

from __future__ import annotations

import base64
import re

import pytest

from core.charts.dots import strip
from core.charts.tokens import LIGHT


def drawn(image: str) -> str:
    found = re.search(r"base64,([^\"]+)", image)
    assert found
    return base64.b64decode(found[1]).decode()


@pytest.mark.parametrize(
    "counts",
    [(0, 0, 0, 0), (1, 0, 0, 2), (3, 4, 4, 1), (0, 50, 0, 0), (25, 25, 25, 25)],
)
def test_each_person_is_one_dot_of_the_right_lane(counts: tuple[int, ...]) -> None:
    svg = drawn(strip(counts, None, LIGHT, alt="words"))
    height = float(re.findall(r'viewBox="0 0 400 (\d+)"', svg)[0]) - 9
    places = [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)h0", svg)]
    assert len(set(places)) == sum(counts)
    lanes = [int(x // 100) for x, _ in places]
    assert [lanes.count(lane) for lane in range(4)] == list(counts)
    assert all(2 < x % 100 < 98 and 0 < y < height for x, y in places)


@pytest.mark.parametrize(("median", "place"), [(0.0, 50), (1.5, 200), (3.0, 350)])
def test_the_median_stands_between_answers(median: float, place: int) -> None:
    svg = drawn(strip((1, 1, 1, 1), median, LIGHT, alt="words"))
    assert svg.count(f"M{place} ") == 2
