"""Around a scorecard: versions kept, files to take away, its name and its place."""

from __future__ import annotations

from html import escape

import streamlit as st

from core.i18n import formats
from core.score_usage import KEYS
from core.scorecards.board import Board
from core.scorecards.model import Scorecard, Version
from core.ui import components, deciding
from core.ui.frame import fragment
from core.ui.views import score_blocks, score_fields, score_files
from core.ui.views.score_board import board, can_write, moment, reading, write
from core.visit import Visit


def draw(visit: Visit, feature_id: str) -> None:
    """Draw the versions, the files, and what can be done with the scorecard."""
    with st.container(key="card_score_versions", border=True):
        _versions(visit, feature_id)
    if visit.can("export"):
        with st.container(key="card_score_files", border=True):
            _files(visit, feature_id)
    if can_write(visit):
        card = board(visit).card(feature_id)
        with st.expander(visit.text("page.score.settings"), key="score_settings"):
            _settings(visit, card)


def _files(visit: Visit, feature_id: str) -> None:
    title, note = visit.text("page.score.take"), visit.text("page.score.take_note")
    components.show(components.heading(title, note))
    name = board(visit).card(feature_id).sheet.name
    score_files.downloads(visit, (feature_id,), name, key="one")


@fragment
def _versions(visit: Visit, feature_id: str) -> None:
    """Draw the versions, each against the one before it."""
    title = visit.text("page.score.history")
    note = visit.text("page.score.history_note")
    components.show(components.heading(title, note))
    found = board(visit).versions(feature_id)
    if found:
        _history(visit, found, title)
    if not can_write(visit):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="score_keep"):
        st.text_input(
            visit.text("page.score.comment"), max_chars=200, key="score_comment"
        )
        st.button(
            visit.text("page.score.keep"),
            key="score_keep_now",
            on_click=_keep,
            args=(visit, feature_id),
        )
    deciding.told()


def _keep(visit: Visit, feature_id: str) -> None:
    words = str(st.session_state.get("score_comment") or "")
    if write(visit, lambda own: own.keep(feature_id, words)):
        st.session_state["score_comment"] = ""


def _history(visit: Visit, found: list[Version], title: str) -> None:
    read = reading(visit)
    lines = []
    for place, one in enumerate(found):
        before = found[place + 1].sheet if place + 1 < len(found) else None
        changed = {
            key
            for key in KEYS
            if before and before.answers[key].value != one.sheet.answers[key].value
        }
        when = formats.moment(moment(one.at), visit.language)
        number = visit.text("page.score.version", number=one.number)
        about = " · ".join(part for part in (when, one.who, one.words) if part)
        name = f'{escape(number)}<span class="note">{escape(about)}</span>'
        lines.append(score_blocks.Line(name, one.sheet, frozenset(changed)))
    components.show(
        score_blocks.matrix(
            lines, read, caption=title, first=visit.text("page.score.column.version")
        ),
        score_blocks.key(read),
        components.note(visit.text("page.score.moved")) if len(found) > 1 else "",
    )


def _settings(visit: Visit, card: Scorecard) -> None:
    sheet, feature_id = card.sheet, card.feature_id
    with st.form(f"score_describe_{feature_id}", border=False):
        score_fields.draw(visit, "edit", sheet)
        st.form_submit_button(
            visit.text("action.save"), on_click=_describe, args=(visit, feature_id)
        )
    with st.container(horizontal=True, key="score_acts"):
        st.button(
            visit.text("page.score.duplicate"),
            key="score_duplicate",
            on_click=_duplicate,
            args=(visit, feature_id, sheet.name),
        )
        act = "restore" if card.is_archived else "archive"
        st.button(
            visit.text(f"page.score.{act}"),
            key="score_archive",
            on_click=_archive,
            args=(visit, feature_id, not card.is_archived),
        )


def _describe(visit: Visit, feature_id: str) -> None:
    typed = score_fields.typed("edit")
    write(
        visit,
        lambda own: own.describe(
            feature_id, typed.name, typed.description, typed.effort
        ),
    )


def _duplicate(visit: Visit, feature_id: str, name: str) -> None:
    copy = visit.text("page.score.copy_of", name=name)[:120]

    def act(own: Board) -> None:
        st.query_params["feature"] = own.duplicate(feature_id, copy)

    write(visit, act)


def _archive(visit: Visit, feature_id: str, is_archived: bool) -> None:
    def act(own: Board) -> None:
        own.archive(feature_id, is_archived)
        st.query_params.pop("feature", None)

    write(visit, act)
