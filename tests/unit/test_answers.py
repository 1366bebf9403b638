"""Answers: computed once, bounded in number and in bytes, forgotten on an error."""

from __future__ import annotations

import pytest

from core.answers import Answers


def test_an_answer_is_computed_once() -> None:
    asked: list[int] = []
    answers: Answers[int] = Answers(2)
    for _ in range(3):
        assert answers.get("a", lambda: asked.append(1) or len(asked)) == 1
    assert asked == [1]


def test_the_oldest_goes_first() -> None:
    answers: Answers[str] = Answers(2)
    for key in ("a", "b", "a", "c"):
        answers.get(key, lambda key=key: key)
    assert len(answers) == 2
    assert answers.get("a", lambda: "again") == "a"
    assert answers.get("b", lambda: "again") == "again"


def test_bytes_are_bounded_and_each_answer_is_weighed_once() -> None:
    weighed: list[str] = []

    def weigh(answer: str) -> int:
        weighed.append(answer)
        return len(answer)

    answers: Answers[str] = Answers(100, 10, weigh)
    for key in "abcdef":
        answers.get(key, lambda key=key: key * 4)
    assert weighed == [key * 4 for key in "abcdef"]
    assert len(answers) == 2
    answers.get("large", lambda: "x" * 50)
    assert len(answers) == 1
    answers.forget("large")
    for key in "gh":
        answers.get(key, lambda key=key: key * 4)
    assert len(answers) == 2


def test_an_error_is_not_kept() -> None:
    answers: Answers[int] = Answers(2)
    with pytest.raises(ZeroDivisionError):
        answers.get("a", lambda: 1 // 0)
    assert answers.get("a", lambda: 7) == 7
