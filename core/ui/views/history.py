"""Imports so far: who, when, what; their rejected rows, and taking one back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from core import exports, imports
from core.accounts import audit
from core.i18n import formats, plural
from core.manifest import ImportRecord
from core.ui import components
from core.ui.views import quality
from core.visit import Visit


def draw(visit: Visit) -> None:
    """Draw the imports, the latest first."""
    assert visit.workspace is not None
    records = visit.workspace.manifest.imports
    title = visit.text("page.data.history")
    components.show(components.section(title, visit.text("page.data.history_note")))
    for record in reversed(records):
        with st.expander(_label(visit, record), key=f"import_{record.import_id}"):
            quality.draw(visit, record.reports, record.refusals)
            _acts(visit, record)


def _label(visit: Visit, record: ImportRecord) -> str:
    rows = sum(report.rows_kept for report in record.reports)
    return visit.text(
        "import.label",
        moment=formats.moment(record.at.astimezone(), visit.language),
        # Markdown would make a link of an address.
        who=record.who.replace("@", "@\u2060"),
        files=plural("count.file", len(record.reports), visit.language),
        rows=plural("count.row", rows, visit.language),
    )


def _acts(visit: Visit, record: ImportRecord) -> None:
    """Draw the file of rejected rows and the way back."""
    assert visit.workspace is not None
    rejects = visit.workspace.store.rejects(record.import_id)
    with st.container(horizontal=True, key=f"acts_{record.import_id}"):
        if rejects is not None and visit.can("export"):
            st.download_button(
                visit.text("action.take_rejects"),
                partial(_rejects, visit, rejects),
                exports.file_name("rejects", record.import_id, suffix="csv"),
                "text/csv",
                key=f"rejects_{record.import_id}",
                on_click="ignore",
            )
        if visit.can("configure"):
            _undo(visit, record)


def _rejects(visit: Visit, path: Path) -> bytes:
    """Return the rows and cells that could not be read, where they stand and why."""
    frame = pd.read_parquet(path)
    audit.record(visit.who, "export", visit.workspace_id, list="rejects")
    frame["problem"] = [visit.text(f"reason.{code}") for code in frame["problem"]]
    names = ("file", "line", "column", "value", "problem")
    columns = {name: visit.text(f"reject.{name}") for name in names}
    return exports.csv_bytes(frame, columns, visit.language)


def _undo(visit: Visit, record: ImportRecord) -> None:
    """Offer to take the import back, after a second look."""
    assert visit.workspace is not None
    with st.popover(visit.text("action.undo_import"), key=f"undo_{record.import_id}"):
        components.show(components.paragraph(visit.text("import.undo_ask")))
        sure = st.button(
            visit.text("action.undo_sure"),
            key=f"undo_sure_{record.import_id}",
            type="primary",
        )
    if sure:
        workspace = visit.workspace
        with st.spinner(visit.text("import.undoing")):
            imports.undo(
                workspace.store, workspace.settings, record.import_id, visit.who
            )
        audit.record(visit.who, "undo", visit.workspace_id, import_id=record.import_id)
        st.rerun()
