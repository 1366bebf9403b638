"""The colours of the page: those of the charts, and the theme in force."""

from __future__ import annotations

import streamlit as st

from core.charts.tokens import DARK, LIGHT, Palette, contrast, palette

__all__ = ["DARK", "LIGHT", "Palette", "contrast", "current_theme", "palette"]


def current_theme() -> str:
    """Return "dark" or "light" as the reader's browser shows it."""
    return "dark" if st.context.theme.type == "dark" else "light"
