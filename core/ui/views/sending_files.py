"""A plan to take away: for an agenda, for a spreadsheet, and as a link."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pandas as pd
import streamlit as st

from core import exports as files
from core.i18n import formats, plural
from core.planner import FollowUp, Plan
from core.sending import ics
from core.sending.ics import Event
from core.ui import components
from core.ui.views import sending_words as words
from core.ui.views.sending_form import Asked
from core.visit import Visit

_TYPES = {
    "ics": "text/calendar",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def identity(visit: Visit, asked: Asked) -> str:
    """Return what tells this plan from others, for the identifiers of its events.

    A campaign's plan keeps them when its days change, so that the agenda moves its
    events instead of adding some.
    """
    request = asked.request
    if request.campaign:
        parts = [request.campaign, request.listed]
    else:
        names = ("n", "limit", "start", "sat", "off", "warm", "hours")
        query = request.query()
        parts = [query.get(name, "") for name in names]
    return "|".join([visit.workspace_id or "", *parts])


def events(visit: Visit, asked: Asked, plan: Plan, ready: FollowUp) -> list[Event]:
    """Return one event a sending day, then when to read clicks and to count sales."""
    language, hours = visit.language, asked.request.hours
    count = len(plan.batches)
    of = asked.campaign.name if asked.campaign else ""
    found = []
    for rank, batch in enumerate(plan.batches, start=1):
        mails = plural("page.sending.mail_count", batch.mails, language)
        total = formats.number(batch.total, language)
        body = visit.text(
            "page.sending.event.send_body",
            total=total,
            recipients=words.recipients(plan.ask.recipients, language),
            tool=visit.text(f"page.sending.tool.{asked.request.tool}"),
        )
        title = visit.text(
            "page.sending.event.send", rank=rank, count=count, mails=mails
        )
        named = f"{title} ({of})" if of else title
        found.append(Event(f"send-{rank}", batch.day, named, body, hours))
    values = {
        "calls": words.day(visit, ready.calls, asked.today),
        "hours": f"{asked.rules['campaign.settle_hours']:g}",
        "days": f"{asked.rules['campaign.window_days']:g}",
    }
    for name, day in (("verdict", ready.verdict), ("window", ready.window_end)):
        title = visit.text(f"page.sending.event.{name}")
        body = visit.text(f"page.sending.event.{name}_body", **values)
        found.append(Event(name, day, f"{title} ({of})" if of else title, body))
    return found


def frame(visit: Visit, plan: Plan) -> pd.DataFrame:
    """Return the plan, a row a sending day."""
    whole = plan.ask.recipients
    return pd.DataFrame(
        {
            "day": [batch.day for batch in plan.batches],
            "weekday": [
                formats.weekday(batch.day, visit.language) for batch in plan.batches
            ],
            "mails": [batch.mails for batch in plan.batches],
            "total": [batch.total for batch in plan.batches],
            "share": [round(100 * b.total / whole, 1) for b in plan.batches],
        }
    )


def _file(
    visit: Visit, asked: Asked, plan: Plan, ready: FollowUp, answer: str, kind: str
) -> bytes:
    if kind == "ics":
        assert visit.workspace is not None
        return ics.calendar(
            events(visit, asked, plan, ready),
            plan=identity(visit, asked),
            name=visit.text("page.sending.eyebrow"),
            timezone=visit.workspace.settings.timezone,
            stamp=datetime.now(UTC),
            language=visit.language,
        )
    columns = {
        "day": visit.text("page.sending.day"),
        "weekday": visit.text("page.sending.weekday"),
        "mails": visit.text("page.sending.mails"),
        "total": visit.text("page.sending.total"),
        "share": visit.text("page.sending.part_percent"),
    }
    rows = frame(visit, plan)
    if kind == "csv":
        return files.csv_bytes(rows, columns, visit.language)
    colon = visit.text("common.colon")
    notes = [answer]
    notes += [
        f"{day}{colon}{why}" for day, why in words.skipped(visit, plan, asked.today)
    ]
    return files.xlsx_bytes(
        rows, columns, visit.language, sheet=visit.text("page.sending.nav"), notes=notes
    )


def draw(visit: Visit, asked: Asked, plan: Plan, ready: FollowUp, answer: str) -> None:
    """Draw the files of the plan, for whom may take files, and how to share it."""
    components.show(components.heading(visit.text("page.sending.take")))
    if visit.can("export"):
        made = partial(_file, visit, asked, plan, ready, answer)
        name = partial(
            files.file_name,
            visit.text("page.sending.nav"),
            asked.campaign.name if asked.campaign else "",
            plan.first_day.isoformat(),
        )
        row = st.container(horizontal=True, key="sending_files", gap="small")
        for kind in _TYPES:
            row.download_button(
                visit.text(f"page.sending.take_{kind}"),
                partial(made, kind),
                name(suffix=kind),
                _TYPES[kind],
                key=f"take_sending_{kind}",
                type="primary" if kind == "ics" else "secondary",
                on_click="ignore",
                width="stretch" if kind == "ics" else "content",
            )
    components.show(components.note(visit.text("page.sending.take_note")))
