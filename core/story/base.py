"""The step of the activity pyramid: the base as it is, over the one it should be."""

from __future__ import annotations

from core import pyramid as shapes
from core.charts.figure import Look
from core.charts.pyramid import LEVELS, Pyramid, pyramid
from core.i18n import formats, plural
from core.sentences import plain, written
from core.story.asked import Asked, notes
from core.story.model import Number, Plot, Series, Step


def activity(asked: Asked) -> Step | None:
    """Return the pyramid of the company or of the team; None without accounts."""
    base, reading = asked.it.facts.base, asked.it.verdict.pyramid
    if base is None or not base.accounts:
        return None
    look = Look(asked.language, asked.visit.theme)
    contacts, calls = shapes.expected(base.accounts)
    drawn = Pyramid(
        base.accounts,
        base.contacts,
        base.calls,
        expected=(float(base.accounts), contacts, calls),
    )
    answer = plain(written(reading.sentence, asked.language))
    is_team = bool(asked.filters and asked.filters.team)
    state = reading.state.replace("sick", "at_risk") if is_team else reading.state
    told = "calls" if base.calls is not None else "no_calls"
    values = {
        "accounts": plural("count.account", base.accounts, asked.language),
        "contacts": plural("count.contact", round(contacts), asked.language),
        "expected": plural("count.call", round(calls), asked.language),
        "calls": plural("count.call", base.calls or 0, asked.language),
    }
    return Step(
        code="pyramid",
        topic=asked.text("story.pyramid.topic"),
        title=answer,
        lead=asked.text(f"story.pyramid.lead.{told}", **values),
        state=state,
        word=asked.text(f"verdict.{state}"),
        numbers=_numbers(asked, drawn),
        figure=pyramid(
            drawn,
            look,
            title=asked.text("page.pyramid.scale"),
            alt_text=answer,
            state=state,
            height=380,
        ),
        plot=Plot(
            "pyramid",
            tuple(asked.text(f"pyramid.{level}") for level in LEVELS),
            (Series(asked.text("pyramid.held"), drawn.levels),),
            written=tuple(look.number(level) for level in drawn.levels),
            lit=_short(drawn),
            expected=drawn.expected,
        ),
        source=asked.source("team", asked.text("story.pyramid.year")),
        notes=notes(asked, "pyramid", told, **values),
        page="pyramid",
        query={"team": asked.filters.team}
        if asked.filters and asked.filters.team
        else {},
    )


def _short(drawn: Pyramid) -> tuple[int, ...]:
    """Return the place of the level that lacks most, none where nothing does."""
    shares = {
        rank: level / expected
        for rank, (level, expected) in enumerate(
            zip(drawn.levels, drawn.expected, strict=True)
        )
        if level is not None and expected
    }
    worst = min(shares, key=lambda rank: shares[rank])
    return (worst,) if shares[worst] < 1 else ()


def _numbers(asked: Asked, drawn: Pyramid) -> tuple[Number, ...]:
    found = []
    for level, held, expected in zip(LEVELS, drawn.levels, drawn.expected, strict=True):
        note = ""
        if level != "account":
            wanted = formats.number(expected, asked.language)
            note = asked.text("story.pyramid.expected", count=wanted)
        raw = None if held is None else float(held)
        shown = formats.number(held, asked.language)
        found.append(Number(asked.text(f"story.pyramid.{level}"), shown, raw, note))
    calls = shapes.ratio(drawn.calls, drawn.contacts)
    if calls is not None:
        found.append(
            Number(
                asked.text("ratio.calls_per_contact"),
                formats.number(calls, asked.language, digits=1),
                calls,
                asked.text("story.pyramid.healthy_calls"),
            )
        )
    return tuple(found)
