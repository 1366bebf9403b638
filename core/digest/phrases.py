"""Sentences that the three texts share: the week, what changed, what to do."""

from __future__ import annotations

from collections.abc import Iterable

from core import settings
from core.digest.model import Block, Digest, Kind
from core.digest.team import Pulse
from core.digest.week import Holiday, Week
from core.i18n import formats, plural, text
from core.indicators import Usage
from core.sentences import plain, written
from core.steps import Step


def in_rhythm(now: Usage, before: Usage | None, language: str) -> str:
    """Return how many people keep their rhythm, and how many a week before."""
    whole = formats.number(now.people, language)
    told = plural("digest.in_rhythm", now.in_range, language, whole=whole)
    if before is None:
        return told
    change = now.in_range - before.in_range
    values: dict[str, object] = {
        "before": formats.number(before.in_range, language),
        "whole": formats.number(before.people, language),
    }
    if not change:
        return f"{told} {text('digest.moved.same', language, **values)}"
    way = "more" if change > 0 else "less"
    moved = plural(
        f"digest.moved.{way}",
        abs(change),
        language,
        before=values["before"],
        whole=values["whole"],
    )
    return f"{told} {moved}"


def change(state: str, before: str | None, week: Week, language: str) -> list[str]:
    """Return whether the verdict is that of the week before, where it is known."""
    if week.before is None or before is None:
        return [text("digest.no_before", language)]
    if before == state:
        return [text("digest.same_verdict", language)]
    told = text(f"verdict.{before}", language)
    return [text("digest.other_verdict", language, before=told)]


def pulse(now: Pulse, before: Pulse | None, language: str) -> str:
    """Return the seven days of a group, beside the seven before."""
    if now.active is None:
        return text("digest.pulse.hidden", language)
    whole = formats.number(now.people, language)
    told = [plural("digest.pulse", now.active, language, whole=whole)]
    if now.actions is not None:
        told.append(plural("digest.pulse.actions", now.actions, language))
    if before is not None and before.active is not None:
        people = plural("count.person", before.active, language)
        if before.actions is None or now.actions is None:
            told.append(text("digest.pulse.before", language, people=people))
        else:
            actions = plural("count.action", before.actions, language)
            values = {"people": people, "actions": actions}
            told.append(text("digest.pulse.before_both", language, **values))
    return " ".join(told)


def suggestion(step: Step | None, language: str) -> list[Block]:
    """Return the one thing to do first, and why."""
    if step is None:
        return []
    lines = [f"**{plain(written(step.what, language))}**", written(step.why, language)]
    return [block("digest.suggestion", language, lines)]


def block(key: str, language: str, lines: Iterable[str]) -> Block:
    """Return a part with the title ``key``; empty lines are left out."""
    return Block(text(key, language), tuple(line for line in lines if line))


def calls_left(
    count: int, campaign: str, language: str, listed: int | None = None
) -> str:
    """Return how many people are still to be called, of all those of the list."""
    if not count:
        return text("digest.calls.done", language, campaign=campaign)
    told = plural("digest.calls", count, language, campaign=campaign)
    if listed is None:
        return told
    return f"{told} {plural('digest.calls.of', listed, language)}"


def some(names: list[str], whole: int, language: str) -> str:
    """Return the names, and how many more there are."""
    rest = whole - len(names)
    more = [plural("common.others", rest, language)] if rest > 0 else []
    return formats.listing([*names, *more], language)


def half(value: float, language: str) -> str:
    """Return a number of days, with its half where it has one."""
    return formats.number(value, language, digits=0 if float(value).is_integer() else 1)


def digest(
    kind: Kind,
    week: Week,
    language: str,
    workspace_name: str,
    lead: str,
    blocks: Iterable[Block],
    *,
    name: str = "",
    closing: str = "",
    team: str = "",
) -> Digest:
    """Return the whole text: what the week is first, what it rests on last."""
    subject = text(
        f"digest.subject.{kind}",
        language,
        workspace=workspace_name,
        team=team,
        day=formats.day(week.as_of, language),
    )
    hello = text("digest.hello", language, name=name) if name else ""
    foot = [closing, text(f"digest.foot.{kind}", language), _address(language)]
    return Digest(
        kind,
        language,
        " ".join(subject.split()),
        lead,
        hello,
        tuple(_when(week, language)),
        tuple(blocks),
        tuple(line for line in foot if line),
    )


def _when(week: Week, language: str) -> list[str]:
    """Say which week it is, how old it is, and the holidays that it counts."""
    first, last = (
        formats.day(week.first_day, language),
        formats.day(week.as_of, language),
    )
    lines = [text("digest.week", language, first=first, last=last)]
    if week.is_stale:
        lines.append(plural("digest.stale", week.age, language, day=last))
    for key, days in (
        ("digest.holidays", week.holidays),
        ("digest.holidays_before", week.earlier_holidays),
    ):
        if days:
            lines.append(text(key, language, days=_holidays(days, language)))
    return lines


def _holidays(days: Iterable[Holiday], language: str) -> str:
    named = [f"{one.name} ({formats.short_day(one.day, language)})" for one in days]
    return formats.listing(named, language)


def _address(language: str) -> str:
    address = settings.value("APLOMB_PUBLIC_URL")
    return text("digest.foot.address", language, address=address) if address else ""
