"""SCORE-USAGE®, a method of Skama: will a new function of the CRM be adopted?

Ten criteria, four answers without a middle, a mark out of 10, and two gates outside
the mark. Nothing here reads or writes: answers come in, figures go out.
"""

from core.score_usage.criteria import (
    BEST,
    CRITERIA,
    GATES,
    KEYS,
    MEASURES,
    VALUES,
    Criterion,
)
from core.score_usage.lift import Step, lift
from core.score_usage.marks import (
    LARGEST,
    State,
    answered,
    closed_gates,
    high_risks,
    is_value,
    mark,
    risks,
    state,
)
from core.score_usage.raters import Spread, agreed_mark, spread
from core.score_usage.sheet import Action, Answer, Sheet, clean_line, clean_text

__all__ = [
    "BEST",
    "CRITERIA",
    "GATES",
    "KEYS",
    "LARGEST",
    "MEASURES",
    "VALUES",
    "Action",
    "Answer",
    "Criterion",
    "Sheet",
    "Spread",
    "State",
    "Step",
    "agreed_mark",
    "answered",
    "clean_line",
    "clean_text",
    "closed_gates",
    "high_risks",
    "is_value",
    "lift",
    "mark",
    "risks",
    "spread",
    "state",
]
