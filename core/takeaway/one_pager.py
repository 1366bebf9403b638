"""A story on one page of A4: the verdict, what it rests on, and what to do first."""

from __future__ import annotations

from collections.abc import Sequence

from core.charts.tokens import LIGHT
from core.documents import plots
from core.documents.area import Area
from core.documents.pdf import Document
from core.documents.surface import Surface, height
from core.i18n import text
from core.story.model import Number, Step, Story
from core.symptoms.telling import plain

_LEFT, _WIDTH = 18.0, 174.0
_TOP, _FOOT = 14.0, 276.0
_GAP = 6.0
_FIGURES = 3
_STEPS = ("pyramid", "symptoms")


def pdf_bytes(story: Story, *, has_names: bool = False) -> bytes:
    """Return the page; ``has_names`` adds that it is confidential."""
    document = Document(title(story), story.language, footer(story, has_names))
    # Everything has its place here: what is too long is cut, never sent to a new page.
    document.fixed()
    page = document.surface
    steps = {step.code: step for step in story.steps}
    y = _head(page, story)
    y = _indicators(page, y, _numbers(steps))
    y = _drawings(page, y, steps)
    _actions(page, y, steps.get("actions"), story)
    return document.output()


def title(story: Story) -> str:
    """Return the name of a document made of a story."""
    period = story.telling.period or story.telling.as_of
    return f"{story.telling.company} – {period}"


def footer(story: Story, has_names: bool) -> str:
    """Return the line at the foot of each page."""
    parts = [title(story), text("take.credit", story.language)]
    if has_names:
        parts.insert(1, text("take.confidential", story.language))
    return " · ".join(parts)


def _head(page: Surface, story: Story) -> float:
    """Write of whom, the verdict, and what it rests on."""
    first = story.steps[0]
    y = page.text(
        _LEFT, _TOP, title(story), _WIDTH, size=9.5, colour=LIGHT.muted, most=1
    )
    if first.word:
        page.chip(_LEFT, y + 1.5, first.state, first.word)
        y += 8.5
    words = plain(first.title)
    y = page.text(_LEFT, y, words, _WIDTH, size=20, title=True, most=3) + 1
    if first.lead:
        y = page.text(_LEFT, y, first.lead, _WIDTH, size=10.5, most=3)
    return y + _GAP - 1


def _numbers(steps: dict[str, Step]) -> Sequence[Number]:
    """Return three figures: those of use, else those of the verdict."""
    found = steps["adoption"].numbers if "adoption" in steps else ()
    others = steps["verdict"].numbers if "verdict" in steps else ()
    shown = {number.label: number for number in (*others[:1], *found[:2], *others[1:])}
    return tuple(shown.values())[:_FIGURES]


def _indicators(page: Surface, y: float, numbers: Sequence[Number]) -> float:
    if not numbers:
        return y
    width = (_WIDTH - 4 * (len(numbers) - 1)) / len(numbers)
    bottom = y
    for place, number in enumerate(numbers):
        x = _LEFT + place * (width + 4)
        page.rect(
            x, y, 1.1, 23, LIGHT.mark(number.state) if number.state else LIGHT.line
        )
        inside = width - 4
        end = page.text(
            x + 4,
            y,
            number.value,
            inside,
            size=22,
            title=True,
            most=1,
            colour=LIGHT.ink(number.state) if number.state else LIGHT.text,
        )
        end = page.text(x + 4, end - 0.5, number.label, inside, size=9, most=2)
        end = page.text(
            x + 4, end, number.note, inside, size=8, colour=LIGHT.muted, most=1
        )
        bottom = max(bottom, end, y + 23)
    return bottom + _GAP


def _drawings(page: Surface, y: float, steps: dict[str, Step]) -> float:
    """Draw the pyramid, then what is wrong, side by side where both are told."""
    shown = [steps[code] for code in _STEPS if code in steps]
    if not shown:
        shown = [steps[code] for code in ("campaign", "adoption") if code in steps][:1]
    if not shown:
        return y
    page.line([(_LEFT, y), (_LEFT + _WIDTH, y)], LIGHT.line, 0.25)
    y += _GAP - 2
    width = (_WIDTH - 8 * (len(shown) - 1)) / len(shown)
    ends = [
        _drawing(page, _LEFT + place * (width + 8), y, width, step)
        for place, step in enumerate(shown)
    ]
    return max(ends) + _GAP


def _drawing(page: Surface, x: float, y: float, width: float, step: Step) -> float:
    end = page.text(
        x, y, step.topic, width, size=8.5, bold=True, colour=LIGHT.accent, most=1
    )
    end = page.text(x, end, plain(step.title), width, size=12, title=True, most=3) + 2
    if step.plot is not None:
        high = min(plots.wanted(page, step.plot, width), 52)
        end = plots.draw(page, Area(x, end, width, high), step.plot) + 2
    for number in step.numbers:
        if step.code != "symptoms":
            break
        said = f"**{number.label}** {number.value}"
        page.dot(x + 1.2, end + height(8.8) / 2, 1.1, LIGHT.mark(number.state))
        end = page.text(x + 4, end, said, width - 4, size=8.8, most=2) + 0.8
    if step.code != "symptoms" and step.lead:
        end = page.text(x, end, step.lead, width, size=8.5, colour=LIGHT.muted, most=4)
    return end


def _actions(page: Surface, y: float, step: Step | None, story: Story) -> None:
    """Write what to do first, with room for who and when, then what it is all of."""
    about = " · ".join(story.telling.about)
    lines = page.broken(about, _WIDTH, 7.8, bold=False, title=False)[:4]
    foot = _FOOT - len(lines) * height(7.8)
    if step is not None and step.plot is not None:
        page.line([(_LEFT, y), (_LEFT + _WIDTH, y)], LIGHT.line, 0.25)
        y = page.text(_LEFT, y + 3, step.topic, _WIDTH, size=13, title=True, most=1) + 1
        heads = [text(f"take.deck.{name}", story.language) for name in ("owner", "due")]
        for place, head in enumerate(heads):
            page.text(
                _LEFT + 126 + 25 * place, y - 5, head, 23, size=8, colour=LIGHT.muted
            )
        for place, what in enumerate(step.plot.categories):
            why = step.plot.written[place] if place < len(step.plot.written) else ""
            if y + 12 > foot:
                break
            y = _action(page, y, place, what, why)
    page.text(_LEFT, foot, about, _WIDTH, size=7.8, colour=LIGHT.muted, most=4)


def _action(page: Surface, y: float, place: int, what: str, why: str) -> float:
    page.text(_LEFT, y + 1, str(place + 1), 6, size=13, title=True, colour=LIGHT.accent)
    end = page.text(_LEFT + 8, y + 1, what, 112, size=10, bold=True, most=2)
    end = page.text(_LEFT + 8, end, why, 112, size=8.8, colour=LIGHT.muted, most=2)
    end = max(end, y + 9) + 1.5
    for column in range(2):
        x = _LEFT + 126 + 25 * column
        page.line([(x, end - 2.5), (x + 22, end - 2.5)], LIGHT.line2, 0.2)
    return end
