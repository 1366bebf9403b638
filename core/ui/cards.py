"""What a reader sees when something is not as it should be."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from core import guide
from core.errors import CrmError, NoData, TooManyTries
from core.i18n import formats, keys, text
from core.settings import ROOT
from core.ui import components, export_guide
from core.ui.language import reader_zone


def _values(error: CrmError, language: str) -> dict[str, object]:
    """Return an error's context as its sentence shows it."""
    shown = dict(error.context)
    if isinstance(error, TooManyTries):
        shown["wait"] = formats.duration(shown["seconds"], language)
    for name, value in shown.items():
        if isinstance(value, datetime):
            shown[name] = value.astimezone(reader_zone()).strftime("%H:%M")
        elif value is None:
            shown[name] = ""
    return shown


def _known(key: str, error: CrmError, language: str) -> str:
    """Return the sentence ``key`` with the error's values, or nothing."""
    if key not in keys(language):
        return ""
    return text(key, language, **_values(error, language))


def sentence(error: CrmError, language: str) -> str:
    """Return an error as one or a few sentences."""
    if "setting" in error.context:
        said = _known(f"setting.{error.context['setting']}", error, language)
        return said or _known("error.invalid_setting", error, language)
    cause = _known(f"cause.{error.context.get('cause')}", error, language)
    remedy = _known(f"remedy.{error.context.get('cause')}", error, language)
    values = {**_values(error, language), "cause": cause}
    main = text(f"error.{error.code}", language, **values)
    return " ".join(part for part in (main, remedy) if part)


def trouble(error: CrmError, language: str) -> None:
    """Show an error that the reader can do something about."""
    if isinstance(error, NoData):
        no_data(str(error.context.get("unlock", "")), language)
        if error.context.get("can_import"):
            add_files(language)
        return
    title = text("common.trouble", language)
    components.show(components.error_card(title, sentence(error, language)))


def no_data(unlock: str, language: str) -> None:
    """Show what is missing for a page, and what would fill it."""
    key = f"page.{unlock}.missing"
    if key not in keys(language):
        key = "error.no_data"
    title = text("common.no_data", language)
    wanted = export_guide.WANTED.get(unlock, ())
    asked = guide.rows(wanted, language) if wanted else []
    missing = text(key, language)
    components.show(components.empty_state(title, missing, asked, heading_level=1))


def add_files(language: str) -> None:
    """Draw the way to the import, below the box of what is missing."""
    with st.container(horizontal=True, horizontal_alignment="center", key="main_link"):
        label = text("action.add_files", language)
        st.page_link(ROOT / "pages" / "data.py", label=label)


def apology(reference: str, language: str) -> None:
    """Show that we failed, with the reference that finds the reason in the log."""
    components.show(
        components.error_card(
            text("common.apology", language),
            text("common.apology_body", language),
            reference=text("common.reference", language, reference=reference),
        )
    )
