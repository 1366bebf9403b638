"""Texts, numbers and dates in the reader's language."""

from __future__ import annotations

from core.i18n.catalogue import (
    LANGUAGES,
    MissingTextError,
    keys,
    plural,
    template,
    text,
    typography,
)

__all__ = [
    "LANGUAGES",
    "MissingTextError",
    "keys",
    "plural",
    "template",
    "text",
    "typography",
]
