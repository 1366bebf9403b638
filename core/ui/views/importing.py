"""An import at work, and what became of it."""

from __future__ import annotations

import streamlit as st

from core.errors import CrmError, ImportCancelled
from core.i18n import formats, plural
from core.imports import ImportJob, ImportOutcome
from core.intake import Progress
from core.ui import cards, components, dropzone, links
from core.ui.frame import fragment
from core.ui.views import quality
from core.visit import Visit

_EVERY_SECONDS = 0.7


def draw(visit: Visit, job: ImportJob) -> None:
    """Draw the job as it goes, then its end until somebody has read it."""
    if not job.done:
        with st.container(key="card_import"):
            _follow(visit, job)
        return
    try:
        outcome = job.result()
    except ImportCancelled:
        components.show(components.notice("info", visit.text("import.cancelled")))
    except CrmError as error:
        cards.trouble(error, visit.language)
    else:
        dropzone.clear(visit)
        with st.container(key="card_outcome"):
            _outcome(visit, outcome)
    if st.button(visit.text("action.go_on"), key="import_seen"):
        assert visit.workspace is not None
        ImportJob.forget(visit.workspace.store)
        st.rerun()


@fragment(run_every=_EVERY_SECONDS)
def _follow(visit: Visit, job: ImportJob) -> None:
    """Draw how far the job is; the page is drawn again when it ends."""
    if job.done:
        st.rerun(scope="app")
    at = job.progress()
    components.show(components.heading(visit.text("import.running")))
    st.progress(_share(at), text=_said(visit, at))
    since = formats.moment(job.since.astimezone(), visit.language)
    components.show(
        components.note(visit.text("import.by", who=job.who, since=since)),
        components.note(visit.text("import.safe")),
    )
    if st.button(visit.text("action.cancel_import"), key="import_cancel"):
        job.cancel()


def _share(at: Progress) -> float:
    """Return how far the whole import is, 0 to 1: reading is most of it."""
    if at.step == "reading":
        return 0.7 * at.bytes_done / at.bytes_total if at.bytes_total else 0.0
    if at.step == "building":
        return 0.7 + (0.27 * at.models_done / at.models_total if at.models_total else 0)
    return 0.98


def _said(visit: Visit, at: Progress) -> str:
    is_known = at.step != "reading" or at.bytes_total
    return visit.text(
        f"import.step.{at.step if is_known else 'opening'}",
        file=at.file,
        done=formats.size(at.bytes_done, visit.language),
        total=formats.size(at.bytes_total, visit.language),
    )


def _outcome(visit: Visit, outcome: ImportOutcome) -> None:
    """Say what was new, what was known, what was refused; then file by file."""
    kept = outcome.rows_new + outcome.rows_known
    title = plural("import.done", outcome.rows_new, visit.language)
    if not outcome.reports and outcome.already_imported:
        title = visit.text("import.nothing_new")
    elif not kept:
        title = visit.text("import.nothing_kept")
    components.show(components.heading(title))
    lines = []
    if outcome.rows_known:
        lines.append(plural("import.known", outcome.rows_known, visit.language))
    if outcome.already_imported:
        files = formats.listing(outcome.already_imported, visit.language)
        lines.append(visit.text("import.already", files=files))
    for line in lines:
        components.show(components.note(line))
    quality.draw(visit, outcome.reports, outcome.refusals)
    if outcome.rows_new:
        with st.container(horizontal=True, key="main_link"):
            links.page_link(visit, "home", visit.text("action.see_verdict"))
