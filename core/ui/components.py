"""Blocks that pages are made of: functions from words to HTML, and ``show``.

Every function takes sentences already in the reader's language, escapes them, and
returns HTML; ``**two stars**`` in a sentence mark its decisive words. Nothing here
decides anything: a state or a direction comes in as an argument.

States are "healthy", "watch", "sick" or "at_risk", "not_enough_data", "excluded".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from core.ui.icons import PROFILE_ICONS, icon

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_HYPHENED = re.compile(r"\w+(?:-\w+)+")
_WHOLE = re.compile(r"\b[eE]-mails?\b")


@dataclass(frozen=True)
class Stat:
    """One line of a list: a label, its value, and the state or profile beside it."""

    label: str
    value: str
    state: str = ""
    profile: str = ""


def show(*parts: str) -> None:
    """Put HTML built by this module on the page, as one element."""
    st.html("".join(parts))


def rich(sentence: str) -> str:
    """Escape ``sentence`` and turn its ``**words**`` into bold ones."""
    return _BOLD.sub(r"<b>\1</b>", escape(sentence))


def unbroken(words: str) -> str:
    """Escape the words of a title; "e-mail" is never cut at its hyphen."""
    return _WHOLE.sub(r'<span class="whole">\g<0></span>', escape(words))


def whole(sentence: str) -> str:
    """Escape large words, where a name with a hyphen does not end a line at it."""
    return _HYPHENED.sub(r'<span class="whole">\g<0></span>', escape(sentence))


def unseen(words: str) -> str:
    """Return words for screen readers only."""
    return f'<span class="unseen">{escape(words)}</span>'


def status(sentence: str) -> str:
    """Return a line that screen readers announce when it changes."""
    return f'<p class="note" role="status">{rich(sentence)}</p>'


def chip(state: str, word: str, *, big: bool = False) -> str:
    """Return the pill of a state: its icon and always its word."""
    size = " big" if big else ""
    return (
        f'<span class="chip{size} t-{escape(state)}">{icon(state)}{escape(word)}</span>'
    )


def symbol(profile: str | None, label: str) -> str:
    """Return a profile's sign (circle, diamond, square, dashed ring) and its name."""
    kind = profile if profile in PROFILE_ICONS else "unclassified"
    drawing = icon(PROFILE_ICONS.get(kind, "ring"))
    return (
        f'<span class="symbol"><span class="t-{kind}">{drawing}</span> '
        f"{escape(label)}</span>"
    )


def verdict_header(
    eyebrow: str, answer: str, state: str = "", word: str = "", *, big: bool = True
) -> str:
    """Return the head of a page: its topic, the answer as the only h1, the state."""
    pill = chip(state, word, big=big) if state else ""
    return (
        f'<header class="verdict"><div><p class="eyebrow">{escape(eyebrow)}</p>'
        f"<h1>{unbroken(answer)}</h1></div>{pill}</header>"
    )


def hero(
    answer: str,
    lead: str,
    state: str,
    word: str,
    *,
    picture: str = "",
    caption: str = "",
    subcaption: str = "",
) -> str:
    """Return the first card of Home: state, answer, one sentence, a picture."""
    figure = ""
    if picture:
        below = f"<figcaption><b>{escape(caption)}</b>{escape(subcaption)}</figcaption>"
        figure = f"<figure>{picture}{below if caption else ''}</figure>"
    alone = "" if picture else ' style="grid-template-columns:1fr"'
    return (
        f'<section class="card hero"{alone}><div>{chip(state, word, big=True)}'
        f'<h1>{whole(answer)}</h1><p class="lead">{rich(lead)}</p></div>'
        f"{figure}</section>"
    )


def letterhead(left: str, right: str = "") -> str:
    """Return a line that only paper shows: whose page this is, and of when."""
    return (
        f'<div class="letterhead" aria-hidden="true"><b>{escape(left)}</b>'
        f"<span>{escape(right)}</span></div>"
    )


def section(title: str, note: str = "") -> str:
    """Return the title of a part of the page, with an optional line below."""
    below = f'<p class="note">{rich(note)}</p>' if note else ""
    return f'<h2 class="section">{unbroken(title)}</h2>{below}'


def heading(
    title: str,
    note: str = "",
    *,
    profile: str | None = None,
    state: str = "",
    word: str = "",
) -> str:
    """Return the title of a card: a profile's sign before it, a state's pill after."""
    sign = ""
    if profile:
        shape = icon(PROFILE_ICONS.get(profile, "ring"))
        sign = f'<span class="t-{escape(profile)}">{shape}</span> '
    below = f'<p class="note">{rich(note)}</p>' if note else ""
    head = f"<h2>{sign}{unbroken(title)}</h2>"
    if state:
        head = f'<div class="cardhead">{head}{chip(state, word)}</div>'
    return head + below


def big_number(value: str, words: str = "") -> str:
    """Return the one figure of a card, large, and what it counts."""
    return f'<p class="amount">{escape(value)}<span>{escape(words)}</span></p>'


def card(*parts: str, title: str = "", note: str = "", tone: str = "") -> str:
    """Return a card as high as its neighbours; ``tone`` is "", "accent" or "bad"."""
    head = heading(title, note) if title else ""
    body = "".join(parts)
    return f'<section class="card fill {escape(tone)}">{head}{body}</section>'


def paragraph(sentence: str) -> str:
    """Return running text."""
    return f'<p class="say">{rich(sentence)}</p>'


def note(sentence: str) -> str:
    """Return a small muted line."""
    return f'<p class="note">{rich(sentence)}</p>'


def step_list(steps: Iterable[tuple[str, str]], *, start: int = 1) -> str:
    """Return actions numbered from ``start``; each is what to do and why."""
    rows = "".join(
        f'<li><span class="n">{rank}</span><span><b>{escape(what)}</b>'
        f'<span class="note">{rich(why)}</span></span></li>'
        for rank, (what, why) in enumerate(steps, start=start)
    )
    return f'<ol class="steps" start="{start}">{rows}</ol>'


def stat_list(stats: Iterable[Stat]) -> str:
    """Return lines of label and value, each with its state's or profile's sign."""
    rows = []
    for stat in stats:
        sign = ""
        if stat.state:
            sign = f'<span class="t-{escape(stat.state)}">{icon(stat.state)}</span>'
        elif stat.profile:
            kind = stat.profile if stat.profile in PROFILE_ICONS else "unclassified"
            sign = (
                f'<span class="t-{kind}">{icon(PROFILE_ICONS.get(kind, "ring"))}</span>'
            )
        rows.append(
            f"<li>{sign}<span>{escape(stat.label)}</span>"
            f'<span class="v">{rich(stat.value)}</span></li>'
        )
    return f'<ul class="stats">{"".join(rows)}</ul>'


def legend(items: Iterable[tuple[str, str]]) -> str:
    """Return keys of a drawing; each is (CSS of the key's square, word)."""
    rows = "".join(
        f'<li><span class="key" style="{escape(css)}"></span>{escape(word)}</li>'
        for css, word in items
    )
    return f'<ul class="legend">{rows}</ul>'


def notice(kind: str, sentence: str) -> str:
    """Return a line about the data: ``kind`` is a state or "info"."""
    return (
        f'<div class="notice {escape(kind)}" role="status">'
        f'<span class="t-{escape(kind)}">{icon(kind)}</span>'
        f"<span>{rich(sentence)}</span></div>"
    )


def partial_data(sentence: str) -> str:
    """Return the notice that some data is missing and what it changes."""
    return notice("not_enough_data", sentence)


def empty_state(
    title: str,
    missing: str,
    exports: Sequence[tuple[str, str]] = (),
    *,
    heading_level: int = 2,
) -> str:
    """Return the dashed box of what cannot be shown yet, and what would fill it.

    ``exports`` are (tool, what to export from which menu). ``heading_level`` is 1
    where the box is all the page has. Put one primary button below it.
    """
    level = 1 if heading_level == 1 else 2
    rows = "".join(
        f"<li><b>{escape(vendor)}</b> {rich(export)}</li>" for vendor, export in exports
    )
    rows = f'<ul class="stats exports">{rows}</ul>'
    return (
        f'<section class="empty">{icon("not_enough_data")}<h{level}>{escape(title)}'
        f"</h{level}><p>{rich(missing)}</p>{rows if exports else ''}</section>"
    )


def error_card(title: str, body: str, *, reference: str = "") -> str:
    """Return what went wrong, what to do, and what is safe; announced aloud."""
    mark = f'<p class="note"><code>{escape(reference)}</code></p>' if reference else ""
    return (
        f'<section class="card bad fault" role="alert">{icon("sick")}'
        f"<h2>{escape(title)}</h2>{paragraph(body)}{mark}</section>"
    )


def skeleton(words: str, heights: Sequence[int] = (46, 106)) -> str:
    """Return a card of the final size while something is computed, in pixels."""
    blocks = "".join(f'<span style="height:{height}px"></span>' for height in heights)
    return (
        f'<section class="card skeleton" role="status"><p class="eyebrow">'
        f"{escape(words)}</p>{blocks}</section>"
    )


def data_line(sentence: str) -> str:
    """Return the last line of a page: source, import date, people, working days."""
    return f'<p class="dataline">{rich(sentence)}</p>'


def how(
    summary: str, paragraphs: Sequence[str], *, to: tuple[str, str] | None = None
) -> str:
    """Return a folded "how is this computed", with formula, period and rows.

    ``to`` is the address and the words of where the whole of it is told.
    """
    body = "".join(f"<p>{rich(line)}</p>" for line in paragraphs)
    if to:
        address, words = to
        body += f'<p><a href="{escape(address, quote=True)}">{escape(words)}</a></p>'
    return f'<details class="how"><summary>{escape(summary)}</summary>{body}</details>'
