"""How every figure is computed: the index, the search, the words, the credits."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from core import settings
from core.i18n import LANGUAGES, plural, text
from core.method.figure import Figure
from core.method.figures import FIGURES
from core.method.texts import GLOSSARY, WHERE, search, search_words, written
from core.method.thresholds import SOURCES, THRESHOLDS
from core.ui import addressed, components, folding, links, tour
from core.ui.tables import Html, table
from core.ui.views import method_figure
from core.visit import Visit

# Columns of about the same height.
_COLUMNS = (
    ("use", "people", "company", "audit"),
    ("symptoms", "pyramid", "practices", "conversations"),
    ("campaigns", "rules"),
)


def draw(visit: Visit) -> None:
    """Draw the figure that the address names, else the index."""
    figure = FIGURES.get(st.query_params.get("figure", ""))
    if figure is not None:
        method_figure.draw(visit, figure)
        return
    components.show(
        components.verdict_header(
            visit.text("page.method.eyebrow"), visit.text("page.method.title")
        ),
        components.paragraph(_lead(visit)),
    )
    words = st.text_input(
        visit.text("page.method.search"),
        placeholder=visit.text("page.method.search_hint"),
        **addressed.words("search", "method_search"),
    ).strip()
    if words:
        _found(visit, words)
        return
    _index(visit)
    _glossary(visit, GLOSSARY)
    _credits(visit)
    _product(visit)


def _lead(visit: Visit) -> str:
    files = {model for figure in FIGURES.values() for model in figure.models}
    return visit.text(
        "page.method.lead",
        count=len(FIGURES),
        limits=len(THRESHOLDS),
        files=len(files),
    )


def _found(visit: Visit, words: str) -> None:
    found, terms = search(words, visit.language), search_words(words)
    if terms:
        _glossary(visit, terms, is_open=True)
    if not found and not terms:
        title = visit.text("page.method.nothing", words=words)
        note = visit.text("page.method.nothing_note")
        components.show(components.empty_state(title, note))
        return
    if not found:
        return
    count = plural("page.method.found", len(found), visit.language)
    components.show(components.status(count))
    with st.container(border=True, key="card_method_found", gap="small"):
        for figure in found:
            _entry(visit, figure)


def _index(visit: Visit) -> None:
    """Draw the figures by group, each folded on a phone."""
    if visit.is_phone:
        for group in (group for column in _COLUMNS for group in column):
            name = visit.text(f"method.group.{group}")
            with st.expander(name, key=f"method_group_{group}"):
                _entries(visit, group)
        return
    for place, groups in zip(st.columns(3, gap="small"), _COLUMNS, strict=True):
        with place:
            for group in groups:
                _group(visit, group)


def _group(visit: Visit, group: str) -> None:
    with st.container(border=True, key=f"card_method_{group}", gap="small"):
        components.show(components.heading(visit.text(f"method.group.{group}")))
        _entries(visit, group)


def _entries(visit: Visit, group: str) -> None:
    for figure in FIGURES.values():
        if figure.group == group:
            _entry(visit, figure)


def _entry(visit: Visit, figure: Figure) -> None:
    name = written(figure, "name", visit.language)
    with st.container(key=f"method_entry_{figure.code}", gap=None):
        links.page_link(visit, "method", name, figure=figure.code)
        question = written(figure, "question", visit.language)
        components.show(components.note(question))


def _glossary(visit: Visit, codes: Sequence[str], *, is_open: bool = False) -> None:
    """Draw words of the field in both languages, what they mean, where they show."""
    other = next(code for code in LANGUAGES if code != visit.language)
    rows = [
        {
            "word": visit.text(f"glossary.{code}.word"),
            "other": text(f"glossary.{code}.word", other),
            "meaning": visit.text(f"glossary.{code}.meaning"),
            "where": Html(_where(visit, code)),
        }
        for code in codes
    ]
    columns = {
        "word": visit.text("page.method.word"),
        "other": visit.text("page.method.other_word"),
        "meaning": visit.text("page.method.meaning"),
        "where": visit.text("page.method.where"),
    }
    title = visit.text("page.method.glossary")
    listed = table(columns, rows, caption=title, strong={"word"})
    state = " open" if is_open else ""
    folded = (
        f'<details class="how"{state}><summary>{escape(title)}</summary>{listed}'
        "</details>"
    )
    components.show(components.card(folded))


def _where(visit: Visit, code: str) -> str:
    """Return a link to each page that shows a word, of those the reader may open."""
    return " · ".join(
        f'<a href="{page}">{escape(visit.text(f"page.{page}.nav"))}</a>'
        for page in WHERE[code]
        if visit.can_open(page)
    )


def _product(visit: Visit) -> None:
    """Say that nothing of the reader is measured; offer the tour again."""
    title = visit.text("page.method.untracked")
    said = components.paragraph(visit.text("page.method.untracked_say"))
    with st.container(border=True, key="card_method_product"):
        components.show(components.heading(title), said)
        if settings.value("APLOMB_TOUR") == "1" and st.button(
            visit.text("page.method.tour"), key="method_tour"
        ):
            tour.restart(visit)


def _credits(visit: Visit) -> None:
    rows = [
        {
            "name": visit.text(f"source.{name}.name"),
            "note": visit.text(f"source.{name}.note"),
        }
        for name in SOURCES
    ]
    title = visit.text("page.method.credits")
    columns = {
        "name": visit.text("page.method.source"),
        "note": visit.text("page.method.given"),
    }
    note = visit.text("page.method.credits_note")
    with st.container(border=True, key="card_method_credits"):
        components.show(components.heading(title, note))
        folding.draw(visit, columns, rows, caption=title, key="credits", line=())
