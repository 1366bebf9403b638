"""The five symptoms of a CRM project in trouble, with what speaks for and against each.

    company(workspace, as_of)        the five of the whole company
    of_team(workspace, as_of, team)  the four that one team can have
    picture(workspace, as_of, code)  the rows of a chart that shows one to a sceptic
    report(workspace, as_of)         the five as plain values

Each rule is a module of its own with one function ``judge``, which looks at a `Scene`.
"""

from __future__ import annotations

from core.symptoms.facade import company, of_team, picture, report
from core.symptoms.model import CODES, Code, Fact, Symptom
from core.symptoms.words import kind_name

__all__ = [
    "CODES",
    "Code",
    "Fact",
    "Symptom",
    "company",
    "kind_name",
    "of_team",
    "picture",
    "report",
]
