"""The name of a kind of object or activity, as the reader knows it."""

from __future__ import annotations

import re

from core.i18n import formats, text

KINDS = (
    *("account", "contact", "opportunity", "campaign"),
    *("call", "email", "meeting", "task", "record"),
)


def kind_name(kind: str, language: str) -> str:
    """Return a kind of ``int_user_kind_week`` in words.

    A custom object keeps the name that the CRM gives it, without its suffix:
    ``record:Visit_Report__c`` is "Visit Report".
    """
    if kind in KINDS:
        return text(f"symptom.kind.{kind}", language)
    family, _, name = kind.partition(":")
    if family == "activity":
        return name
    bare = re.sub(r"__c$", "", name, flags=re.IGNORECASE).replace("_", " ").strip()
    return formats.capital(bare) if bare else text("symptom.kind.record", language)
