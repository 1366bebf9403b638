"""Files that arrived: what each was taken for, why, and every way to correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from core.accounts import audit
from core.accounts import choices as memory
from core.i18n import formats, plural
from core.imports import ImportJob
from core.sources import child
from core.sources.model import Choices, Inspection, Refusal
from core.ui import components, dropzone
from core.ui.tables import Html, table
from core.ui.views import bindings, quality
from core.visit import Visit
from core.web.uploads import Upload

_CHANGED = "review_choices"
_SEEN = "review_seen"


def draw(visit: Visit) -> None:
    """Draw the drop zone and, once files are there, what they were taken for."""
    files = dropzone.dropzone(visit)
    if not files:
        st.session_state.pop(_CHANGED, None)
        return
    assert visit.workspace is not None and visit.workspace_id is not None
    remembered = memory.remembered(visit.workspace_id)
    changed: dict[str, Choices] = st.session_state.setdefault(_CHANGED, {})
    found = _inspected(visit, files, {**remembered, **changed})
    readable = [each for each in found if isinstance(each, Inspection)]
    refused = [each for each in found if isinstance(each, Refusal)]
    _summary(visit, readable)
    quality.draw(visit, (), refused)
    for inspection in readable:
        known = changed.get(inspection.signature) or remembered.get(
            inspection.signature, Choices()
        )
        wanted = _reviewed(visit, inspection, known)
        if wanted != known:
            changed[inspection.signature] = wanted
            st.rerun()
    _decide(visit, files, readable, {**remembered, **changed}, changed)


def _inspected(
    visit: Visit, files: Sequence[Upload], choices: Mapping[str, Choices]
) -> list[Inspection | Refusal]:
    """Return what is known of the files; looked at again when a choice changes."""
    assert visit.workspace is not None
    key = (tuple(file.upload_id for file in files), repr(sorted(choices.items())))
    seen = st.session_state.get(_SEEN)
    if seen is not None and seen[0] == key:
        found: list[Inspection | Refusal] = seen[1]
        return found
    with st.spinner(visit.text("import.inspecting")):
        found = child.inspect(
            [(file.path, file.label) for file in files],
            remembered=choices,
            timezone=visit.workspace.settings.timezone,
        )
    st.session_state[_SEEN] = (key, found)
    return found


def _summary(visit: Visit, readable: Sequence[Inspection]) -> None:
    """Draw one line a file: what it was taken for and whether to look at it."""
    if not readable:
        return
    rows = []
    for each in readable:
        state, words = _standing(visit, each)
        rows.append(
            {
                "file": each.file,
                "object": quality.read_as(visit, each.object, each.vendor),
                "why": visit.text(f"why.{each.why[0]}") if each.why else None,
                "state": Html(components.chip(state, words)),
            }
        )
    columns = {
        "file": visit.text("import.file"),
        "object": visit.text("import.object"),
        "why": visit.text("import.why"),
        "state": "",
    }
    components.show(table(columns, rows, caption=visit.text("import.recognised")))


def _standing(visit: Visit, inspection: Inspection) -> tuple[str, str]:
    if inspection.object is None:
        return "sick", visit.text("import.to_choose")
    if inspection.questions:
        count = len(inspection.questions)
        return "watch", plural("import.to_check", count, visit.language)
    return "healthy", visit.text("import.ready")


def _reviewed(visit: Visit, inspection: Inspection, known: Choices) -> Choices:
    """Draw one file's review; return the choices as they now are."""
    label = visit.text("import.review", file=inspection.file)
    with st.expander(
        label,
        expanded=bool(inspection.questions),
        key=f"review_{inspection.signature}_{inspection.file}",
    ):
        wanted = bindings.questions(visit, inspection, known)
        wanted = bindings.words(visit, inspection, wanted)
        wanted = bindings.columns(visit, inspection, wanted)
        if inspection.preview:
            _preview(visit, inspection)
        return wanted


def _preview(visit: Visit, inspection: Inspection) -> None:
    """Draw the first rows as they stand in the file."""
    columns = {str(c.position): c.header or "–" for c in inspection.columns[:8]}
    rows = [
        dict(zip(columns, values[:8], strict=False))
        for values in inspection.preview[:4]
    ]
    caption = visit.text("import.preview")
    note = visit.text(
        "import.found",
        encoding=inspection.encoding,
        line=formats.number(inspection.header_line, visit.language),
    )
    components.show(components.heading(caption, note))
    components.show(table(columns, rows, caption=caption, stack=False))


def _decide(
    visit: Visit,
    files: Sequence[Upload],
    readable: Sequence[Inspection],
    choices: Mapping[str, Choices],
    changed: Mapping[str, Choices],
) -> None:
    """Draw the two ways on: import, or take the files away."""
    taken = [each for each in readable if each.object is not None]
    with st.container(horizontal=True, key="review_acts"):
        go = st.button(
            plural("action.import", len(taken), visit.language),
            key="import_start",
            type="primary",
            disabled=not taken,
        )
        if st.button(visit.text("action.remove_files"), key="files_remove"):
            dropzone.clear(visit)
            st.session_state.pop(_SEEN, None)
            st.rerun()
    if not go or not visit.can("import"):
        return
    assert visit.workspace is not None and visit.workspace_id is not None
    for signature, choice in changed.items():
        memory.remember(visit.workspace_id, signature, replace(choice, campaign=None))
    ImportJob.start(
        visit.workspace.store,
        visit.workspace.settings,
        [file.given for file in files],
        {each.file: choices.get(each.signature, Choices()) for each in taken},
        visit.who,
    )
    audit.record(visit.who, "import", visit.workspace_id, files=len(files))
    st.session_state.pop(_SEEN, None)
    st.session_state.pop(_CHANGED, None)
    st.rerun()
