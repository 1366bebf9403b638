"""One scorecard: ten questions, the mark that moves as they are answered, the plan."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from core.i18n import formats
from core.score_usage import CRITERIA, GATES, VALUES, Criterion, Sheet
from core.scorecards.words import Reading
from core.ui import components, deciding
from core.ui.components import rich
from core.ui.frame import fragment
from core.ui.views import (
    score_blocks,
    score_keep,
    score_measured,
    score_plan,
    score_retro,
)
from core.ui.views.score_board import board, can_write, reading, write
from core.visit import Visit

_WIDTHS = (17, 11)
_PARTS = ("questions", "plan", "after", "versions")
_YES_NO = (True, False)


def draw(visit: Visit, feature_id: str) -> None:
    """Draw the scorecard, what was kept of it, its files and its settings."""
    _card(visit, feature_id)
    if can_write(visit):
        st.html(
            '<script src="/assets/score.js"></script>', unsafe_allow_javascript=True
        )


@fragment
def _card(visit: Visit, feature_id: str) -> None:
    """Draw what moves with the answers; it reruns alone, to be quick."""
    own = board(visit)
    card = own.card(feature_id)
    sheet, read = card.sheet, reading(visit)
    found = score_measured.measured(visit, card, own.marks())
    evidence = score_measured.evidence(visit, found)
    head = components.verdict_header(
        visit.text("page.score.eyebrow"), read.headline(sheet)
    )
    about = components.paragraph(sheet.description) if sheet.description else ""
    components.show(head, about)
    deciding.told()
    with st.container(key="score_bar"):
        components.show(score_blocks.bar(sheet, read))
    names = [visit.text(f"page.score.part.{part}") for part in _PARTS]
    questions, plan, after, versions = st.tabs(names, key=f"score_parts_{feature_id}")
    with questions:
        _questions(visit, feature_id, sheet, read, evidence)
    with plan:
        score_plan.draw(visit, feature_id, sheet, read)
    with after:
        score_retro.card(visit, feature_id)
    with versions:
        score_keep.draw(visit, feature_id)


def _questions(
    visit: Visit,
    feature_id: str,
    sheet: Sheet,
    read: Reading,
    evidence: Mapping[str, str],
) -> None:
    """Draw the two gates and the ten questions beside the mark that they make."""
    with st.container(key="score_sides"):
        rows, live = st.columns(_WIDTHS, gap="small")
    with rows, st.container(key="card_score_rows", border=True, gap="xsmall"):
        title = escape(visit.text("page.score.questions"))
        components.show(f'<h2 class="unseen">{title}</h2>')
        _gates(visit, feature_id, sheet)
        for criterion in CRITERIA:
            told = evidence.get(criterion.key, "")
            _row(visit, feature_id, criterion, sheet, read, told)
    with live, st.container(key="score_live", gap="small"):
        _live(visit, sheet, read)


def _keep_in_step(key: str, stored: Any) -> None:
    """Have a widget show what is stored, whoever wrote it."""
    if st.session_state.get(key, _keep_in_step) != stored:
        st.session_state[key] = stored


def _gates(visit: Visit, feature_id: str, sheet: Sheet) -> None:
    """Draw the two questions that come before the ten."""
    for gate in GATES:
        key = f"gate_{gate}_{feature_id}"
        _keep_in_step(key, sheet.gates[gate])
        with st.container(key=f"score_gate_{gate}", horizontal=True, gap="small"):
            name = visit.text(f"score.gate.{gate}")
            components.show(f'<p class="gate">{rich(name)}</p>')
            st.segmented_control(
                name,
                _YES_NO,
                format_func=lambda is_open: formats.capital(
                    visit.text("common.yes" if is_open else "common.no")
                ),
                key=key,
                on_change=_write_gate,
                args=(visit, feature_id, gate, key),
                disabled=not can_write(visit),
                label_visibility="collapsed",
                width="content",
            )
        if sheet.gates[gate] is False:
            shut = visit.text(f"score.gate.{gate}.shut")
            components.show(components.notice("watch", shut))


def _write_gate(visit: Visit, feature_id: str, gate: str, key: str) -> None:
    value = st.session_state.get(key)
    write(visit, lambda own: own.gate(feature_id, gate, value))


def _row(
    visit: Visit,
    feature_id: str,
    criterion: Criterion,
    sheet: Sheet,
    read: Reading,
    evidence: str,
) -> None:
    """Draw one criterion: its question, what the data say, four answers, a note."""
    answer = sheet.answers[criterion.key]
    with st.container(key=f"criterion_{criterion.key}", gap=None):
        components.show(_head(criterion, read), evidence)
        with st.container(horizontal=True, gap="xsmall", key=f"row_{criterion.key}"):
            key = f"answer_{criterion.key}_{feature_id}"
            _keep_in_step(key, answer.value)
            question = read.text(f"score.{criterion.key}.question")
            st.segmented_control(
                read.said(criterion.key, question),
                VALUES,
                format_func=read.answer,
                key=key,
                on_change=_write_answer,
                args=(visit, feature_id, criterion.key, key),
                disabled=not can_write(visit),
                label_visibility="collapsed",
                width="stretch",
            )
            _note(visit, feature_id, criterion, answer.note)


def _head(criterion: Criterion, read: Reading) -> str:
    """Return the letter, the name and the question; help and examples fold below."""

    def words(part: str) -> str:
        return read.text(f"score.{criterion.key}.{part}")

    more = read.text("score.help")
    examples = "".join(
        f"<p><b>{escape(read.text(f'score.{part}'))}</b> {escape(words(part))}</p>"
        for part in ("risky", "safe")
    )
    return (
        f'<details class="criterion"><summary><span class="letter" aria-hidden="true">'
        f"{criterion.letter}</span><h3>{escape(words('name'))}</h3>"
        f'<span class="question">{escape(words("question"))}</span>'
        f'<span class="more">{escape(more)}</span></summary>'
        f"<p>{escape(words('help'))}</p>{examples}</details>"
    )


def _write_answer(visit: Visit, feature_id: str, criterion: str, key: str) -> None:
    value = st.session_state.get(key)
    write(visit, lambda own: own.answer(feature_id, criterion, value))


def _note(visit: Visit, feature_id: str, criterion: Criterion, stored: str) -> None:
    """Draw the note of a criterion; it is kept when the field is left.

    The field is made anew for each note stored: what stands in a closed box is only
    told to the browser when the box opens, by its first value.
    """
    version = zlib.crc32(stored.encode())
    key = f"note_{criterion.key}_{feature_id}_{version}"
    label = visit.text("page.score.note_filled" if stored else "page.score.note")
    name = visit.text(f"score.{criterion.key}.name")
    with st.popover(label, key=f"popover_{criterion.key}", type="tertiary"):
        st.text_area(
            visit.text("page.score.note_of", name=name),
            value=stored,
            max_chars=2000,
            height=130,
            key=key,
            on_change=_write_note,
            args=(visit, feature_id, criterion.key, key, stored),
            disabled=not can_write(visit),
            placeholder=visit.text("page.score.note_hint"),
        )


def _write_note(
    visit: Visit, feature_id: str, criterion: str, key: str, seen: str
) -> None:
    words = str(st.session_state.get(key) or "")
    write(visit, lambda own: own.note(feature_id, criterion, words, seen))


def _live(visit: Visit, sheet: Sheet, read: Reading) -> None:
    """Draw the high risks, the mark, the ten letters, and what to do first."""
    parts: list[str] = [
        score_blocks.high_risks(sheet, read),
        score_blocks.mark(sheet, read),
        score_blocks.meter(sheet, read),
        score_blocks.tiles(sheet, read),
    ]
    components.show(components.card(*parts))
    if sheet.risks:
        components.show(_first(visit, sheet, read))
    if can_write(visit):
        components.show(
            f'<p class="note keys">{rich(visit.text("page.score.keys"))}</p>'
        )


def _first(visit: Visit, sheet: Sheet, read: Reading) -> str:
    """Return the three worst risks, each with the first counter-measure."""
    letters: dict[str, str] = {one.key: one.letter for one in CRITERIA}
    rows = []
    for key in sheet.risks[:3]:
        value = sheet.answers[key].value
        sign = score_blocks.tile(letters[key], value, read.answer(value), small=True)
        measure = read.text(f"score.{key}.measure.1")
        rows.append(
            f"<li>{sign}<span><b>{escape(read.name(key))}</b>"
            f'<span class="note">{escape(measure)}</span></span></li>'
        )
    title = visit.text("page.score.first")
    return components.card(f'<ul class="first">{"".join(rows)}</ul>', title=title)
