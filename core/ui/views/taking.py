"""The menu that takes the story away: slides, one page, a report, a workbook.

A click on a file's button both asks for the file, which a thread of its own makes, and
draws how far it is; the browser saves it when it is there.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import cast

import streamlit as st

from core.scene import Filters
from core.takeaway import making, template
from core.takeaway.making import KINDS, MIME, SUFFIX, Kind, Progress, Wanted
from core.ui import cards, components
from core.ui.frame import fragment
from core.ui.views import taking_look
from core.visit import Visit
from core.workspace import Workspace

_RULES = Path(__file__).with_name("taking.css")
_JOB, _HIDES, _LOOK = "take_job", "take_hides", "take_look"
_EVERY_SECONDS = 0.5
_PATIENCE = 90.0
"""Seconds that a story may take to be told, after which nobody waits for it."""


def draw(
    visit: Visit, filters: Filters | None = None, *, hides: bool | None = None
) -> None:
    """Draw the menu for a reader who may export what they see.

    ``hides`` tells whether names are hidden already; else the menu asks.
    """
    if visit.workspace is None or not visit.can("export"):
        return
    st.html(f"<style>{_RULES.read_text('utf-8')}</style>")
    with (
        st.container(key="take_open", width="content"),
        st.popover(visit.text("take.menu"), key="take_menu"),
    ):
        _menu(visit, filters, hides)


@fragment
def _menu(
    visit: Visit, filters: Filters | None = None, hides: bool | None = None
) -> None:
    """Draw the options, a button a file, and how far the one asked for is."""
    if hides is None:
        hides = _hides(visit)
    has_look = _look(visit)
    for kind in KINDS:
        wanted = Wanted(kind, filters, hides, has_look)
        _file(visit, wanted)
    started = st.session_state.get(_JOB)
    if started is not None:
        _follow(visit, *started)
    taking_look.draw(visit)


def _hides(visit: Visit) -> bool:
    """Draw the switch of names where the reader may see them; hidden by default."""
    if cast(Workspace, visit.workspace).privacy != "names":
        return True
    return st.toggle(
        visit.text("take.hide_names"),
        value=True,
        key=_HIDES,
        help=visit.text("take.hide_names_help"),
    )


def _look(visit: Visit) -> bool:
    """Draw the choice of the look given for this workspace, where there is one."""
    folder = making.look_folder(visit)
    if folder is None:
        return False
    name = template.name(folder)
    brand = template.brand(folder)
    if name is None and brand is None:
        return False
    said = name or (brand.name if brand else "") or visit.workspace_name
    return st.toggle(visit.text("take.look.use", name=said), value=True, key=_LOOK)


def _file(visit: Visit, wanted: Wanted) -> None:
    """Draw the button of one file; it is made when it is pressed."""
    kind: Kind = wanted.kind
    progress = Progress(kind)
    st.download_button(
        visit.text(f"take.kind.{kind}"),
        partial(making.make, visit, wanted, progress),
        making.name(visit, wanted),
        MIME[SUFFIX[kind]],
        key=f"take_{kind}",
        type="primary" if kind == "deck" else "secondary",
        width="stretch",
        on_click=_asked,
        args=(progress,),
    )


def _asked(progress: Progress) -> None:
    st.session_state[_JOB] = (progress, time.monotonic())


def _follow(visit: Visit, progress: Progress, since: float) -> None:
    """Draw how far a file is, again and again until it is there."""
    if not progress.is_over:
        _running(visit, progress, since)
        return
    del st.session_state[_JOB]
    if progress.error is not None:
        said = cards.sentence(progress.error, visit.language)
        components.show(components.notice("watch", said))
    elif progress.has_failed:
        said = visit.text("take.failed")
        components.show(components.notice("watch", said))
    else:
        components.show(components.status(visit.text("take.done")))


@fragment(run_every=_EVERY_SECONDS)
def _running(visit: Visit, progress: Progress, since: float) -> None:
    done, total = progress.at
    is_lost = not total and time.monotonic() - since > _PATIENCE
    if progress.is_over or is_lost:
        if is_lost:
            progress.is_over = True
        st.rerun(scope="app")
    said = visit.text("take.begins")
    if total:
        part = f"take.part.{progress.kind}"
        said = visit.text(part, number=min(done + 1, total), total=total)
    st.progress(done / total if total else 0.0, text=said)
