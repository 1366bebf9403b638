"""One step of the story as a slide, and what its presenter says beside it."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from html import escape

import streamlit as st

from core.charts.enlarged import enlarged
from core.story import Number, Plot, Step
from core.ui import components
from core.ui.components import rich
from core.ui.icons import icon
from core.visit import Visit

_NOTES = ("say", "ask", "objection")
_HEIGHT = 480
_SPLIT = (46, 54)
_LONG = 80
_WORDS = 12


def draw(visit: Visit, step: Step) -> None:
    """Draw a slide: the answer and its figures, one drawing, its source, the notes."""
    with st.container(key=f"slide_{step.code}"):
        left, right = st.columns(_SPLIT, gap="large", vertical_alignment="center")
        with left:
            components.show(said(step))
        with right:
            _drawn(visit, step)
        below = f'<p class="source">{escape(step.source)}</p>'
        components.show(below, notes(visit, step))


def read(visit: Visit, step: Step, following: Step | None) -> None:
    """Draw what the presenter reads of a step, and what comes next."""
    then = ""
    if following is not None:
        word = escape(visit.text("page.present.then"))
        then = f'<p class="then"><b>{word}</b> {escape(following.title)}</p>'
    with st.container(key=f"slide_{step.code}"):
        components.show(
            f'<p class="eyebrow">{escape(step.topic)}</p>'
            f"<h1>{components.whole(step.title)}</h1>{numbers(step.numbers)}",
            notes(visit, step),
            then,
        )


def said(step: Step) -> str:
    """Return the words of a slide: state, answer, what it rests on, key figures."""
    pill = components.chip(step.state, step.word, big=True) if step.word else ""
    long = ' class="long"' if len(step.title) > _LONG else ""
    return (
        f'<div class="said"><p class="eyebrow">{escape(step.topic)}</p>{pill}'
        f"<h1{long}>{components.whole(step.title)}</h1>"
        f'<p class="lead">{rich(step.lead)}</p>{numbers(step.numbers)}</div>'
    )


def numbers(found: Sequence[Number]) -> str:
    """Return the key figures, each with its name and what it is compared with."""
    rows = "".join(
        f"<div><dt>{escape(one.label)}</dt>"
        f'<dd><b class="t-{escape(one.state or "plain")}">{escape(one.value)}</b>'
        f"<span>{escape(one.note)}</span></dd></div>"
        for one in found
    )
    words = " words" if any(len(one.value) > _WORDS for one in found) else ""
    return f'<dl class="figures{words}">{rows}</dl>' if rows else ""


def notes(visit: Visit, step: Step) -> str:
    """Return what the presenter says, asks and expects to hear."""
    rows = "".join(
        f'<li class="{name}">{escape(line)}</li>'
        for name, line in zip(_NOTES, step.notes, strict=True)
    )
    title = escape(visit.text("page.present.notes"))
    return f'<aside class="notes" aria-label="{title}"><ul>{rows}</ul></aside>'


def _drawn(visit: Visit, step: Step) -> None:
    """Draw the chart of a step, else its lines or its letters."""
    if step.figure is not None:
        with st.container(key=f"drawn_{step.code}", gap="xsmall"):
            keys = [(key.css(), key.word) for key in step.figure.keys]
            components.show(
                f'<p class="drawing">{escape(step.figure.title)}</p>',
                components.legend(keys) if keys else "",
            )
            # Streamlit takes the data out of what it is given; the figure is kept.
            spec = copy.deepcopy(step.figure.spec)
            st.vega_lite_chart(
                spec if visit.is_phone else enlarged(spec, _HEIGHT),
                theme=None,
                width="stretch",
                alt=step.figure.alt,
                key=f"slide_chart_{step.code}",
            )
            if step.figure.note:
                components.show(components.note(step.figure.note))
    elif step.plot is not None:
        is_score = step.plot.kind == "tiles"
        components.show(_tiles(step.plot) if is_score else _lines(step.plot))


def _lines(plot: Plot) -> str:
    """Return lines of words: numbered, or each with the sign of its state."""
    rows = []
    for place, (line, words) in enumerate(
        zip(plot.categories, plot.written, strict=True)
    ):
        state = plot.states[place] if plot.states else ""
        sign = (
            f'<span class="sign t-{escape(state)}">{icon(state)}</span>'
            if state
            else f'<span class="sign n">{place + 1}</span>'
        )
        rows.append(
            f'<li>{sign}<span class="line"><b>{escape(line)}</b>'
            f"<span>{rich(words)}</span></span></li>"
        )
    return f'<ol class="lines">{"".join(rows)}</ol>'


def _tiles(plot: Plot) -> str:
    """Return the ten letters in two words, each with its criterion and its answer."""
    tiles = []
    for line, words, state in zip(
        plot.categories, plot.written, plot.states, strict=True
    ):
        letter, _, name = line.partition(" ")
        tiles.append(
            f'<li class="t-{escape(state)}"><b>{escape(letter)}</b>'
            f"<span>{escape(name)}</span><small>{icon(state)}{escape(words)}</small>"
            "</li>"
        )
    half = len(tiles) // 2
    return "".join(
        f'<ol class="letters">{"".join(row)}</ol>'
        for row in (tiles[:half], tiles[half:])
    )
