"""The last step: what to do first, three things at most."""

from __future__ import annotations

from core import judgement
from core.i18n import formats
from core.sentences import plain, written
from core.steps import Step as Todo
from core.story.asked import Asked, notes
from core.story.model import Number, Plot, Step

_LARGEST = 3


def first(asked: Asked) -> Step:
    """Return the first actions, each with its reason and the page that helps."""
    it = asked.it
    found = (
        judgement.first_steps_alone(asked.workspace, it)
        if asked.one is None
        else judgement.first_steps(asked.one, it)
    )
    lines = tuple(plain(written(todo.what, asked.language)) for todo in found)
    whys = tuple(plain(written(todo.why, asked.language)) for todo in found)
    rest = formats.listing([_within(line) for line in lines], asked.language)
    return Step(
        code="actions",
        topic=asked.text("page.home.todo.title"),
        title=asked.text("story.actions.title", first=_within(lines[0])),
        lead=asked.text(f"story.actions.lead.{len(lines)}"),
        numbers=_numbers(asked, found),
        plot=Plot("list", lines, (), written=whys, lit=(0,)),
        source=asked.source(),
        notes=notes(asked, "actions", "", actions=rest),
        page=found[0].page,
        query=dict(found[0].query),
    )


# Actions that are counted in the same words.
_SAME = {
    "call_rest": "call",
    "call_of_all": "call",
    "call_rest_of_all": "call",
    "lagging": "team",
    "here": "team",
}


def _within(line: str) -> str:
    """Return a line as it reads inside a sentence."""
    return line[:1].lower() + line[1:]


def _numbers(asked: Asked, found: tuple[Todo, ...]) -> tuple[Number, ...]:
    """Return how many people or licences each action is about, where it counts any."""
    numbers = []
    for todo in found[:_LARGEST]:
        count = todo.what.count
        if not count:
            continue
        label = asked.text(f"story.actions.number.{_SAME.get(todo.code, todo.code)}")
        shown = formats.number(count, asked.language)
        numbers.append(Number(label, shown, float(count)))
    cost = None if asked.one is None else judgement.asleep_licences(asked.one)[1]
    if cost:
        currency = asked.workspace.settings.currency
        amount = formats.money(cost, asked.language, currency=currency)
        label, note = asked.text("story.actions.asleep"), asked.text("story.per_month")
        numbers.append(Number(label, amount, cost, note))
    return tuple(numbers)
