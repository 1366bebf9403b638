"""The story as a PowerPoint deck: one answer a slide, every chart native.

It takes the look of the template given, or ours. ``tell`` is called before each slide
with how many are done, out of how many.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from core.i18n import text
from core.story.model import Step, Story
from core.takeaway import blank, fitting, key_numbers, layouts, native, tables, theme
from core.takeaway.blank import Brand
from core.takeaway.canvas import Box, Canvas, Ink, clean, plain

Tell = Callable[[int, int], None]
_OUR_HEIGHT = Inches(7.5)
_TITLES = (30, 28, 26, 24, 22, 20, 18, 16, 14)
_MOST_NUMBERS = 4
_CHART_PART = 0.68
_MOST_TITLE, _MOST_LEAD, _MOST_SOURCE = 200, 420, 330


def pptx_bytes(
    story: Story,
    method: Sequence[tuple[str, str]],
    *,
    template: bytes | None = None,
    brand: Brand | None = None,
    tell: Tell | None = None,
) -> bytes:
    """Return the deck; ``method`` are (figure, formula) for its last slide."""
    found = _opened(template, brand)
    slides: list[Callable[[Any], None]] = [lambda deck: _cover(deck, story)]
    slides += [
        lambda deck, step=step: _step(deck, story, step)  # type: ignore[misc]
        for step in story.steps
    ]
    slides.append(lambda deck: _method(deck, story, method))
    for done, make in enumerate(slides):
        if tell is not None:
            tell(done, len(slides))
        make(found)
    _describe(found, story)
    out = io.BytesIO()
    found.save(out)
    if tell is not None:
        tell(len(slides), len(slides))
    return out.getvalue()


def _opened(template: bytes | None, brand: Brand | None) -> Any:
    if template is None:
        return blank.presentation(brand)
    return Presentation(io.BytesIO(template))


def _describe(presentation: Any, story: Story) -> None:
    told = presentation.core_properties
    told.title = clean(f"{story.telling.company} – {story.telling.period}")
    told.author = "Aplomb"
    told.last_modified_by = "Aplomb"
    told.language = story.language
    told.subject = clean(" · ".join(story.telling.about))[:250]


def _canvas(presentation: Any, layout: Any, slide: Any, language: str) -> Canvas:
    scale = presentation.slide_height / _OUR_HEIGHT
    return Canvas(slide, theme.of(presentation, layout), language, scale)


def _titled(presentation: Any, words: str, language: str) -> tuple[Canvas, Box]:
    """Add a slide with its title, as large as fits; return it and its room."""
    layout = layouts.for_steps(presentation)
    slide, frame = layouts.add(presentation, layout, words)
    canvas = _canvas(presentation, layout, slide, language)
    room = layouts.room(layout)
    said = fitting.shortened(plain(words), _MOST_TITLE)
    largest = canvas.theme.title_size
    sizes: list[float] = [size for size in _TITLES if size <= largest]
    size = fitting.largest(
        said,
        (Emu(room.title.width).pt - 14, Emu(room.title.height).pt - 6),
        sizes or [largest],
        bold=True,
    )
    frame.word_wrap = True
    canvas.put(frame, said, Ink(size))
    for run in frame.paragraphs[0].runs:
        # The template says whether its titles are bold.
        run.font.bold = None
    frame.paragraphs[0].alignment = None
    return canvas, room.body


def _cover(presentation: Any, story: Story) -> None:
    telling = story.telling
    layout = layouts.for_cover(presentation)
    slide, title, below = layouts.cover(presentation, layout)
    canvas = _canvas(presentation, layout, slide, story.language)
    name = fitting.shortened(clean(telling.company), 90)
    title.text = name
    holder = layouts.box(title)
    size = fitting.largest(
        name,
        (Emu(holder.width).pt - 16, Emu(holder.height).pt - 8),
        (40, 36, 32, 28, 24, 20),
        bold=True,
    )
    for run in title.paragraphs[0].runs:
        run.font.size = Pt(size)
    said = text("take.deck.cover", story.language, period=telling.period)
    place = holder
    if below is not None:
        below.text = said
        place = layouts.box(below)
    high = int(presentation.slide_height)
    left, width = place.left, place.width
    top = place.bottom + int(0.03 * high)
    align = layouts.alignment(title)
    if below is None:
        canvas.text(
            Box(left, top, width, int(0.06 * high)),
            said,
            Ink(canvas.points(18), canvas.theme.ink, align=align),
        )
        top += int(0.08 * high)
    bottom = layouts.room(layout).body.bottom
    _verdict(canvas, story, Box(left, top, width, bottom - top), align)


def _verdict(canvas: Canvas, story: Story, box: Box, align: Any) -> None:
    """Write the verdict under the name of the company, and what it rests on."""
    first, colours = story.steps[0], canvas.theme
    words = fitting.shortened(plain(first.title), _MOST_TITLE)
    top = box.top
    if first.word and align == PP_ALIGN.LEFT:
        top = canvas.chip(box.left, top, first.state, first.word).bottom
        top += int(Pt(8 * canvas.scale))
    size = canvas.points(24)
    high = canvas.height(words, box.width, size, bold=True)
    canvas.text(
        Box(box.left, top, box.width, high),
        words,
        Ink(size, colours.ink, bold=True, align=align),
    )
    top += high + int(Pt(10 * canvas.scale))
    about = story.telling.about
    small = canvas.points(13)
    lines = list(dict.fromkeys(line for line in about if line))
    frame = None
    for line in lines:
        high = canvas.height(line, box.width, small)
        if top + high > box.bottom and frame is not None:
            break
        ink = Ink(small, colours.muted, align=align)
        if frame is None:
            frame = canvas.text(Box(box.left, top, box.width, high), line, ink)
        else:
            canvas.put(frame, line, ink, is_new=True)
        top += high


def _step(presentation: Any, story: Story, step: Step) -> None:
    canvas, room = _titled(presentation, step.title, story.language)
    colours = canvas.theme
    gap = int(Pt(7 * canvas.scale))
    top, left = room.top, room.left
    small = canvas.points(13)
    line = int(Pt(small * 1.9))
    if step.word:
        left = canvas.chip(left, top, step.state, step.word).right + gap
    canvas.text(
        Box(left, top, room.right - left, line),
        step.topic,
        Ink(small, colours.muted, bold=True),
        anchor=MSO_ANCHOR.MIDDLE,
    )
    top += line + gap // 2
    if step.lead:
        words = fitting.shortened(step.lead, _MOST_LEAD)
        size = canvas.points(17)
        high = canvas.height(words, room.width, size)
        canvas.text(
            Box(room.left, top, room.width, high), words, Ink(size, colours.ink)
        )
        top += high + gap
    bottom = _source(canvas, room, step.source or " · ".join(story.telling.about))
    _content(canvas, Box(room.left, top, room.width, bottom - gap - top), step)
    canvas.notes([step.title, step.lead, *step.notes, step.source])


def _source(canvas: Canvas, room: Box, words: str) -> int:
    """Write where the figures come from at the foot; return where it begins."""
    if not words:
        return room.bottom
    size = canvas.points(10)
    said = fitting.shortened(plain(words), _MOST_SOURCE)
    width = int(room.width * 0.93)
    high = canvas.height(said, width, size)
    top = room.bottom - high
    ink = Ink(size, canvas.theme.muted)
    canvas.text(Box(room.left, top, width, high), said, ink)
    return top


def _content(canvas: Canvas, box: Box, step: Step) -> None:
    """Draw what the step shows, its key numbers beside it."""
    plot, numbers = step.plot, step.numbers[:_MOST_NUMBERS]
    if plot is None:
        key_numbers.draw(canvas, box, numbers, is_row=len(numbers) > 1)
        return
    if plot.kind == "list" or not numbers:
        if numbers:
            high = int(box.height * 0.22)
            key_numbers.draw(
                canvas, Box(box.left, box.top, box.width, high), numbers, is_row=True
            )
            box = Box(box.left, box.top + high, box.width, box.height - high)
        _drawing(canvas, box, step)
        return
    wide = int(box.width * _CHART_PART)
    _drawing(canvas, Box(box.left, box.top, wide, box.height), step)
    left = box.left + wide + int(box.width * 0.035)
    column = Box(left, box.top, box.right - left, box.height)
    key_numbers.draw(canvas, column, numbers, is_row=False)


def _drawing(canvas: Canvas, box: Box, step: Step) -> None:
    assert step.plot is not None
    if step.plot.kind == "tiles":
        tables.tiles(canvas, box, step.plot)
    elif step.plot.kind == "list":
        tables.listed(canvas, box, step)
    else:
        told = step.figure.alt if step.figure is not None else step.title
        native.add(canvas, box, step.plot, told)


def _method(presentation: Any, story: Story, method: Sequence[tuple[str, str]]) -> None:
    """Say how each figure is computed, from what, and whose method is used."""
    language = story.language
    canvas, room = _titled(presentation, text("take.deck.method", language), language)
    colours = canvas.theme
    credit = text("take.credit", language)
    about = [*story.telling.about, credit]
    for size in (14, 13, 12, 11, 10, 9, 8):
        points = canvas.points(size)
        said = [f"**{name.strip()}** {formula}" for name, formula in method]
        high = sum(canvas.height(line, room.width, points) for line in (*said, *about))
        high += int(Pt(points * 0.4)) * (len(said) + len(about)) + int(Pt(points))
        if high <= room.height:
            break
    frame = canvas.text(room, (said or about)[0], Ink(points, colours.ink))
    for line in said[1:]:
        canvas.put(frame, line, Ink(points, colours.ink), is_new=True)
    for line in about if said else about[1:]:
        canvas.put(frame, line, Ink(points, colours.muted), is_new=True)
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(points * 0.4)
    canvas.notes(about)
