"""Which language the page speaks, and the switch that changes it."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from core.i18n import LANGUAGES, text
from core.web import cookies

_KEY = "language"
_PARAMETER = "lang"


def _known(value: object) -> str | None:
    return value if isinstance(value, str) and value in LANGUAGES else None


def reader_zone() -> ZoneInfo:
    """Return the time zone of the reader's browser."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def chosen() -> str:
    """Return the language: the address, this visit, the cookie, then the browser."""
    asked = _known(st.query_params.get(_PARAMETER))
    if asked and st.session_state.get("language_asked") != asked:
        st.session_state["language_asked"] = asked
        st.session_state[_KEY] = asked
    kept = _known(st.session_state.get(_KEY)) or _known(
        st.context.cookies.get(cookies.LANGUAGE)
    )
    browser = (st.context.locale or "").split("-")[0].lower()
    return kept or ("fr" if browser == "fr" else "en")


def _keep() -> None:
    """Take the switch's value into the visit and the address."""
    value = _known(st.session_state.get("language_switch"))
    if value:
        st.session_state[_KEY] = value
        st.session_state["language_asked"] = value
        st.query_params[_PARAMETER] = value


def switch(language: str) -> None:
    """Draw the switch; the cookie and ``<html lang>`` follow it in the browser."""
    st.segmented_control(
        text("common.language", language),
        LANGUAGES,
        default=language,
        key="language_switch",
        format_func=str.upper,
        on_change=_keep,
        required=True,
        label_visibility="collapsed",
    )


def tell_browser(language: str) -> None:
    """Set the page's language for screen readers and remember it; drawn last."""
    st.html(
        f'<i data-aplomb-language="{language}" hidden></i>'
        '<script src="/assets/reader.js"></script>',
        unsafe_allow_javascript=True,
    )
