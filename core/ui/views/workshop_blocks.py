"""Blocks of a workshop as HTML: arrivals, strips of dots, medians. They escape all."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from core.charts.dots import strip
from core.charts.tokens import Palette
from core.i18n import formats, plural
from core.score_usage import CRITERIA, KEYS, VALUES, mark
from core.scorecards.words import Reading
from core.ui import components
from core.ui.components import unseen
from core.ui.views.score_blocks import SIGNS, tile
from core.workshops.agreement import Agreement, agreements
from core.workshops.model import Present, Round, Standing

_LETTERS = {one.key: one.letter for one in CRITERIA}


def median(value: float | None, language: str) -> str:
    """Return a median: whole, or with its half."""
    digits = 0 if value is None or value.is_integer() else 1
    return formats.number(value, language, digits=digits)


def _present(people: Sequence[Present], read: Reading) -> str:
    """Return the first names that were given, and how far each is."""
    named = [one for one in people if one.name]
    if not named:
        return ""
    items = "".join(
        f"<li>{escape(one.name)} <small>{one.answered}/{len(KEYS)}</small></li>"
        for one in named
    )
    label = escape(read.text("page.workshop.present"), quote=True)
    return f'<ul class="present" aria-label="{label}">{items}</ul>'


def arrivals(standing: Standing, read: Reading) -> str:
    """Return who is here and how many answers are in, without what they are."""
    last = standing.rounds[-1]
    here = len(standing.people)
    words = plural("page.workshop.people", here, read.language)
    said = [plural("page.workshop.answers", last.answers, read.language, of=10 * here)]
    if last.number > 1:
        said.append(plural("page.workshop.changed", last.changed, read.language))
    rows = "".join(
        f'<li><b aria-hidden="true">{one.letter}</b><span>{escape(read.name(one.key))}'
        f'</span><progress max="{max(here, 1)}" value="{count}" aria-label="'
        f'{escape(read.name(one.key), quote=True)}"></progress><em>{count}</em></li>'
        for one in CRITERIA
        for count in (last.spreads[one.key].raters,)
    )
    number, _, noun = words.partition(" ")
    return (
        components.big_number(number, noun)
        + f'<p class="say">{escape(" · ".join(said))}</p>'
        + _present(standing.people, read)
        + f'<ul class="arrivals">{rows}</ul>'
    )


def retained(last: Round, read: Reading) -> tuple[Agreement, ...]:
    """Return the criteria of a round, those where the room differs first."""
    return agreements(last.spreads, read.rules)


def result(rounds: Sequence[Round], read: Reading, colours: Palette) -> str:
    """Return every criterion: dots of the last round and the one before, median."""
    last = rounds[-1]
    shown = rounds[-2:]
    found = retained(last, read)
    heads = "".join(
        f'<span><i class="risk v{value} keyed" aria-hidden="true"><span>{SIGNS[value]}'
        f"</span></i><small>{escape(read.answer(value))}</small></span>"
        for value in VALUES
    )
    rows = "".join(_criterion(one, shown, read, colours) for one in found)
    return (
        f'<div class="lanes" aria-hidden="true"><span></span><div>{heads}</div>'
        f'<span></span></div><ol class="room">{rows}</ol>'
    )


def _strip(key: str, one: Round, is_past: bool, read: Reading, colours: Palette) -> str:
    spread = one.spreads[key]
    counts = ", ".join(
        read.text(
            "page.workshop.gave", count=spread.counts[value], answer=read.answer(value)
        )
        for value in VALUES
    )
    name = read.text("page.workshop.round", number=one.number)
    middle = median(spread.median, read.language)
    said = read.text("page.workshop.alt", round=name, counts=counts, median=middle)
    image = strip(spread.counts, spread.median, colours, alt=said, is_past=is_past)
    return f"<div><small>{escape(name)}</small>{image}</div>"


def _criterion(
    one: Agreement, rounds: Sequence[Round], read: Reading, colours: Palette
) -> str:
    key, last = one.key, rounds[-1]
    strips = "".join(
        _strip(key, each, each is not last, read, colours) for each in rounds
    )
    chip = ""
    if one.is_split:
        chip = components.chip("watch", read.text("page.workshop.split"))
    middle = median(one.spread.median, read.language)
    moved = ""
    if len(rounds) > 1:
        before = median(rounds[0].spreads[key].median, read.language)
        if before != middle:
            moved = f"{unseen(read.text('page.workshop.before'))}{escape(before)} → "
    letter = tile(_LETTERS[key], one.retained, read.answer(one.retained), small=True)
    middles = read.text("page.workshop.median")
    distance = formats.number(one.distance, read.language, digits=1)
    apart = read.text("page.workshop.distance", distance=distance)
    return (
        f"<li><h3>{letter}<span>{escape(read.name(key))}</span>{chip}</h3>"
        f'<div class="strips">{strips}</div><p class="middle"><small>'
        f"{escape(middles)}</small> <b>{moved}{escape(middle)}</b>"
        f"<small>{escape(apart)}</small>"
        f"<span>{escape(read.answer(one.retained))}</span></p></li>"
    )


def mark_of(last: Round, read: Reading) -> float | None:
    """Return the mark of the answers retained, None while a criterion has none."""
    return mark({one.key: one.retained for one in retained(last, read)})


def verdict(last: Round, read: Reading) -> str:
    """Return what the room says together, as one sentence."""
    if not last.answers:
        return read.text("page.workshop.headline.silent")
    split = sum(one.is_split for one in retained(last, read))
    if not split:
        return read.text("page.workshop.headline.agreed")
    return plural("page.workshop.headline.split", split, read.language)
