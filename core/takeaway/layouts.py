"""Which layout of a template a slide takes, and what room it leaves."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu

from core.takeaway.canvas import Box
from core.takeaway.theme import title_of

_FURNITURE = (
    PP_PLACEHOLDER.DATE,
    PP_PLACEHOLDER.FOOTER,
    PP_PLACEHOLDER.SLIDE_NUMBER,
)
_SUBTITLES = (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)
_LEAST_ROOM, _LEAST_WIDTH = 0.55, 0.6
_MARGIN = 0.05
_SUBTITLE = 0.1


@dataclass(frozen=True)
class Room:
    """Where a slide writes: its title, and all that stands below it."""

    title: Box
    body: Box


def _others(layout: Any) -> list[Any]:
    """Return the placeholders that are neither a title nor part of the foot."""
    title = title_of(layout)
    return [
        shape
        for shape in layout.placeholders
        if shape.placeholder_format.type not in _FURNITURE
        and (title is None or shape.shape_id != title.shape_id)
    ]


def for_steps(presentation: Any) -> Any:
    """Return the layout with a title and the least beside it."""
    layouts = [each for m in presentation.slide_masters for each in m.slide_layouts]

    def rank(layout: Any) -> tuple[bool, bool, bool, int]:
        title = title_of(layout)
        kind = layout.element.get("type")
        return (
            title is None,
            kind != "titleOnly",
            kind in ("title", "secHead", "vertTitleAndTx")
            or _is_cramped(layout, title),
            len(_others(layout)),
        )

    return min(layouts, key=rank)


def _is_cramped(layout: Any, title: Any) -> bool:
    if title is None:
        return True
    high = _size(layout)[1]
    return bool((title.top or 0) + (title.height or 0) > 0.4 * high)


def for_cover(presentation: Any) -> Any:
    """Return the layout of a first slide, else that of the others."""
    for master in presentation.slide_masters:
        for layout in master.slide_layouts:
            if layout.element.get("type") == "title" and title_of(layout) is not None:
                return layout
    return for_steps(presentation)


def _size(layout: Any) -> tuple[int, int]:
    presentation = layout.part.package.presentation_part.presentation
    return int(presentation.slide_width), int(presentation.slide_height)


def _box(shape: Any) -> Box:
    return Box(
        *(int(v or 0) for v in (shape.left, shape.top, shape.width, shape.height))
    )


def room(layout: Any) -> Room:
    """Return where a slide of ``layout`` writes.

    Below its title and above its foot; where the title leaves too little, it is moved
    to the head of the slide.
    """
    wide, high = _size(layout)
    margin = int(_MARGIN * wide)
    title = title_of(layout)
    head = Box(margin, int(0.06 * high), wide - 2 * margin, int(0.15 * high))
    if title is not None and _box(title).width and not _is_cramped(layout, title):
        head = _box(title)
        if head.height > 0.24 * high:
            head = Box(head.left, head.top, head.width, int(0.24 * high))
    foot = _foot(layout, wide, high)
    left = head.left
    width = head.width if head.width >= _LEAST_WIDTH * wide else wide - left - margin
    top = head.bottom + int(0.015 * high)
    if foot - top < _LEAST_ROOM * high:
        foot = int(0.96 * high)
    # What stands beside a narrowed title (a logo) is above the body: use the width.
    width = max(width, wide - 2 * left) if left < 0.2 * wide else width
    return Room(head, Box(left, top, width, foot - top))


def _foot(layout: Any, wide: int, high: int) -> int:
    """Return where the foot of a template begins, decorations included."""
    lowest = int(0.955 * high)
    for holder in (layout, layout.slide_master):
        for shape in holder.shapes:
            is_foot = (
                not shape.is_placeholder or shape.placeholder_format.type in _FURNITURE
            )
            if holder is not layout and shape.is_placeholder:
                is_foot = False
            if not is_foot or shape.top is None or shape.height is None:
                continue
            if shape.top > 0.72 * high and shape.height < 0.28 * high:
                lowest = min(lowest, int(shape.top) - int(0.008 * high))
    return lowest


def add(presentation: Any, layout: Any, words: str) -> tuple[Any, Any]:
    """Add a slide titled ``words``; return it and its title's frame.

    Nothing of the layout stays empty; the number of the slide is taken over.
    """
    slide = presentation.slides.add_slide(layout)
    title = title_of(slide)
    for shape in list(slide.placeholders):
        if title is None or shape.shape_id != title.shape_id:
            shape.element.getparent().remove(shape.element)
    for shape in layout.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            slide.shapes._spTree.append(copy.deepcopy(shape.element))
    if title is None:
        place = room(layout).title
        title = slide.shapes.add_textbox(*(Emu(v) for v in _sides(place)))
    elif _is_cramped(layout, title_of(layout)):
        place = room(layout).title
        title.left, title.top, title.width, title.height = (
            Emu(v) for v in _sides(place)
        )
    return slide, title.text_frame


def _sides(box: Box) -> Iterable[int]:
    return (box.left, box.top, box.width, box.height)


def cover(presentation: Any, layout: Any) -> tuple[Any, Any, Any]:
    """Add the first slide; return it, its title's frame and its subtitle's, or None."""
    slide = presentation.slides.add_slide(layout)
    title, below = title_of(slide), None
    for shape in list(slide.placeholders):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if below is None and shape.placeholder_format.type in _SUBTITLES:
            below = shape.text_frame
            continue
        shape.element.getparent().remove(shape.element)
    if title is None:
        place = room(layout).title
        title = slide.shapes.add_textbox(*(Emu(v) for v in _sides(place)))
        title.text_frame.word_wrap = True
    if below is not None:
        _lower(below._parent, _size(layout)[1])
    return slide, title.text_frame, below


def _lower(shape: Any, high: int) -> None:
    """Leave a subtitle its line: what it has more is for the verdict below it."""
    place = _box(shape)
    shape.left, shape.top, shape.width = (
        Emu(v) for v in (place.left, place.top, place.width)
    )
    shape.height = Emu(min(place.height, int(_SUBTITLE * high)))


def box(frame: Any) -> Box:
    """Return where the shape of a frame stands."""
    return _box(frame._parent)


def alignment(frame: Any) -> Any:
    """Return how a title is aligned by its template: left, unless it is centred."""
    shape = frame._parent
    levels = [shape.element]
    if shape.is_placeholder:
        layout = shape.part.slide.slide_layout
        title = title_of(layout)
        levels += [] if title is None else [title.element]
        style = layout.slide_master.element.find(f".//{qn('p:titleStyle')}")
        levels += [] if style is None else [style]
    for level in levels:
        for found in level.iter(qn("a:lvl1pPr"), qn("a:pPr")):
            if found.get("algn"):
                centred = found.get("algn") == "ctr"
                return PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
    return PP_ALIGN.LEFT
