"""A plan in words: its title, the days off and why, a tool's limit and its source."""

from __future__ import annotations

from datetime import date

from core import rules
from core.i18n import formats, plural
from core.planner import Plan, Skip
from core.rules import Rules
from core.sending import tools
from core.sending.request import Request
from core.sending.tools import Fact
from core.visit import Visit

# More week-end days than this are counted and no longer named.
_FEW = 4


def recipients(count: int, language: str) -> str:
    """Return "20 000 destinataires"."""
    return plural("page.sending.recipients", count, language)


def title(visit: Visit, plan: Plan, request: Request, today: date) -> str:
    """Return the answer of the page: how many days, which ones; or what is missing."""
    if request.recipients is None:
        return visit.text("page.sending.title.ask")
    if plan.ask.problem:
        return visit.text(f"page.sending.title.{plan.ask.problem}")
    language = visit.language
    if plan.left:
        return visit.text(
            "page.sending.title.too_long",
            recipients=recipients(plan.ask.recipients, language),
            left=plural("page.sending.left", plan.left, language),
        )
    first, last = plan.first_day, plan.last_day
    count = recipients(plan.ask.recipients, language)
    with_year = first.year != last.year or first.year != today.year
    if len(plan.batches) == 1:
        day = formats.named_day(first, language, year=with_year)
        return visit.text("page.sending.title.day", recipients=count, day=day)
    same_month = (first.year, first.month) == (last.year, last.month)
    return visit.text(
        "page.sending.title.days",
        recipients=count,
        days=plural("count.day", len(plan.batches), language),
        first=formats.named_day(
            first, language, month=not same_month, year=first.year != last.year
        ),
        last=formats.named_day(last, language, year=with_year),
    )


def why(visit: Visit, skip: Skip) -> str:
    """Return why nothing leaves on a day: the holiday's name, or the reason."""
    return skip.name or visit.text(f"page.sending.skip.{skip.reason}")


def skipped(visit: Visit, plan: Plan, today: date) -> list[tuple[str, str]]:
    """Return the days off between the first day asked and the last mail, and why."""
    rest = [s for s in plan.skips if s.reason in ("saturday", "sunday")]
    others = [s for s in plan.skips if s not in rest]
    named = plan.skips if len(rest) <= _FEW else others
    lines = [(day(visit, skip.day, today), why(visit, skip)) for skip in named]
    if len(rest) > _FEW:
        days = plural("count.day", len(rest), visit.language)
        lines.append((visit.text("page.sending.weekends"), days))
    return lines


def day(visit: Visit, value: date, today: date) -> str:
    """Return a day in words, with its year when it is not this one."""
    return formats.named_day(value, visit.language, year=value.year != today.year)


def warm_up(visit: Visit, limits: Rules) -> str:
    """Return how a new sender begins, and why."""
    growth = formats.number(limits["sending.warm_growth"], visit.language, digits=1)
    first = rules.shown(limits["sending.warm_first"], "mails", visit.language)
    return visit.text("page.sending.warm_note", first=first, growth=growth)


def limit_source(visit: Visit, name: str) -> str:
    """Return where a tool's daily limit comes from, or what is known instead."""
    tool = tools.tools()[name]
    known = tool.facts.get("day")
    if known is None:
        return visit.text("page.sending.limit_unknown")
    return visit.text("page.sending.limit_known", source=proof(visit, known))


def proof(visit: Visit, fact: Fact) -> str:
    """Return the standing of a fact: who says it, and when it was true."""
    when = visit.text("page.sending.undated")
    if fact.as_of:
        when = formats.month(fact.as_of, visit.language)
    return visit.text(
        f"page.sending.status.{fact.status}", source=fact.source, when=when
    )
