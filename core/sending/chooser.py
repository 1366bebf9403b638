"""Which tool for which mailings: what each cannot do, and the lightest that can.

The rules, in order. A tool that cannot do what is needed is out, and says why. Among
the others, those with nothing against them come first; then those that need no check
with the vendor; then the lightest family, because what a heavier one costs in money
and skill buys nothing here; then the fewest checks; then the closest to the CRM. Tools
that the answers do not tell apart share their rank.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from core.rules import Rules
from core.sending.tools import Family, Tool, tools

QUESTIONS: dict[str, tuple[str, ...]] = {
    "send": ("1000", "5000", "20000", "more"),
    "month": ("1000", "5000", "20000", "100000", "more"),
    "clicks": ("no", "yes"),
    "automation": ("none", "simple", "scenarios"),
    "crm": ("salesforce", "hubspot", "other"),
    "depth": ("files", "sync", "native"),
    "team": ("nobody", "one", "team"),
    "budget": ("none", "low", "open"),
    "french": ("no", "yes"),
    "europe": ("no", "yes"),
}
"""Every question and its answers, the least demanding first."""
DEFAULTS = {
    "send": "5000",
    "month": "20000",
    "clicks": "yes",
    "automation": "none",
    "crm": "salesforce",
    "depth": "files",
    "team": "one",
    "budget": "low",
    "french": "yes",
    "europe": "no",
}
# Questions about what a tool must do, in the order in which one might give it up.
_NEEDS = ("europe", "french", "depth", "automation", "clicks")
WORKED_DAYS = 20
"""Working days of a month, for what a daily limit lets through."""

LONGEST = 4
"""Days over which one mailing may be spread: 20 000 mails at 5 000 a day."""

Answers = Mapping[str, str]
Weight = Literal["blocks", "weighs", "check", "fits"]


@dataclass(frozen=True)
class Finding:
    """One thing the answers say of a tool: its text and the number in it, if any.

    ``fact`` is the name of the fact of the tool that it rests on.
    """

    weight: Weight
    code: str
    fact: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Outcome:
    """A tool and all that was found of it."""

    tool: Tool
    findings: tuple[Finding, ...]
    affinity: int

    def of(self, weight: Weight) -> tuple[Finding, ...]:
        """Return the findings of one weight."""
        return tuple(one for one in self.findings if one.weight == weight)

    @property
    def is_out(self) -> bool:
        """Whether the tool cannot do something that is needed."""
        return bool(self.of("blocks"))

    @property
    def key(self) -> tuple[int, ...]:
        """What tools are ranked by, the best first."""
        checks = len(self.of("check"))
        return (
            len(self.of("blocks")),
            len(self.of("weighs")),
            min(checks, 1),
            self.tool.family.rank,
            checks,
            -self.affinity,
        )


@dataclass(frozen=True)
class Choice:
    """The answer: every tool ranked, those that fit best, the families in order.

    ``best`` is empty when no tool does all that is needed; ``yields`` are then the
    questions any one of which, answered with less, would leave a tool.
    """

    ranked: tuple[Outcome, ...]
    best: tuple[Outcome, ...]
    families: tuple[Family, ...]
    yields: tuple[str, ...] = ()


def read(query: Mapping[str, str]) -> dict[str, str]:
    """Return the answers of an address; what it does not say has its default."""
    return {
        name: query[name] if query.get(name) in answers else DEFAULTS[name]
        for name, answers in QUESTIONS.items()
    }


def settled(answers: Answers) -> dict[str, str]:
    """Return the answers with a month that holds at least one mailing."""
    sizes = QUESTIONS["month"]
    least = "100000" if answers["send"] == "more" else answers["send"]
    month = max(answers["month"], least, key=sizes.index)
    return {**answers, "month": month}


def choose(answers: Answers, rules: Rules) -> Choice:
    """Return what the answers lead to."""
    ranked = _ranked(answers, rules)
    order = tuple(dict.fromkeys(one.tool.family for one in ranked))
    best = tuple(one for one in ranked if not one.is_out and one.key == ranked[0].key)
    if best:
        return Choice(tuple(_reasoned(one, best) for one in ranked), best, order)
    return Choice(ranked, (), order, _yields(answers, rules))


def _reasoned(one: Outcome, best: tuple[Outcome, ...]) -> Outcome:
    """Return the outcome with why it is not the best, where nothing else told it."""
    if one in best or one.findings:
        return one
    return replace(one, findings=(Finding("weighs", "another"),))


def _ranked(answers: Answers, rules: Rules) -> tuple[Outcome, ...]:
    found = settled(answers)
    outcomes = (_judge(tool, found, rules) for tool in tools().values())
    return tuple(sorted(outcomes, key=lambda one: one.key))


def _yields(answers: Answers, rules: Rules) -> tuple[str, ...]:
    """Return the questions whose answer alone keeps every tool out."""
    freed = []
    for name in (*_NEEDS, "budget"):
        less = QUESTIONS[name][-1] if name == "budget" else QUESTIONS[name][0]
        if not _ranked({**answers, name: less}, rules)[0].is_out:
            freed.append(name)
    return tuple(freed)


def _judge(tool: Tool, answers: Answers, rules: Rules) -> Outcome:
    crm = tool.facts[f"crm_{answers['crm']}"]
    findings = []
    if crm.level < 0:
        findings.append(Finding("blocks", "lives_in", crm.name))
    else:
        findings += _need(tool, crm.name, "depth", answers)
    for name in ("clicks", "automation", "french", "europe"):
        findings += _need(tool, name, name, answers)
    findings += _volume(tool, answers, rules)
    findings += _means(tool, answers)
    if tool.own_crm and tool.own_crm != answers["crm"]:
        findings.append(Finding("weighs", "own_crm", crm.name))
    return Outcome(tool, tuple(findings), crm.level)


def _need(tool: Tool, fact: str, question: str, answers: Answers) -> list[Finding]:
    """Return whether the tool does what the answer to ``question`` needs."""
    answer = answers[question]
    need = QUESTIONS[question].index(answer)
    if not need:
        return []
    known = tool.facts[fact]
    weight: Weight = "blocks"
    if known.level >= need:
        weight = "fits"
    elif known.maybe >= need:
        weight = "check"
    code = question if answer == "yes" else f"{question}_{answer}"
    return [Finding(weight, code, fact)]


def _size(answer: str) -> int | None:
    return None if answer == "more" else int(answer)


def _volume(tool: Tool, answers: Answers, rules: Rules) -> list[Finding]:
    """Return what a daily limit makes of a mailing and of a month."""
    limit = tool.daily(rules)
    if limit is None:
        return []
    send, month = _size(answers["send"]), _size(answers["month"])
    capacity = limit * WORKED_DAYS
    if month is None or month > capacity:
        return [Finding("blocks", "month_limit", "day", capacity)]
    # More than the largest size told: one mail more is the least it can be.
    size = int(QUESTIONS["send"][-2]) + 1 if send is None else send
    days = math.ceil(size / limit)
    if days > LONGEST:
        return [Finding("blocks", "send_limit", "day", days)]
    if days > 1:
        return [Finding("weighs", "send_days", "day", days)]
    return [Finding("fits", "send_day", "day", limit)]


def _means(tool: Tool, answers: Answers) -> list[Finding]:
    """Return what the tool asks of the budget and of the team."""
    findings = []
    budget = QUESTIONS["budget"].index(answers["budget"])
    free = tool.facts.get("free")
    if tool.family.cost <= budget:
        if not tool.family.cost:
            findings.append(Finding("fits", "included"))
    elif not budget and free and answers["month"] == QUESTIONS["month"][0]:
        findings.append(Finding("check", "free", "free", free.number))
    else:
        findings.append(Finding("blocks", "budget"))
    if tool.family.skill > QUESTIONS["team"].index(answers["team"]):
        findings.append(Finding("weighs", f"skill_{tool.family.skill}"))
    return findings
