"""The scoring counts what is wrong: a report made of the truth, then spoilt."""

from __future__ import annotations

from typing import Any

import pytest

from tests.truth.company import Company
from tests.truth.generate import generate
from tests.truth.scoring import SYMPTOMS, Score


@pytest.fixture(scope="module")
def company() -> Company:
    return generate("healthy", 0)


def told(company: Company) -> dict[str, Any]:
    """A report that says the truth, and no more."""
    fine = {"idle": "watch", "healthy": "healthy", None: "watch"}
    return {
        "users": [
            {
                "user_id": user_id,
                "state": truth.state,
                "profile": truth.profile,
                "profile_confidence": 0.9,
                "verdict": fine[truth.health],
                "verdict_rule": "any",
            }
            for user_id, truth in company.truth.items()
        ],
        "symptoms": [
            {
                "code": code,
                "present": code in company.plan.symptoms,
                "confidence": "high",
                "evidence": [],
                "counter_evidence": [],
            }
            for code in SYMPTOMS
        ],
    }


def test_the_truth_has_full_marks(company: Company) -> None:
    score = Score()
    score.add(company, told(company))
    assert not score.misses
    assert (score.macro_f1, score.state_accuracy, score.right) == (1.0, 1.0, 1)


def test_a_profile_taken_for_another_lowers_both(company: Company) -> None:
    found, score = told(company), Score()
    user = next(u for u in found["users"] if u["profile"] == "occasional")
    user["profile"] = "field"
    score.add(company, found)
    assert [m.what for m in score.misses] == ["profile"]
    assert score.macro_f1 < 1


def test_idle_and_healthy_are_counted_apart(company: Company) -> None:
    found, score = told(company), Score()
    healths = {user_id: t.health for user_id, t in company.truth.items()}
    for user in found["users"]:
        swapped = {"idle": "healthy", "healthy": "at_risk", None: "watch"}
        user["verdict"] = swapped[healths[user["user_id"]]]
    score.add(company, found)
    assert score.called("idle", "healthy") == score.called("healthy", "at_risk") == 1
    assert {m.what for m in score.misses} == {"verdict"}


def test_one_symptom_too_many_makes_a_company_wrong(company: Company) -> None:
    found, score = told(company), Score()
    found["symptoms"][0]["present"] = True
    score.add(company, found)
    assert (score.right, [m.who for m in score.misses]) == (0, [SYMPTOMS[0]])


def test_silence_on_a_symptom_is_no_right_answer(company: Company) -> None:
    found, score = told(company), Score()
    found["symptoms"] = None
    score.add(company, found)
    assert len(score.misses) == len(SYMPTOMS)


def test_two_months_ask_for_not_enough_data() -> None:
    young, score = generate("two_months", 0), Score()
    score.add(young, told(young))
    assert [m.what for m in score.misses] == ["symptom"] * len(SYMPTOMS)
