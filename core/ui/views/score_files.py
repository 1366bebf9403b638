"""Scorecards as files: PDF, slide, workbook and JSON out; the last two back in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from core import exports
from core.accounts import audit
from core.errors import CrmError
from core.i18n import plural
from core.score_usage import Sheet
from core.scorecards import pdf, slide, workbook, written
from core.scorecards.words import Reading
from core.ui import cards, components, deciding
from core.ui.views import score_measured
from core.ui.views.score_board import board, reading, write
from core.visit import Visit

_OFFICE = "application/vnd.openxmlformats-officedocument"


def _json(sheets: Sequence[Sheet], read: Reading) -> bytes:
    return written.json_bytes(sheets, workspace=read.workspace, day=read.day)


_KINDS: dict[str, tuple[Callable[[Sequence[Sheet], Reading], bytes], str]] = {
    "pdf": (pdf.pdf_bytes, "application/pdf"),
    "pptx": (slide.pptx_bytes, f"{_OFFICE}.presentationml.presentation"),
    "xlsx": (workbook.xlsx_bytes, f"{_OFFICE}.spreadsheetml.sheet"),
    "json": (_json, "application/json"),
}


def _made(visit: Visit, identifiers: Sequence[str], kind: str) -> bytes:
    """Return the file, and write down who took it."""
    own = board(visit)
    sheets = score_measured.with_outcomes(visit, own, identifiers)
    audit.record(
        visit.who, "export", visit.workspace_id, list="score", rows=len(sheets)
    )
    return _KINDS[kind][0](sheets, reading(visit))


def downloads(visit: Visit, identifiers: Sequence[str], name: str, *, key: str) -> None:
    """Draw the four files of some scorecards, made when they are asked for."""
    day = reading(visit).day.isoformat()
    with st.container(horizontal=True, gap="small", key=f"score_files_{key}"):
        for kind, (_, mime) in _KINDS.items():
            st.download_button(
                visit.text(f"page.score.file.{kind}"),
                partial(_made, visit, tuple(identifiers), kind),
                exports.file_name("score-usage", name, day, suffix=kind),
                mime,
                key=f"score_{kind}_{key}",
                on_click="ignore",
            )


def take_in(visit: Visit) -> None:
    """Draw the box that takes scorecards back from a file."""
    with st.popover(visit.text("page.score.take_in"), key="score_take_in"):
        st.file_uploader(
            visit.text("page.score.take_in_file"),
            type=["json", "xlsx"],
            key="score_file",
            max_upload_size=5,
        )
        st.button(
            visit.text("page.score.take_in_now"),
            key="score_take_in_now",
            on_click=_take_in,
            args=(visit,),
        )
        components.show(components.note(visit.text("page.score.take_in_note")))


def read(payload: bytes, file: str) -> list[Sheet]:
    """Return the scorecards of a file of either kind, or raise UnreadableFile."""
    # A workbook is an archive, whatever the file is called.
    if payload[:2] == b"PK":
        return workbook.read_xlsx(payload, file)
    return written.read_json(payload, file)


def _take_in(visit: Visit) -> None:
    uploaded = st.session_state.get("score_file")
    if uploaded is None:
        deciding.refuse(visit.text("page.score.take_in_none"))
        return
    try:
        sheets = read(uploaded.getvalue(), uploaded.name[:120])
    except CrmError as error:
        deciding.refuse(cards.sentence(error, visit.language))
        return
    if write(visit, lambda own: own.take_in(sheets)):
        said = plural("page.score.taken_in", len(sheets), visit.language)
        deciding.say(said)
