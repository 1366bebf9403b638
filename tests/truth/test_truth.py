"""Companies of known truth, through the import and the report.

The recipes stand in `tests.truth.kinds`; nothing of the product's rules is known to
them. ``python -m tests.truth --seeds 20`` tries many more and prints every miss.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.truth.generate import generate
from tests.truth.kinds import KINDS
from tests.truth.scoring import Score, score

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

# A company takes four seconds: one seed of a third of the kinds here, each another one,
# limits being those of all their people. The command tries every kind, with as many
# seeds as asked.
LEFT_OUT = {"growing", "small_trial", "two_teams", "abandoned_type"}
LEFT_OUT |= {"village_and_novelty", "novelty_and_decay", "novelty_in_use"}
LEFT_OUT |= {"december", "slight_decline", "heavy_start", "august", "activities_only"}
LEFT_OUT |= {"very_small"}
SUITE = {
    kind: range(seed, seed + 1)
    for seed, kind in enumerate(KINDS)
    if kind not in LEFT_OUT
}


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Score:
    return score(SUITE, tmp_path_factory.mktemp("truth"), generate)


def misses(scored: Score, what: str) -> str:
    return "\n".join(str(m) for m in scored.misses if m.what == what)


def test_profiles_are_known_from_the_rhythm(scored: Score) -> None:
    assert sum(scored.profiles.values()) > 150
    assert scored.macro_f1 >= 0.97, misses(scored, "profile")


def test_states_are_right(scored: Score) -> None:
    assert {state for state, _ in scored.states} == {
        *("active", "new", "dormant", "left", "never_activated", "absent"),
        "integration",
    }
    assert scored.state_accuracy >= 0.98, misses(scored, "state")


def test_nobody_healthy_is_called_at_risk(scored: Score) -> None:
    assert scored.called("healthy", "at_risk") <= 0.01, misses(scored, "verdict")
    assert scored.called("healthy", "healthy") >= 0.9


def test_nobody_idle_is_called_healthy(scored: Score) -> None:
    assert sum(n for (true, _), n in scored.verdicts.items() if true == "idle") > 10
    assert scored.called("idle", "healthy") <= 0.01, misses(scored, "verdict")


@pytest.mark.parametrize("kind", SUITE)
def test_symptoms_are_exactly_those_of_the_company(scored: Score, kind: str) -> None:
    wrong = [m for m in scored.misses if m.what == "symptom" and m.company == kind]
    assert not wrong, "\n".join(map(str, wrong))


def test_every_company_was_tried(scored: Score) -> None:
    assert scored.companies == sum(len(seeds) for seeds in SUITE.values())


def test_the_same_seed_gives_the_same_company(tmp_path: Path) -> None:
    once, again = (generate("very_small", 3) for _ in range(2))
    for name, table in once.tables.items():
        assert table.equals(again.tables[name])
    assert not generate("very_small", 4).tables["User"].equals(once.tables["User"])
