"""My accounts, contacts and calls a year: the base I should have, and what it takes."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core import headline
from core import pyramid as shapes
from core.charts.figure import Look
from core.charts.pyramid import Pyramid, pyramid
from core.i18n import formats, plural
from core.ui import components, drawings
from core.ui.frame import fragment
from core.visit import Visit

_MOST_ACCOUNTS = 10_000_000


@fragment
def draw(visit: Visit, row: Any) -> None:
    """Draw the simulator, filled with the counts of ``row`` until they are changed."""
    people = 0 if pd.isna(row["people"]) else int(row["people"])
    components.show(
        components.section(
            visit.text("page.pyramid.simulator"),
            visit.text("page.pyramid.simulator_note"),
        )
    )
    left, right = st.columns([0.36, 0.64], gap="small")
    with left, st.container(key="card_simulator"):
        accounts, per_account, per_contact, reps = _asked(visit, row, people)
        today = (float(row["accounts"]), float(row["contacts"]))
        contacts, calls = shapes.reachable(accounts, today, per_account, per_contact)
        held = None if pd.isna(row["calls"]) else float(row["calls"])
        missing = None if held is None else max(0.0, calls - held)
        _said(visit, contacts, calls, missing, reps)
    with right, st.container(key="card_simulated"):
        wanted = Pyramid(
            float(row["accounts"]),
            float(row["contacts"]),
            held,
            expected=(accounts, contacts, calls),
        )
        state = "healthy" if held is None else _state(held, calls)
        figure = pyramid(
            wanted,
            Look(visit.language, visit.theme),
            title=visit.text("page.pyramid.simulated"),
            alt_text=visit.text(
                "page.pyramid.simulated_alt",
                contacts=formats.number(contacts, visit.language),
                calls=formats.number(calls, visit.language),
            ),
            state=state,
            words="simulator",
            height=280,
        )
        drawings.draw(visit, figure, "simulated")


def _state(held: float, wanted: float) -> str:
    """Return the state of calls against those to reach, by the pyramid's own limits."""
    part = headline.CALLS_EXPECTED * held / wanted if wanted else 0.0
    if part >= headline.CALLS_HEALTHY:
        return "healthy"
    return "watch" if part >= headline.CALLS_WATCH else "sick"


def _asked(visit: Visit, row: Any, people: int) -> tuple[float, float, float, int]:
    accounts = st.number_input(
        visit.text("page.pyramid.my_accounts"),
        min_value=1,
        max_value=_MOST_ACCOUNTS,
        value=max(1, int(row["accounts"])),
        key="simulated_accounts",
    )
    per_account = st.number_input(
        visit.text("ratio.contacts_per_account"),
        min_value=0.5,
        max_value=50.0,
        value=shapes.CONTACTS_PER_ACCOUNT,
        step=0.5,
        format="%.1f",
        key="simulated_contacts",
    )
    per_contact = st.number_input(
        visit.text("ratio.calls_per_contact"),
        min_value=0.5,
        max_value=52.0,
        value=shapes.CALLS_PER_CONTACT,
        step=0.5,
        format="%.1f",
        key="simulated_calls",
    )
    reps = st.number_input(
        visit.text("page.pyramid.my_people"),
        min_value=1,
        max_value=100_000,
        value=max(1, people),
        key="simulated_people",
    )
    return float(accounts), float(per_account), float(per_contact), int(reps)


def _said(
    visit: Visit, contacts: float, calls: float, missing: float | None, reps: int
) -> None:
    """Say the base to have and the calls a week that lead there."""
    language = visit.language
    base = visit.text(
        "page.pyramid.should_have",
        contacts=plural("count.contact", contacts, language),
        calls=plural("count.call", calls, language),
    )
    parts = [components.paragraph(base)]
    if missing:
        week = shapes.missing_calls_per_week(missing, reps) or 0.0
        digits = 1 if week < 10 else 0
        parts.append(
            components.paragraph(
                visit.text(
                    "page.pyramid.effort",
                    missing=plural("count.call", missing, language),
                    week=plural("count.call", week, language, digits=digits),
                )
            )
        )
        weeks = visit.text("page.pyramid.weeks", weeks=shapes.WORKED_WEEKS)
        parts.append(components.note(weeks))
    elif missing is not None:
        parts.append(components.paragraph(visit.text("page.pyramid.reached")))
    components.show(*parts)
