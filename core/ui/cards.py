"""What a reader sees when something is not as it should be."""

from __future__ import annotations

from datetime import datetime

from core.errors import CrmError, NoData
from core.i18n import keys, plural, text
from core.ui import components


def _values(error: CrmError) -> dict[str, object]:
    """Return an error's context as its sentence shows it."""
    shown = dict(error.context)
    for name, value in shown.items():
        if isinstance(value, datetime):
            shown[name] = value.strftime("%H:%M")
        elif value is None:
            shown[name] = ""
    return shown


def _detail(kind: str, error: CrmError, language: str) -> str:
    """Return the sentence of an error's cause, remedy, setting or page, if any."""
    name = {"cause": "cause", "remedy": "cause", "setting": "setting"}[kind]
    key = f"{kind}.{error.context.get(name)}"
    if key not in keys(language):
        return ""
    return text(key, language, **_values(error))


def sentence(error: CrmError, language: str) -> str:
    """Return an error as one or a few sentences."""
    if "setting" in error.context:
        return _detail("setting", error, language) or text(
            "error.invalid_setting", language, **_values(error)
        )
    if "seconds" in error.context:
        wait = int(str(error.context["seconds"]))
        return plural(f"error.{error.code}", wait, language)
    values = _values(error)
    cause, remedy = (_detail(kind, error, language) for kind in ("cause", "remedy"))
    main = text(f"error.{error.code}", language, **{**values, "cause": cause})
    return " ".join(part for part in (main, remedy) if part)


def trouble(error: CrmError, language: str) -> None:
    """Show an error that the reader can do something about."""
    if isinstance(error, NoData):
        no_data(str(error.context.get("unlock", "")), language)
        return
    title = text("common.trouble", language)
    components.show(components.error_card(title, sentence(error, language)))


def no_data(unlock: str, language: str) -> None:
    """Show what is missing for a page, and what would fill it."""
    key = f"page.{unlock}.missing"
    if key not in keys(language):
        key = "error.no_data"
    title = text("common.no_data", language)
    components.show(components.empty_state(title, text(key, language), heading_level=1))


def apology(reference: str, language: str) -> None:
    """Show that we failed, with the reference that finds the reason in the log."""
    components.show(
        components.error_card(
            text("common.apology", language),
            text("common.apology_body", language),
            reference=text("common.reference", language, reference=reference),
        )
    )
