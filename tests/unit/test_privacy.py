"""Pseudonyms, and groups that tell on nobody."""

from __future__ import annotations

import itertools
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import privacy
from core.errors import InvalidSetting
from core.privacy import Gate, by_group, hidden, pseudonyms, suppress

K = 8


def test_pseudonyms_are_short_and_the_keys_own() -> None:
    found = pseudonyms(["ana@x.fr", "bob@x.fr"], b"k" * 32)
    assert found == pseudonyms(["bob@x.fr", "ana@x.fr"], b"k" * 32)
    assert all(len(name) == 6 and name.startswith("U-") for name in found.values())
    assert found != pseudonyms(["ana@x.fr", "bob@x.fr"], b"l" * 32)


def test_pseudonyms_tell_everyone_apart() -> None:
    found = pseudonyms((f"005{n:015}" for n in range(25_000)), b"k" * 32)
    assert len(set(found.values())) == 25_000


def test_pseudonyms_cannot_be_guessed_without_the_key() -> None:
    people = [f"u{n}" for n in range(1000)]
    shown = set(pseudonyms(people, b"secret" * 8).values())
    guessed = set(pseudonyms(people, b"guess" * 8).values())
    # Four letters of 32: a thousand in a million meet about once, by chance.
    assert len(shown & guessed) < 10


@pytest.mark.parametrize("k", [4, 1, 0, -1])
def test_the_threshold_has_a_floor(k: int) -> None:
    with pytest.raises(InvalidSetting):
        privacy.threshold(k)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([8, 9], set()),
        ([7, 8, 9], {0, 1}),
        ([3, 4, 9, 20], {0, 1, 2}),
        ([4, 4, 20], {0, 1}),
        ([7], {0}),
        ([3, 4], {0, 1}),
        ([0, 8], set()),
        ([0, 3, 8, 9], {1, 2}),
        ([], set()),
    ],
)
def test_what_stays_hidden(sizes: list[int], expected: set[int]) -> None:
    assert hidden(sizes, K) == expected


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(5, 12))
def test_what_is_hidden_of_a_total_is_never_few(sizes: list[int], k: int) -> None:
    found = hidden(sizes, k)
    shown = [size for n, size in enumerate(sizes) if n not in found]
    assert all(size == 0 or size >= k for size in shown)
    if found and any(shown):
        assert len(found) >= 2
        assert sum(sizes[n] for n in found) >= k


def test_suppressed_rows_are_empty_and_say_so() -> None:
    frame = pd.DataFrame(
        {
            "month": ["2026-01"] * 3 + ["2026-02"] * 3,
            "team": ["A", "B", None] * 2,
            "people": [3, 9, 30, 8, 9, 30],
            "actions": [1, 2, 3, 4, 5, 6],
            "label": list("abcdef"),
        }
    )
    found = suppress(frame, "people", ["month"], ["team"], K)
    assert found["is_suppressed"].tolist() == [True, True] + [False] * 4
    assert found["actions"].isna().tolist() == found["is_suppressed"].tolist()
    assert found["people"].isna().tolist() == found["is_suppressed"].tolist()
    assert found["label"].isna().tolist() == found["is_suppressed"].tolist()
    assert found["team"].iloc[0] == "A"
    assert frame["actions"].tolist() == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(("size", "is_allowed"), [(7, False), (8, True), (9, True)])
def test_the_gate_at_the_threshold(size: int, is_allowed: bool) -> None:
    assert Gate(K).allows(map(str, range(size))) is is_allowed


@pytest.mark.parametrize(
    ("less", "is_allowed"), [(0, True), (1, False), (7, False), (8, True)]
)
def test_the_gate_compares_with_what_was_shown(less: int, is_allowed: bool) -> None:
    for first, second in itertools.permutations([range(40), range(40 - less)]):
        gate = Gate(K)
        assert gate.allows(map(str, first))
        assert gate.allows(map(str, second)) is is_allowed
        assert gate.allows(map(str, first))


def population(seed: int) -> pd.DataFrame:
    """Fifty people (as many as a float tells apart) with three uneven traits."""
    draw = random.Random(seed)
    return pd.DataFrame(
        {
            "user_id": [f"u{n}" for n in range(50)],
            "team": draw.choices("ABCDEF", [9, 5, 4, 3, 2, 1], k=50),
            "profile": draw.choices(["connected", "field", "rare"], [5, 4, 1], k=50),
            "region": draw.choices(["north", "south", "east"], [4, 3, 2], k=50),
            "actions": [2**n for n in range(50)],  # a sum tells who is in it
        }
    )


def selections(frame: pd.DataFrame, draw: random.Random) -> list[frozenset[str]]:
    """Every group that two filters, or "all but one", can make, in random order."""
    found = {frozenset(frame["user_id"])}
    traits = ["team", "profile", "region"]
    parts = {
        trait: [set(part["user_id"]) for _, part in frame.groupby(trait)]
        for trait in traits
    }
    everybody = set(frame["user_id"])
    for trait in traits:
        parts[trait] += [everybody - part for part in parts[trait]]
        found |= {frozenset(part) for part in parts[trait]}
    for one, other in itertools.combinations(traits, 2):
        for first, second in itertools.product(parts[one], parts[other]):
            found.add(frozenset(first & second))
    groups = sorted(found, key=sorted)
    draw.shuffle(groups)
    return groups


def exposed(shown: list[frozenset[str]], k: int) -> set[str]:
    """Return who is known by subtracting one shown group from another."""
    found: set[str] = set()
    for one, other in itertools.permutations(shown, 2):
        if one < other and len(other - one) < k:
            found |= other - one
    return found | {name for group in shown if 0 < len(group) < k for name in group}


def test_without_a_gate_people_are_exposed() -> None:
    frame = population(1)
    shown = [g for g in selections(frame, random.Random(1)) if len(g) >= K]
    assert len(exposed(shown, K)) > 25


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([5, 8, 10]))
def test_nobody_is_exposed_by_filters(seed: int, k: int) -> None:
    frame = population(seed)
    gate = Gate(k)
    groups = selections(frame, random.Random(seed))
    shown = [group for group in groups if group and gate.allows(group)]
    assert shown
    assert exposed(shown, k) == set()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([5, 8, 10]))
def test_nobody_is_exposed_by_tables(seed: int, k: int) -> None:
    """Read the groups back from the figures shown, with the totals, and subtract."""
    frame = population(seed)
    gate = Gate(k)
    total = int(frame["actions"].sum())
    shown = {total}
    for by in ("team", "profile", "region"):
        rows = by_group(frame, by, {"actions": ("actions", "sum")}, gate=gate)
        visible = rows[~rows["is_suppressed"]]
        figures = [int(value) for value in visible["actions"]]
        shown |= set(figures) | {total - sum(figures)}
        assert rows[rows["is_suppressed"]]["actions"].isna().all()
    members = [
        frozenset(f"u{n}" for n in range(50) if figure >> n & 1) for figure in shown
    ]
    assert exposed([group for group in members if group], k) == set()


def test_by_group_without_a_gate_shows_all() -> None:
    frame = pd.DataFrame(
        {"user_id": list("abc"), "team": ["x", "x", None], "n": [1, 2, 3]}
    )
    rows = by_group(frame, "team", {"n": ("n", "sum"), "most": ("n", "max")})
    assert rows["people"].tolist() == [2, 1]
    assert rows["n"].tolist() == [3, 3]
    assert not rows["is_suppressed"].any()
