"""A chart to take away: as a picture for a slide, as a drawing, as its figures."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st

from core import exports
from core.accounts import audit
from core.charts.figure import Figure
from core.documents import picture
from core.i18n import formats
from core.visit import Visit

Kind = Literal["png", "svg", "csv"]
_MIME: dict[Kind, str] = {"png": "image/png", "svg": "image/svg+xml", "csv": "text/csv"}


def source(visit: Visit) -> str:
    """Return the line at the foot of a picture: whose figures, and until when."""
    workspace = visit.workspace
    until = workspace.period[1] if workspace and workspace.period else None
    if until is None:
        return visit.text("picture.source_undated", company=visit.workspace_name)
    day = formats.day(until, visit.language)
    return visit.text("picture.source", company=visit.workspace_name, day=day)


def made(visit: Visit, figure: Figure, kind: Kind) -> bytes:
    """Return the file of ``kind``, and write down who took it."""
    columns = {str(place): str(one) for place, one in enumerate(figure.table.columns)}
    table = figure.table.set_axis(list(columns), axis="columns")
    match kind:
        case "png":
            payload = picture.png(figure, source(visit))
        case "svg":
            payload = picture.svg(figure, source(visit)).encode()
        case "csv":
            payload = exports.csv_bytes(table, columns, visit.language)
    audit.record(visit.who, "export", visit.workspace_id, list="chart", file=kind)
    return payload


def offer(visit: Visit, figure: Figure, key: str) -> None:
    """Draw the three files of a chart, for a role that may take them.

    Nothing is computed before a click.
    """
    if not visit.can("export"):
        return
    workspace = visit.workspace
    day = workspace.period[1].isoformat() if workspace and workspace.period else ""
    name = partial(exports.file_name, figure.title, visit.workspace_name, day)
    with st.container(horizontal=True, key=f"take_chart_{key}", gap="small"):
        for kind, mime in _MIME.items():
            st.download_button(
                visit.text(f"picture.{kind}"),
                partial(made, visit, figure, kind),
                name(suffix=kind),
                mime,
                key=f"chart_{kind}_{key}",
                help=visit.text(f"picture.{kind}_help") if kind != "csv" else None,
                on_click="ignore",
            )
