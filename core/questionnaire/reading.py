"""From answers to marks, strengths, risks, disagreements and contradictions.

The answer to a question is the median of those of the interviews. A mark is
10 x sum(weight x answer / 3) / sum(weight) over the questions with an answer: what
nobody knows, or does not apply, counts for nothing, neither does what was not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from core.questionnaire.model import ERASED, LEVELS, NOT_APPLICABLE, UNKNOWN, Noted
from core.questionnaire.questions import PROCESSES, Question
from core.questionnaire.signals import Signal
from core.rules import Rules

HIGHEST = 3
_WEAK, _STRONG = 1, 3


@dataclass(frozen=True)
class Answer:
    """What one interview answered to one question; parts not noted are empty.

    ``level`` is one of LEVELS, NOT_APPLICABLE, UNKNOWN or ERASED; ``who`` and ``at``
    are those of the last line noted.
    """

    level: str = ERASED
    comment: str = ""
    evidence: str = ""
    who: str = ""
    at: int = 0

    @property
    def is_given(self) -> bool:
        """Whether the question was answered, were it by "not applicable"."""
        return self.level != ERASED


def answers(notes: Iterable[Noted]) -> dict[tuple[str, str], Answer]:
    """Return the answer of each (interview, question): the latest line of each part."""
    parts: dict[tuple[str, str], dict[str, str]] = {}
    last: dict[tuple[str, str], Noted] = {}
    for line in sorted(notes, key=lambda one: one.number):
        key = line.interview_id, line.question
        parts.setdefault(key, {})[line.part] = line.value
        last[key] = line
    return {
        key: Answer(**found, who=last[key].who, at=last[key].at)
        for key, found in parts.items()
    }


@dataclass(frozen=True)
class Result:
    """One question: the consensus of its interviews, beside what the data say.

    ``level`` is the median, 0 to 3 (halves are possible), None without a level;
    ``lowest`` and ``highest`` bound it; ``given`` counts the answers, ``levels`` those
    that count in the mark, ``counts`` those of each level, the weakest first.
    """

    question: Question
    given: int
    levels: int
    level: float | None
    lowest: int
    highest: int
    counts: tuple[int, ...]
    comments: tuple[str, ...]
    evidence: tuple[str, ...]
    signal: Signal | None
    contradicts: bool
    disagrees: bool

    @property
    def is_weak(self) -> bool:
        """Whether the answer asks for an action."""
        return self.level is not None and self.level <= _WEAK

    @property
    def is_strong(self) -> bool:
        """Whether the answer is a strength, which the data do not contradict."""
        return self.level is not None and self.level >= _STRONG and not self.contradicts


@dataclass(frozen=True)
class Mark:
    """The mark of some questions, out of ten; None without an answer that counts."""

    value: float | None
    answered: int
    asked: int
    state: str


def results(
    questions: Sequence[Question],
    given: Mapping[tuple[str, str], Answer],
    signals: Mapping[str, Signal],
    rules: Rules,
) -> tuple[Result, ...]:
    """Return each question that is asked with its consensus, in their order."""
    by_question: dict[str, list[Answer]] = {}
    for (_, code), answer in given.items():
        by_question.setdefault(code, []).append(answer)
    return tuple(
        _result(one, by_question.get(one.code, []), signals, rules)
        for one in questions
        if not one.is_hidden
    )


def _result(
    question: Question,
    found: Sequence[Answer],
    signals: Mapping[str, Signal],
    rules: Rules,
) -> Result:
    levels = [int(one.level) for one in found if one.level in LEVELS]
    level = float(median(levels)) if levels else None
    signal = signals.get(question.signal or "")
    lowest, highest = min(levels, default=0), max(levels, default=0)
    apart = rules["questionnaire.contradiction"]
    return Result(
        question=question,
        given=sum(one.is_given for one in found),
        levels=len(levels),
        level=level,
        lowest=lowest,
        highest=highest,
        counts=tuple(levels.count(int(one)) for one in LEVELS),
        comments=tuple(one.comment for one in found if one.comment.strip()),
        evidence=tuple(one.evidence for one in found if one.evidence.strip()),
        signal=signal,
        contradicts=level is not None
        and signal is not None
        and abs(level - signal.level) >= apart,
        disagrees=highest - lowest >= rules["questionnaire.spread"],
    )


def mark(found: Iterable[Result], rules: Rules) -> Mark:
    """Return the mark of some questions."""
    asked = list(found)
    counted = [
        (one.question.weight, one.level) for one in asked if one.level is not None
    ]
    answered = sum(one.given > 0 for one in asked)
    if not counted:
        return Mark(None, answered, len(asked), "not_enough_data")
    weights = sum(weight for weight, _ in counted)
    value = 10 * sum(weight * level / HIGHEST for weight, level in counted) / weights
    healthy = value >= rules["questionnaire.healthy"]
    watch = value >= rules["questionnaire.watch"]
    state = "healthy" if healthy else "watch" if watch else "sick"
    return Mark(value, answered, len(asked), state)


def by_process(found: Sequence[Result], rules: Rules) -> dict[str, Mark]:
    """Return the mark of each theme that has a question, in their order."""
    return {
        process: mark(mine, rules)
        for process in PROCESSES
        if (mine := [one for one in found if one.question.process == process])
    }


def weakest(marks: Mapping[str, Mark]) -> str | None:
    """Return the theme with the lowest mark; of equals, the one asked first."""
    known = {code: one.value for code, one in marks.items() if one.value is not None}
    return min(known, key=known.__getitem__) if known else None


def worst_first(marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """Return the marks of themes, the lowest first, those without one last."""
    order = sorted(
        marks, key=lambda code: (marks[code].value is None, marks[code].value or 0.0)
    )
    return {code: marks[code] for code in order}


def risks(found: Iterable[Result]) -> list[Result]:
    """Return the weak answers, what weighs most in the mark first."""

    def cost(one: Result) -> float:
        return one.question.weight * (HIGHEST - (one.level or 0.0))

    return sorted((one for one in found if one.is_weak), key=cost, reverse=True)


def strengths(found: Iterable[Result]) -> list[Result]:
    """Return what is fully so, what weighs most first."""
    strong = (one for one in found if one.is_strong)
    return sorted(strong, key=lambda one: one.question.weight, reverse=True)


def next_question(
    questions: Sequence[Question],
    given: Mapping[tuple[str, str], Answer],
    interview_id: str,
    notes: Sequence[Noted],
) -> str | None:
    """Return where an interview stopped: the first question without an answer.

    It is looked for after the last one noted, then from the beginning; where all have
    one, it is the first question.
    """
    codes = [one.code for one in questions if not one.is_hidden]
    if not codes:
        return None
    mine = [line.question for line in notes if line.interview_id == interview_id]
    start = codes.index(mine[-1]) if mine and mine[-1] in codes else 0
    for code in (*codes[start:], *codes[:start]):
        answer = given.get((interview_id, code))
        if answer is None or not answer.is_given:
            return code
    return codes[0]


__all__ = ["NOT_APPLICABLE", "UNKNOWN", "Answer", "Mark", "Result"]
