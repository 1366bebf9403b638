"""The style sheet of every page, written once per run."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import streamlit as st

from core.charts.tokens import LIGHT, ON_PAPER
from core.i18n import text
from core.ui import icons
from core.ui.tokens import current_theme, palette

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Words that a rule shows stay as they are.
_SPACES = re.compile(r'(content:"(?:[^"\\]|\\.)*")|(:) +|;?\s*(})\s*|\s*([{;,>\n])\s*')
_SHEET = Path(__file__).with_name("aplomb.css")
_PRINT = Path(__file__).with_name("print.css")
_BRAND = Path(__file__).resolve().parent.parent / "static" / "brand"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def uploader_rules(language: str) -> str:
    """Return the rules that put the uploader's own English words in ``language``."""
    zone = '[data-testid="stFileUploaderDropzone"]'
    limit = '[data-testid="stFileUploaderDropzoneInstructions"]'
    words = {
        f'{zone} [data-testid="stBaseButton-secondary"] p': "uploader.choose",
        f"{zone} {limit} span": "uploader.drop",
    }
    rules = []
    for selector, key in words.items():
        rules.append(f"{selector}{{font-size:0}}")
        shown = _quoted(text(key, language))
        rules.append(f"{selector}::after{{content:{shown};font-size:.93rem}}")
    return "\n".join(rules)


def download_rules(language: str) -> str:
    """Return the rules that say in ``language`` that a file could not be made."""
    failed = '[data-testid="stDownloadButtonError"]'
    words = _quoted(text("picture.failed", language))
    return (
        f"{failed},{failed} *{{font-size:0!important}}"
        f"{failed}::after{{content:{words};font-size:.93rem}}"
    )


def print_rules(theme: str) -> str:
    """Return the rules that put a page shown in ``theme`` on white paper.

    A chart's colours are in its drawing: each is replaced by its light counterpart.
    Images and tables drawn as pictures keep their hue and swap light for dark.
    """
    if theme != "dark":
        return ""
    charts = "".join(
        f'[{mark}="{dark}"]{{{mark}:{light}}}'
        for dark, light in ON_PAPER.items()
        for mark in ("fill", "stroke")
    )
    return (
        f"@media print{{:root{{{LIGHT.as_css()}color-scheme:light}}{charts}"
        ".stMain :is(canvas,img){filter:invert(1) hue-rotate(180deg)}"
        ".stMain :is(p,li,h1,h2,h3,th,td){color:inherit}}"
    )


@functools.cache
def sheet(language: str, theme: str) -> str:
    """Return the whole style element for one language and one theme."""
    parts = (
        f":root{{{palette(theme).as_css()}color-scheme:{theme}}}",
        _SHEET.read_text(encoding="utf-8"),
        icons.css(),
        uploader_rules(language),
        download_rules(language),
        _PRINT.read_text(encoding="utf-8"),
        print_rules(theme),
    )
    return f"<style>{_lean(''.join(parts))}</style>"


def _lean(css: str) -> str:
    """Drop comments and idle spaces: the sheet travels with every first run."""
    return _SPACES.sub(r"\1\2\3\4", _COMMENT.sub("", css)).strip()


def inject(language: str = "fr", theme: str | None = None) -> None:
    """Dress the page; call it once per run, before anything is shown.

    ``theme`` is "light" or "dark"; None follows the reader's browser.
    """
    shown = theme or current_theme()
    st.logo(str(_BRAND / f"logo-{shown}.svg"), size="large")
    st.html(sheet(language, shown))
