"""Data: drop exports, review what was recognised, follow the import, look back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.guide import UNLOCKS, Unlock
from core.i18n import formats, plural
from core.imports import ImportJob
from core.ui import components, export_guide
from core.ui.icons import icon
from core.ui.tables import Html, table
from core.ui.views import history, importing, review
from core.visit import Visit


def draw(visit: Visit) -> None:
    """Draw the page."""
    if visit.workspace is None:
        components.show(
            components.empty_state(
                visit.text("page.workspace.none"),
                visit.text("page.workspace.ask_admin"),
                heading_level=1,
            )
        )
        return
    components.show(
        components.verdict_header(visit.text("page.data.eyebrow"), _answer(visit)),
        components.note(_held(visit)),
    )
    left, right = st.columns([0.66, 0.34], gap="small")
    with left:
        job = ImportJob.find(visit.workspace.store)
        if job is None:
            # Who may not import is told so, and needs no card around it.
            key = "card_drop" if visit.can("import") else "drop_closed"
            with st.container(key=key):
                review.draw(visit)
        else:
            importing.draw(visit, job)
        export_guide.chooser(visit)
        _safely(visit, history.draw)
        _safely(visit, _holes)
    with right:
        _unlocked(visit)


def _safely(visit: Visit, part: Callable[[Visit], None]) -> None:
    """Draw a part that needs data, once there is some."""
    if visit.workspace is not None and visit.workspace.objects:
        part(visit)


def _state(visit: Visit, unlock: Unlock) -> str:
    assert visit.workspace is not None
    held = [visit.workspace.has(name) for name in unlock.objects]
    return "healthy" if all(held) else "watch" if any(held) else "not_enough_data"


def _sign(state: str) -> str:
    return f'<span class="t-{state}">{icon(state)}</span>'


def _answer(visit: Visit) -> str:
    """Return what is there, and the next export that opens most."""
    states = {unlock.name: _state(visit, unlock) for unlock in UNLOCKS}
    held = sum(state == "healthy" for state in states.values())
    if not any(state != "not_enough_data" for state in states.values()):
        return visit.text("page.data.start")
    lacking = [name for name, state in states.items() if state != "healthy"]
    if not lacking:
        return visit.text("page.data.complete")
    return plural(
        "page.data.partial",
        held,
        visit.language,
        total=len(UNLOCKS),
        next=visit.text(f"unlock.{lacking[0]}.add"),
    )


def _held(visit: Visit) -> str:
    """Return how many files and rows the workspace holds, and their days."""
    workspace = visit.workspace
    if workspace is None or not workspace.objects:
        return ""
    reports = [one for each in workspace.manifest.imports for one in each.reports]
    parts = [
        plural("count.file", len(reports), visit.language),
        plural("count.row", sum(one.rows_kept for one in reports), visit.language),
    ]
    if workspace.period:
        first, last = (formats.day(day, visit.language) for day in workspace.period)
        parts.append(visit.text("page.data.span", first=first, last=last))
    return " · ".join(parts)


def _unlocked(visit: Visit) -> None:
    """List what each export opens, and what is there already."""
    rows = [
        {
            "state": Html(_sign(_state(visit, unlock))),
            "what": Html(
                f"<b>{components.rich(visit.text(f'unlock.{unlock.name}.label'))}</b>"
                + components.note(visit.text(f"unlock.{unlock.name}.opens"))
            ),
        }
        for unlock in UNLOCKS
    ]
    title = visit.text("page.data.unlocks")
    columns = {
        "what": visit.text("page.data.export"),
        "state": visit.text("page.data.received"),
    }
    listed = table(columns, rows, caption=title, stack=False)
    with st.container(key="card_unlocks"):
        components.show(components.heading(title), listed)


def _holes(visit: Visit) -> None:
    """Say what looks like a hole in the exports, and whom they name in vain."""
    workspace = visit.workspace
    assert workspace is not None
    last = workspace.period[1] if workspace.period else None
    lines = []
    if last is not None:
        gaps = workspace.query("mart_event_gap", as_of=last)
        for column in ("is_without_login", "is_without_action"):
            days = list(gaps[gaps[column]]["day"])
            if days:
                shown = [formats.day(day, visit.language) for day in days[:6]]
                more = "…" if len(days) > len(shown) else ""
                listed = formats.listing(shown, visit.language) + more
                key = f"page.data.{column}"
                lines.append(plural(key, len(days), visit.language, days=listed))
    unmatched = workspace.query("mart_unmatched")
    for row in unmatched[unmatched["ref_count"] > 0].to_dict("records"):
        lines.append(
            plural(
                "page.data.unmatched",
                row["ref_count"],
                visit.language,
                object=visit.text(f"object.{row['object']}").lower(),
                rows=formats.number(row["row_count"], visit.language),
            )
        )
    if lines:
        notes = [components.notice("not_enough_data", line) for line in lines]
        with st.container(key="card_to_know"):
            title = components.heading(visit.text("page.data.to_know"))
            components.show(title, *notes)
