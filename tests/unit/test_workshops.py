"""What a room agrees on, against quartiles and medians worked out by another way."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import DEFAULTS, Rules
from core.score_usage import KEYS, Spread
from core.ui.views import workshop_link
from core.web.pace import Pace
from core.workshops import results, sample
from core.workshops.agreement import (
    agreements,
    is_split,
    quartile_distance,
    retained,
)
from core.workshops.model import Round

COUNTS = st.lists(st.integers(0, 30), min_size=4, max_size=4)


def given_by(counts: list[int]) -> list[int]:
    return [value for value, count in enumerate(counts) for _ in range(count)]


@given(COUNTS)
def test_median_and_quartiles_are_those_of_numpy(counts: list[int]) -> None:
    every = given_by(counts)
    spread = Spread.of(counts)
    if not every:
        assert spread.median is None
        assert quartile_distance(counts) == 0
        assert retained(counts) is None
        return
    assert spread.median == np.median(every)
    low, high = np.percentile(every, [25, 75])
    assert quartile_distance(counts) == pytest.approx(high - low)
    kept = retained(counts)
    # Half of the room, at least, sees the risk that is retained or a worse one.
    assert kept in every
    assert Fraction(sum(value <= kept for value in every), len(every)) >= Fraction(1, 2)


@pytest.mark.parametrize(
    ("counts", "split"),
    [
        ([0, 0, 0, 0], False),
        ([0, 0, 0, 12], False),
        ([1, 0, 0, 1], True),  # both ends, however many stand between
        ([1, 9, 9, 1], True),  # one of twenty at each end
        ([1, 9, 10, 1], False),  # one of twenty-one
        ([1, 1, 10, 38], False),  # one voice of fifty
        ([3, 22, 22, 3], True),
        ([0, 6, 0, 6], True),  # no end is given twice, the middle half is 2 wide
        ([0, 6, 6, 0], False),
        ([4, 4, 4, 0], True),  # quartiles 0 and 2 (ranks 3.75 and 9.25 of 12)
        ([1, 10, 1, 0], False),
    ],
)
def test_where_the_room_disagrees(counts: list[int], split: bool) -> None:
    assert is_split(counts, DEFAULTS) is split


def test_an_administrator_sets_what_disagreement_is() -> None:
    stricter = Rules({"score.workshop.ends": 0.3, "score.workshop.distance": 3})
    assert not is_split([1, 9, 9, 1], stricter)
    assert not is_split([0, 6, 0, 6], stricter)
    assert is_split([2, 0, 0, 2], stricter)


def test_the_widest_spread_comes_first() -> None:
    counts = dict.fromkeys(KEYS, [0, 0, 4, 0])
    counts |= {"groupe": [1, 4, 4, 1], "obligation": [0, 5, 0, 5]}
    counts |= {"emblee": [0, 0, 5, 5], "contexte": [0, 1, 8, 1]}
    found = agreements({key: Spread.of(counts[key]) for key in KEYS}, DEFAULTS)
    order = [one.key for one in found]
    assert order[:4] == ["obligation", "groupe", "emblee", "contexte"]
    assert order[4:] == [key for key in KEYS if key not in order[:4]]
    assert [one.is_split for one in found] == [True, True, *[False] * 8]


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(KEYS, COUNTS)), max_size=3))
def test_rounds_come_back_from_a_version(played: list[dict[str, list[int]]]) -> None:
    rounds = tuple(
        Round(
            number,
            {key: Spread.of(counts[key]) for key in KEYS},
            people=7,
            changed=number,
        )
        for number, counts in enumerate(played, start=1)
    )
    assert results.read({"workshop": results.written(rounds)}) == rounds
    assert results.read({"name": "a version without a workshop"}) == ()


def test_the_played_workshop_tells_something() -> None:
    first, second = sample.standing(2).rounds
    assert sample.standing(1).rounds == (first,)
    assert [first.people, len(sample.standing(1).people)] == [12, 12]
    assert all(spread.raters == 12 for spread in second.spreads.values())
    before = {one.key for one in agreements(first.spreads, DEFAULTS) if one.is_split}
    after = {one.key for one in agreements(second.spreads, DEFAULTS) if one.is_split}
    assert before == {"synergie", "obligation", "groupe"}
    assert after == set()
    assert (first.changed, second.changed) == (0, 13)


def test_pace_lets_a_burst_pass_then_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = 100.0
    monkeypatch.setattr("core.web.pace.time.monotonic", lambda: clock)
    pace = Pace(burst=3, rate=2)
    assert [pace.allows("a") for _ in range(4)] == [True, True, True, False]
    assert pace.allows("b")
    clock += 0.5
    assert [pace.allows("a"), pace.allows("a")] == [True, False]


@pytest.mark.parametrize(
    ("link", "alone"),
    [
        ("http://localhost:8501/w/x", True),
        ("http://127.0.0.1/w/x", True),
        ("http://[::1]:80/w/x", True),
        ("http://192.168.1.20:8501/w/x", False),
        ("https://crm.example.fr/w/x", False),
    ],
)
def test_a_link_that_no_phone_can_follow(link: str, alone: bool) -> None:
    assert workshop_link.only_here(link) is alone


def test_the_code_says_the_link() -> None:
    image = workshop_link.code("https://crm.example.fr/w/" + "a" * 27, "QR")
    assert image.startswith('<img class="qr" alt="QR" src="data:image/svg+xml;base64,')
