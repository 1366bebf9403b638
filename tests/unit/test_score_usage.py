"""The mark, the verdict, the risks, several raters, and what would lift a mark."""

from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import LANGUAGES, text
from core.rules import DEFAULTS, Rules
from core.score_usage import (
    CRITERIA,
    GATES,
    KEYS,
    MEASURES,
    VALUES,
    Sheet,
    Spread,
    clean_line,
    clean_text,
    closed_gates,
    high_risks,
    lift,
    mark,
    risks,
    state,
)
from core.scorecards import examples

ANSWERS = st.fixed_dictionaries({key: st.sampled_from(VALUES) for key in KEYS})
PARTIAL = st.fixed_dictionaries({key: st.sampled_from((None, *VALUES)) for key in KEYS})


def by_hand(total: Fraction) -> float:
    """Return total ÷ 30 × 10 to one decimal, halves up, in whole tenths."""
    tenths = total * 100 / 30
    return float(Fraction((tenths + Fraction(1, 2)).__floor__(), 10))


def of_total(total: int) -> dict[str, int]:
    """Return answers whose sum is ``total``."""
    full, rest = divmod(total, 3)
    return {
        key: 3 if place < full else rest if place == full else 0
        for place, key in enumerate(KEYS)
    }


def test_the_letters_spell_the_name() -> None:
    assert "".join(one.letter for one in CRITERIA) == "SCOREUSAGE"
    assert len(set(KEYS)) == 10


def test_the_31_possible_marks() -> None:
    marks = [mark(of_total(total)) for total in range(31)]
    written = [0.0, 0.3, 0.7, 1.0, 1.3, 1.7, 2.0, 2.3, 2.7, 3.0]
    assert marks[:10] == written
    assert marks == [by_hand(Fraction(total)) for total in range(31)]
    assert len(set(marks)) == 31
    assert (marks[0], marks[18], marks[30]) == (0.0, 6.0, 10.0)


@given(ANSWERS)
def test_the_mark_follows_from_the_sum(answers: dict[str, int]) -> None:
    assert mark(answers) == by_hand(Fraction(sum(answers.values())))


@given(PARTIAL)
def test_no_mark_while_an_answer_is_missing(answers: dict[str, int | None]) -> None:
    assert (mark(answers) is None) == (None in answers.values())


@given(ANSWERS, st.sampled_from(KEYS))
def test_a_better_answer_never_lowers_the_mark(
    answers: dict[str, int], key: str
) -> None:
    before, after = mark(answers), mark({**answers, key: 3})
    assert before is not None
    assert after is not None
    assert after >= before


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (10.0, "healthy"),
        (7.7, "healthy"),
        (7.5, "healthy"),
        (7.3, "watch"),
        (5.0, "watch"),
        (4.7, "sick"),
        (0.0, "sick"),
        (None, "not_enough_data"),
    ],
)
def test_what_a_mark_announces(found: float | None, expected: str) -> None:
    assert state(found, DEFAULTS) == expected


def test_the_limits_are_the_workspace_s() -> None:
    strict = Rules({"score.mark.likely": 9, "score.mark.uncertain": 6})
    assert [state(found, strict) for found in (9.0, 8.0, 5.0)] == [
        "healthy",
        "watch",
        "sick",
    ]


@given(PARTIAL)
def test_risks_are_worst_first(answers: dict[str, int | None]) -> None:
    found = risks(answers)
    values = [answers[key] for key in found]
    assert values == sorted(values)
    assert set(found) == {key for key in KEYS if answers[key] in (0, 1)}
    assert high_risks(answers) == tuple(k for k in KEYS if answers[k] == 0)
    assert found[: len(high_risks(answers))] == high_risks(answers)


def test_gates_are_outside_the_mark() -> None:
    assert closed_gates({"works": False, "trained": None}) == ("works",)
    assert closed_gates({"works": True, "trained": True}) == ()
    assert Sheet(name="x", trained=False).closed_gates == ("trained",)


@given(st.lists(st.sampled_from(VALUES), max_size=7))
def test_several_raters(given_: list[int]) -> None:
    found = Spread.of([given_.count(value) for value in VALUES])
    assert found.raters == sum(found.counts) == len(given_)
    if not given_:
        assert (found.median, found.width) == (None, 0)
        return
    assert found.median == statistics.median(given_)
    assert found.width == max(given_) - min(given_)


@given(ANSWERS)
def test_steps_lift_the_mark_and_take_high_risks_first(answers: dict[str, int]) -> None:
    steps = lift(answers, DEFAULTS)
    raised = dict(answers)
    for step in steps:
        assert answers[step.key] == step.before < step.after
        raised[step.key] = step.after
        assert mark(raised) == step.mark
    if set(answers.values()) == {3}:
        assert steps == ()
    else:
        assert 0 < len(steps) <= 3
    high = len(high_risks(answers))
    assert all(step.before == 0 for step in steps[:high])


def test_the_cheapest_is_raised_first() -> None:
    answers = dict.fromkeys(KEYS, 3) | {"synergie": 1, "apparence": 1, "ergonomie": 1}
    assert [step.key for step in lift(answers, DEFAULTS)] == [
        "apparence",
        "synergie",
        "ergonomie",
    ]
    dearer = Rules({"score.work.apparence": 5})
    assert lift(answers, dearer)[-1].key == "apparence"
    assert lift({**answers, "groupe": None}, DEFAULTS) == ()


def test_the_reference_has_its_risks_where_the_method_says() -> None:
    sheet = examples.sheet(examples.REFERENCE, "fr")
    assert {key for key in KEYS if (sheet.values[key] or 0) <= 1} == {
        "synergie",
        "obligation",
        "apparence",
        "groupe",
    }
    assert sheet.mark == 6.0
    assert sheet.high_risks == ("synergie", "obligation", "apparence")
    marks = {code: examples.sheet(code, "en").mark for code in examples.codes()}
    assert marks == {
        "gateway": 6.0,
        "social_link": 8.0,
        "visit_report": 6.3,
        "interest_form": 4.3,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_criterion_is_told(language: str) -> None:
    parts = ("name", "question", "help", "risky", "safe")
    for key in KEYS:
        measures = [f"measure.{number}" for number in MEASURES]
        said = [text(f"score.{key}.{part}", language) for part in (*parts, *measures)]
        assert len(set(said)) == len(said)
        assert text(f"score.example.gateway.note.{key}", language)
    for gate in GATES:
        assert text(f"score.gate.{gate}.shut", language)


@given(st.text(max_size=300))
def test_cleaned_text_is_clean_for_good(words: str) -> None:
    once = clean_text(words)
    assert clean_text(once) == once
    assert not {"\x00", "\r", "\t", "\x1b", "\ud800"} & set(once)
    line = clean_line(words)
    assert clean_line(line) == line
    assert "\n" not in line
    assert len(line) <= 120
