"""The mark, what it announces, and the risks that come before it.

Mark = sum of the ten values ÷ 30 × 10, to one decimal, halves up: 31 possible marks.
The method gives no cut-off; those of ``core/rules.toml`` are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from core.rules import Rules
from core.score_usage.criteria import BEST, GATES, KEYS, VALUES

Answers = Mapping[str, int | None]
State = Literal["healthy", "watch", "sick", "not_enough_data"]
LARGEST = 10
_TENTH = Decimal("0.1")


def is_value(value: Any) -> bool:
    """Tell whether ``value`` is one of the four answers."""
    return isinstance(value, int) and not isinstance(value, bool) and value in VALUES


def out_of_ten(total: Decimal | int) -> float:
    """Return a sum of ten values as a mark."""
    share = Decimal(total) * LARGEST / (BEST * len(KEYS))
    return float(share.quantize(_TENTH, rounding=ROUND_HALF_UP))


def answered(answers: Answers) -> int:
    """Count the criteria that have an answer."""
    return sum(answers.get(key) is not None for key in KEYS)


def mark(answers: Answers) -> float | None:
    """Return the mark out of 10, or None while an answer is missing."""
    values = [answers.get(key) for key in KEYS]
    known = [value for value in values if value is not None]
    return out_of_ten(sum(known)) if len(known) == len(KEYS) else None


def state(found: float | None, rules: Rules) -> State:
    """Return what a mark announces: adoption likely, uncertain, or rejection likely."""
    if found is None:
        return "not_enough_data"
    if found >= rules["score.mark.likely"]:
        return "healthy"
    return "watch" if found >= rules["score.mark.uncertain"] else "sick"


def risks(answers: Answers) -> tuple[str, ...]:
    """Return the criteria at risk, worst first, then in the order of the name."""
    found = {
        key: value
        for key in KEYS
        if (value := answers.get(key)) is not None and value <= 1
    }
    return tuple(sorted(found, key=lambda key: (found[key], KEYS.index(key))))


def high_risks(answers: Answers) -> tuple[str, ...]:
    """Return the criteria at high risk: they come before the mark, whatever it is."""
    return tuple(key for key in KEYS if answers.get(key) == 0)


def closed_gates(gates: Mapping[str, bool | None]) -> tuple[str, ...]:
    """Return the gates that are shut: scoring makes no sense before they open."""
    return tuple(gate for gate in GATES if gates.get(gate) is False)
