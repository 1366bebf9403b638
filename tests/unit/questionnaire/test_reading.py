"""Marks, consensus and contradictions, against figures counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.questionnaire import reading, signals
from core.questionnaire.model import Noted
from core.questionnaire.questions import Question
from core.questionnaire.reading import Answer
from core.questionnaire.signals import Signal, high_level, low_level
from core.rules import DEFAULTS

DAY = date(2026, 10, 31)
ASKED = (
    Question("a", "sales", "daily", 3, signal="gateway"),
    Question("b", "sales", "daily", 1),
    Question("c", "it", "tool", 2),
    Question("d", "it", "tool", 2, is_hidden=True),
)


def levels(**by_question: str) -> dict[tuple[str, str], Answer]:
    """Return answers written "1,3": one an interview, in order."""
    return {
        (f"i{place}", code): Answer(level=value)
        for code, values in by_question.items()
        for place, value in enumerate(values.split(","))
        if value
    }


def test_the_latest_line_of_each_part_counts() -> None:
    lines = [
        Noted(3, "i", "a", "level", "2", "y", 30),
        Noted(1, "i", "a", "level", "0", "x", 10),
        Noted(2, "i", "a", "comment", "entendu", "x", 20),
        Noted(4, "i", "b", "level", "", "x", 40),
    ]
    found = reading.answers(lines)
    assert found["i", "a"] == Answer("2", "entendu", "", "y", 30)
    assert not found["i", "b"].is_given


def test_marks_by_hand() -> None:
    given_ = levels(a="0,1,3", b="3,na", c="unknown")
    found = reading.results(ASKED, given_, {}, DEFAULTS)
    assert [one.question.code for one in found] == ["a", "b", "c"]
    assert [one.level for one in found] == [1.0, 3.0, None]
    assert [one.disagrees for one in found] == [True, False, False]
    marks = reading.by_process(found, DEFAULTS)
    # Daily: weights 3 and 1, answers 1 and 3 of 3: 10 x (3/3 + 3/3) / 4 = 5.
    assert marks["daily"].value == pytest.approx(5.0)
    assert marks["daily"].state == "watch"
    assert (marks["daily"].answered, marks["daily"].asked) == (2, 2)
    # Nobody knows: answered, and no mark.
    assert (marks["tool"].value, marks["tool"].answered) == (None, 1)
    assert marks["tool"].state == "not_enough_data"
    assert reading.mark(found, DEFAULTS).value == pytest.approx(5.0)
    assert reading.weakest(marks) == "daily"
    assert [one.question.code for one in reading.risks(found)] == ["a"]
    assert [one.question.code for one in reading.strengths(found)] == ["b"]


def test_an_even_number_of_interviews_meets_half_way() -> None:
    (one, *_) = reading.results(ASKED, levels(a="1,2"), {}, DEFAULTS)
    assert (one.level, one.lowest, one.highest) == (1.5, 1, 2)
    assert not one.is_weak


def test_no_answer_is_no_mark() -> None:
    found = reading.results(ASKED, {}, {}, DEFAULTS)
    assert reading.mark(found, DEFAULTS).value is None
    assert reading.weakest(reading.by_process(found, DEFAULTS)) is None


@pytest.mark.parametrize(
    ("answer", "suggested", "expected"),
    [
        ("3", 1, True),
        ("3", 2, False),
        ("0", 2, True),
        ("1", 1, False),
        ("na", 0, False),
    ],
)
def test_a_gap_of_two_answers_contradicts(
    answer: str, suggested: int, expected: bool
) -> None:
    told = {"gateway": Signal("gateway", suggested, DAY, "day", "practices", 0.5)}
    (one, *_) = reading.results(ASKED, levels(a=answer), told, DEFAULTS)
    assert one.contradicts is expected
    if answer == "3":
        assert one.is_strong is not expected


def test_suggestions_at_their_limits() -> None:
    assert [high_level(v, 0.6, 0.3) for v in (0.6, 0.59, 0.3, 0.29, 0.15, 0.14)] == [
        *(3, 2, 2, 1, 1, 0)
    ]
    assert [low_level(v, 0.1, 0.3) for v in (0.09, 0.1, 0.29, 0.3, 0.64, 0.66)] == [
        *(3, 2, 2, 1, 1, 0)
    ]


@given(st.floats(0, 1), st.floats(0, 1))
def test_suggestions_never_turn_round(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert high_level(low, 0.8, 0.5) <= high_level(high, 0.8, 0.5)
    assert low_level(low, 0.1, 0.3) >= low_level(high, 0.1, 0.3)


def test_one_resumes_after_the_last_question_noted() -> None:
    asked = ASKED[:3]
    lines = [Noted(1, "i", "b", "level", "2", "x", 1)]
    given_ = {("i", "b"): Answer(level="2")}
    assert reading.next_question(asked, given_, "i", lines) == "c"
    given_["i", "c"] = Answer(level="unknown")
    assert reading.next_question(asked, given_, "i", lines) == "a"
    given_["i", "a"] = Answer(level="0")
    assert reading.next_question(asked, given_, "i", lines) == "a"
    assert reading.next_question(asked, given_, "new", lines) == "a"
    hidden = tuple(replace(one, is_hidden=True) for one in asked)
    assert reading.next_question(hidden, given_, "i", lines) is None


def test_no_workspace_says_nothing() -> None:
    assert signals.read(None) == {}
