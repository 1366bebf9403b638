"""The fields of a workspace, for making one and for changing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import streamlit as st
from babel.core import get_global

from core import calendar
from core.accounts import people, sessions, workspaces
from core.accounts.workspace_rules import (
    CURRENCIES,
    LARGEST_GROUP,
    PRIVACY,
    SMALLEST_GROUP,
    checked,
)
from core.i18n import formats, keys, text
from core.settings import ROOT
from core.ui import auth, components
from core.visit import Visit
from core.workspace_settings import WorkspaceSettings

_FIRST_ZONES = (
    "Europe/Paris",
    "Europe/Brussels",
    "Europe/Zurich",
    "Europe/London",
    "America/New_York",
    "America/Montreal",
    "Indian/Reunion",
    "Pacific/Noumea",
)


@dataclass(frozen=True)
class Fields:
    """What the form holds, not yet checked."""

    name: str
    chosen: dict[str, Any]


@cache
def _countries(spoken: str) -> list[str]:
    """Return the codes of the countries known, by their name in ``spoken``."""
    return sorted(calendar.countries(), key=lambda code: _country_name(code, spoken))


@cache
def _zones() -> list[str]:
    rest = sorted(z for z in available_timezones() if "/" in z and z[:3] != "Etc")
    return list(dict.fromkeys((*_FIRST_ZONES, *rest)))


def _zone_of_browser() -> str:
    zone = st.context.timezone or ""
    return zone if zone in _zones() else _FIRST_ZONES[0]


def _country_of(zone: str) -> str:
    """Return the country of a time zone, for a first guess."""
    country = str(get_global("zone_territories").get(zone, "FR"))
    return country if country in calendar.countries() else "FR"


def _country_name(code: str, spoken: str) -> str:
    return str(formats.locale(spoken).territories.get(code, code))


def _subdivision_name(country: str, code: str, spoken: str) -> str:
    key = f"subdivision.{country}-{code}"
    return text(key, spoken) if key in keys(spoken) else code


def _place(spoken: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Draw time zone, country, subdivision and currency."""
    left, right = st.columns(2)
    zones = _zones()
    zone = str(stored.get("timezone") or _zone_of_browser())
    with left:
        timezone = st.selectbox(
            text("page.workspace.field.timezone", spoken),
            zones,
            index=zones.index(zone) if zone in zones else 0,
            key="workspace_timezone",
        )
    codes = _countries(spoken)
    country = str(stored.get("country") or _country_of(zone))
    with right:
        chosen_country = st.selectbox(
            text("page.workspace.field.country", spoken),
            codes,
            index=codes.index(country),
            format_func=lambda code: _country_name(code, spoken),
            key="workspace_country",
        )
    known = calendar.subdivisions(chosen_country or country)
    parts = [None, *(code for code in known if not code.startswith("Zone"))]
    kept = stored.get("subdivision")
    with left:
        subdivision = st.selectbox(
            text("page.workspace.field.subdivision", spoken),
            parts,
            index=parts.index(kept) if kept in parts else 0,
            format_func=lambda code: (
                _subdivision_name(str(chosen_country), code, spoken)
                if code
                else text("subdivision.none", spoken)
            ),
            help=text("page.workspace.field.subdivision_help", spoken),
            key="workspace_subdivision",
        )
    with right:
        currency = st.selectbox(
            text("page.workspace.field.currency", spoken),
            CURRENCIES,
            index=CURRENCIES.index(stored.get("currency", "EUR")),
            key="workspace_currency",
        )
    return {
        "timezone": timezone,
        "country": chosen_country,
        "subdivision": subdivision,
        "currency": currency,
    }


def _working_time(
    spoken: str, stored: Mapping[str, Any], place: Mapping[str, Any]
) -> dict[str, Any]:
    """Draw the public holidays that are worked and the company's own days off."""
    year = date.today().year
    known = calendar.public_holidays(
        date(year, 1, 1), date(year, 12, 31), place["country"], place["subdivision"]
    )
    names = list(dict.fromkeys(known.values()))
    left, right = st.columns(2)
    with left:
        worked = st.multiselect(
            text("page.workspace.field.worked_holidays", spoken),
            names,
            default=[n for n in stored.get("worked_holidays", ()) if n in names],
            help=text("page.workspace.field.worked_holidays_help", spoken),
            placeholder=text("common.none_chosen", spoken),
            key=f"workspace_worked_{place['country']}_{place['subdivision']}",
        )
    with right:
        kept = [formats.day(day, spoken) for day in stored.get("closed_days", ())]
        if spoken != "fr":
            kept = list(stored.get("closed_days", ()))
        closed = st.text_input(
            text("page.workspace.field.closed_days", spoken),
            ", ".join(kept),
            help=text("page.workspace.field.closed_days_help", spoken),
            placeholder=text("page.workspace.field.closed_days_example", spoken),
            key="workspace_closed",
        )
    return {"worked_holidays": worked, "closed_days": closed}


# Streamlit's captions are paler than small text may be.
_CAPTIONS = """<style>
[data-testid="stRadioCaption"] [data-testid="stCaptionContainer"],
[data-testid="stRadioCaption"] p { color: var(--muted) !important; opacity: 1; }
</style>"""


def _privacy(spoken: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Draw who may be seen, and the conditions of showing names."""
    mode = st.radio(
        text("page.workspace.field.privacy", spoken),
        PRIVACY,
        index=PRIVACY.index(stored.get("privacy", "teams")),
        format_func=lambda value: text(f"privacy.{value}", spoken),
        captions=[text(f"privacy.{value}_note", spoken) for value in PRIVACY],
        key="workspace_privacy",
    )
    components.show(_CAPTIONS)
    chosen: dict[str, Any] = {
        name: stored.get(name)
        for name in ("people_informed", "council_consulted", "purpose")
    }
    chosen |= {"privacy": mode, "k": stored.get("k", 8)}
    if mode == "names":
        components.show(
            components.note(text("page.workspace.field.conditions", spoken))
        )
        for name in ("people_informed", "council_consulted"):
            chosen[name] = st.checkbox(
                text(f"page.workspace.field.{name}", spoken),
                value=bool(stored.get(name)),
                key=f"workspace_{name}",
            )
        chosen["purpose"] = st.text_area(
            text("page.workspace.field.purpose", spoken),
            value=str(stored.get("purpose") or ""),
            placeholder=text("page.workspace.field.purpose_example", spoken),
            max_chars=500,
            key="workspace_purpose",
        )
    else:
        chosen["k"] = st.number_input(
            text("page.workspace.field.k", spoken),
            SMALLEST_GROUP,
            LARGEST_GROUP,
            value=int(chosen["k"]),
            help=text("page.workspace.field.k_help", spoken),
            key="workspace_k",
        )
    return chosen


def _licence_link(spoken: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Lead to where licences are typed, and return those that were."""
    if stored:
        label = text("page.workspace.field.licences", spoken)
        st.page_link(ROOT / "pages" / "lifecycle.py", label=label)
    known = WorkspaceSettings.from_json(stored).licences
    return {"licences": [asdict(one) for one in known]}


def draw(spoken: str, name: str, stored: Mapping[str, Any]) -> Fields:
    """Draw every field and return what they hold."""
    written = st.text_input(
        text("page.workspace.field.name", spoken),
        value=name,
        max_chars=120,
        key="workspace_name",
    )
    place = _place(spoken, stored)
    components.show(components.note(text("page.workspace.field.working_time", spoken)))
    working_time = _working_time(spoken, stored, place)
    privacy = _privacy(spoken, stored)
    kept = _licence_link(spoken, stored)
    return Fields(written, {**place, **working_time, **privacy, **kept})


def first(visit: Visit) -> None:
    """Ask for the first workspace, or say who can make one."""
    spoken = visit.language
    if not visit.can("configure") or visit.account.account_id is None:
        missing = visit.text("page.workspace.ask_admin")
        title = visit.text("page.workspace.none")
        components.show(components.empty_state(title, missing, heading_level=1))
        return
    components.show(
        components.verdict_header(
            visit.text("page.workspace.eyebrow"), visit.text("page.workspace.title")
        ),
        components.paragraph(visit.text("page.workspace.lead")),
    )
    with st.container(key="card_workspace"):
        fields = draw(spoken, "", {})
        label = visit.text("action.create_workspace")
        if st.button(label, type="primary", key="create_workspace"):
            with auth.saying(spoken):
                maker = people.get(visit.account.account_id)
                made = workspaces.create(maker, fields.name, checked(fields.chosen))
                sessions.enter(visit.account.session_id, made)
                st.rerun()
