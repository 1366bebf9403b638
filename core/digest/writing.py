"""The figures of a text put into words, in one language."""

from __future__ import annotations

from collections.abc import Iterable

from core import guide
from core.digest.company import Company
from core.digest.model import Digest
from core.digest.person import Days, Person
from core.digest.phrases import (
    block,
    calls_left,
    change,
    digest,
    half,
    in_rhythm,
    pulse,
    some,
    suggestion,
)
from core.digest.team import Team
from core.i18n import formats, plural, text
from core.sentences import written

# So many people are named; the others are counted.
_NAMED = 8


def person(found: Person, language: str, workspace_name: str) -> Digest:
    """Return the text of a person about their own week."""
    days = found.days
    lead = text("digest.person.lead", language)
    lines = [_own(days, language), _since(days, found.earlier, language)]
    of_month = text(
        "digest.person.month",
        language,
        month=formats.month(found.month, language),
        days=plural("count.day", found.month_days, language),
        expected=formats.number(found.month_expected, language),
    )
    lines.append(of_month)
    if found.rhythm is not None and found.profile is not None:
        lines.append(_expected(found, language))
    blocks = [block("digest.person.week", language, lines)]
    todo = _todo(found, language)
    blocks.append(block("digest.todo", language, todo))
    closing = text("digest.person.help", language)
    return digest(
        "person",
        found.week,
        language,
        workspace_name,
        lead,
        blocks,
        name=found.name,
        closing=closing,
    )


def _own(days: Days, language: str) -> str:
    if not days.expected and not days.active:
        return text("digest.person.away", language)
    told = text(
        "digest.person.days",
        language,
        days=plural("count.day", days.active, language),
        expected=half(days.expected, language),
    )
    if days.actions is None:
        return told
    return f"{told} {plural('digest.person.actions', days.actions, language)}"


def _since(days: Days, earlier: Days | None, language: str) -> str:
    if earlier is None:
        return text("digest.no_before", language)
    values = {
        "days": plural("count.day", earlier.active, language),
        "expected": half(earlier.expected, language),
    }
    told = text("digest.person.before", language, **values)
    if days.actions is None or earlier.actions is None:
        return told
    return f"{told} {plural('digest.person.actions', earlier.actions, language)}"


def _expected(found: Person, language: str) -> str:
    assert found.rhythm is not None
    low, high = (half(value, language) for value in found.rhythm)
    key = "digest.person.rhythm_one" if low == high else "digest.person.rhythm"
    profile = text(f"profile.{found.profile}", language)
    return text(key, language, profile=profile, low=low, high=high)


def _todo(found: Person, language: str) -> list[str]:
    todo, lines = found.todo, []
    if todo.callers:
        named = [f"{name} ({firm})" if firm else name for name, firm in todo.named]
        lines.append(
            plural(
                "digest.todo.callers",
                todo.callers,
                language,
                campaign=todo.campaign,
                names=some(named, todo.callers, language),
            )
        )
    if todo.deals:
        accounts = [
            text(
                "digest.todo.silent",
                language,
                name=name,
                days=formats.number(gap, language),
            )
            for name, gap in todo.accounts
        ]
        names = some(accounts, max(todo.deals, len(accounts)), language)
        lines.append(plural("digest.todo.deals", todo.deals, language, names=names))
    return lines or [text("digest.todo.nothing", language)]


def team(found: Team, language: str, workspace_name: str) -> Digest:
    """Return the text of who manages a team."""
    state = text(f"verdict.{found.state}", language)
    lead = text("digest.team.lead", language, team=found.team, state=state)
    lines = [written(found.headline, language)]
    usage = found.usage
    lines.append(in_rhythm(usage, found.usage_before, language))
    lines += change(found.state, found.before, found.week, language)
    lines.append(pulse(found.pulse, found.pulse_before, language))
    blocks = [block("digest.team.verdict", language, lines)]
    blocks.append(block("digest.team.support", language, _support(found, language)))
    if found.calls is not None and found.campaign:
        lines = [calls_left(found.calls, found.campaign, language)]
        blocks.append(block("digest.calls.title", language, lines))
    blocks += suggestion(found.step, language)
    return digest(
        "team",
        found.week,
        language,
        workspace_name,
        lead,
        blocks,
        name=found.manager,
        team=found.team,
    )


def _support(found: Team, language: str) -> list[str]:
    if found.support is None:
        if not found.at_risk:
            return [text("digest.team.support_few", language)]
        return [plural("digest.team.support_count", found.at_risk, language)]
    if not found.support:
        return [text("digest.team.support_none", language)]
    lines = [
        text(
            "digest.team.person",
            language,
            name=one.name,
            days=plural("count.day", one.days, language),
            expected=formats.number(one.expected, language),
        )
        for one in found.support[:_NAMED]
    ]
    rest = len(found.support) - _NAMED
    return [*lines, plural("common.others", rest, language)] if rest > 0 else lines


def company(found: Company, language: str, workspace_name: str) -> Digest:
    """Return the text of the direction."""
    verdict, usage = found.it.verdict, found.scene.usage
    state = text(f"verdict.{verdict.state}", language)
    lead = text("digest.company.lead", language, workspace=workspace_name, state=state)
    lines = [written(verdict.headline, language)]
    earlier = found.before.facts.usage if found.before else None
    lines.append(in_rhythm(usage, earlier, language))
    before = found.before.verdict.state if found.before else None
    lines += change(verdict.state, before, found.week, language)
    lines.append(pulse(found.pulse, found.pulse_before, language))
    blocks = [block("digest.company.verdict", language, lines)]
    rows = [
        text(
            "digest.company.indicator",
            language,
            name=text(f"digest.indicator.{name}", language),
            state=text(f"verdict.{reading.state}", language),
            why=written(reading.sentence, language),
        )
        for name, reading in (
            ("days", verdict.days),
            ("actions", verdict.actions),
            ("change", verdict.change),
        )
    ]
    blocks.append(block("digest.company.indicators", language, rows))
    symptoms = _symptoms(found, language)
    blocks.append(block("digest.company.symptoms", language, symptoms))
    blocks.append(block("digest.company.todo", language, _left(found, language)))
    blocks.append(block("digest.company.data", language, _fresh(found, language)))
    blocks += suggestion(found.step, language)
    return digest("company", found.week, language, workspace_name, lead, blocks)


def _symptoms(found: Company, language: str) -> list[str]:
    def named(codes: Iterable[str]) -> str:
        names = [text(f"symptom.{code}.name", language) for code in codes]
        return formats.listing(names, language)

    if found.it.found is None:
        return [text("digest.symptoms.hidden", language)]
    lines = []
    if found.present:
        count = len(found.present)
        names = named(found.present)
        lines.append(plural("digest.symptoms.present", count, language, names=names))
    else:
        lines.append(text("digest.symptoms.none", language))
    for kind, codes in (("appeared", found.appeared), ("gone", found.gone)):
        if codes:
            key = f"digest.symptoms.{kind}"
            lines.append(text(key, language, names=named(codes)))
    if found.before is not None and not (found.appeared or found.gone):
        lines.append(text("digest.symptoms.same", language))
    return lines


def _left(found: Company, language: str) -> list[str]:
    lines = []
    calls = found.calls
    if calls is not None and calls.waiting is not None:
        lines.append(calls_left(calls.waiting, calls.campaign, language, calls.listed))
    elif calls is not None and calls.listed:
        lines.append(
            plural(
                "digest.calls.listed", calls.listed, language, campaign=calls.campaign
            )
        )
    asleep = found.asleep
    if asleep is not None:
        told = plural("digest.asleep", asleep.count, language)
        if asleep.cost:
            currency = found.scene.workspace.settings.currency
            amount = formats.money(asleep.cost, language, currency=currency)
            told = f"{told} {text('digest.asleep.cost', language, amount=amount)}"
        if asleep.before is not None:
            moved = formats.signed(asleep.count - asleep.before, language)
            told = f"{told} {text('digest.asleep.before', language, change=moved)}"
        lines.append(told)
    return lines or [text("digest.todo.nothing", language)]


def _fresh(found: Company, language: str) -> list[str]:
    fresh = found.freshness
    day = formats.day(fresh.imported_on, language)
    lines = [text("digest.data.imported", language, day=day)]
    for name, last in fresh.stale:
        lines.append(
            text(
                "digest.data.stale",
                language,
                object=text(f"object.{name}", language),
                day=formats.day(last, language),
            )
        )
    if fresh.next_export is None:
        return [*lines, text("digest.data.fresh", language)]
    object_ = text(f"object.{fresh.next_export}", language)
    known = {
        report.vendor
        for record in found.scene.workspace.manifest.imports
        for report in record.reports
    }
    offers = [one for one in guide.exports() if fresh.next_export in one.objects]
    mine = [one for one in offers if one.vendor in known] or offers
    told = text(
        "digest.data.next",
        language,
        object=object_,
        tool=text(f"vendor.{mine[0].vendor}", language),
        menu=mine[0].menu[language],
    )
    return [*lines, told]
