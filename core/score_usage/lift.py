"""What would lift a mark: the criteria to raise first, for the work that each asks.

How much work it is to raise a criterion by one answer is an estimate of ours, a rule
that an administrator may change (``score.work.<criterion>``): placing a button higher
is less work than making two functions feed each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.rules import Rules
from core.score_usage.criteria import KEYS
from core.score_usage.marks import Answers, mark, risks

_SAFE = 2
_BEST = 3


@dataclass(frozen=True)
class Step:
    """One criterion raised from ``before`` to ``after``, and the mark it leads to."""

    key: str
    before: int
    after: int
    mark: float


def lift(answers: Answers, rules: Rules, most: int = 3) -> tuple[Step, ...]:
    """Return the steps that lift a complete scorecard, the cheapest first.

    High risks come first, then the cheapest criterion by answer gained. A criterion at
    risk is raised to "rather safe"; with none left, the next ones to "no risk". Each
    step's mark counts the steps before it. Empty without a mark.
    """
    if mark(answers) is None:
        return ()

    def work(key: str) -> tuple[bool, float, int]:
        return answers[key] != 0, rules[f"score.work.{key}"], KEYS.index(key)

    at_risk = risks(answers)
    chosen = at_risk or tuple(key for key in KEYS if answers[key] == _SAFE)
    target = _SAFE if at_risk else _BEST
    raised = dict(answers)
    steps = []
    for key in sorted(chosen, key=work)[:most]:
        raised[key] = target
        reached = mark(raised)
        assert reached is not None
        steps.append(Step(key, answers[key] or 0, target, reached))
    return tuple(steps)
