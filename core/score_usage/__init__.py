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
from core.score_usage.raters import Spread
from core.score_usage.retro import (
    SCOPES,
    Agreement,
    Binding,
    Found,
    Outcome,
    Scope,
    Use,
    agreement,
    is_binding,
    outcome_day,
    rank_correlation,
    ranks,
    use,
)
from core.score_usage.sheet import Action, Answer, Sheet, clean_line, clean_text

__all__ = [
    "BEST",
    "CRITERIA",
    "GATES",
    "KEYS",
    "LARGEST",
    "MEASURES",
    "SCOPES",
    "VALUES",
    "Action",
    "Agreement",
    "Answer",
    "Binding",
    "Criterion",
    "Found",
    "Outcome",
    "Scope",
    "Sheet",
    "Spread",
    "State",
    "Step",
    "Use",
    "agreement",
    "answered",
    "clean_line",
    "clean_text",
    "closed_gates",
    "high_risks",
    "is_binding",
    "is_value",
    "lift",
    "mark",
    "outcome_day",
    "rank_correlation",
    "ranks",
    "risks",
    "state",
    "use",
]
