"""The place where exports are dropped: many files, folders, two gigabytes each.

Streamlit's own uploader keeps every file in the server's memory. This one is drawn by
``/assets/dropzone.js`` and sends each file to ``/api/upload``, which writes it to disk
as it comes; the page reruns when all of them have arrived.
"""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from core import settings
from core.i18n import formats, text
from core.ui import auth, components
from core.visit import Visit
from core.web import cookies, uploads
from core.web.uploads import Upload

_WORDS = ("choose", "folder", "drop", "cancel", "dismiss", "arrived", "units")
_ERRORS = (
    "too_big",
    "disk_full",
    "signed_out",
    "not_ours",
    "not_allowed",
    "cancelled",
    "network",
)


@cache
def _sheet() -> str:
    rules = Path(__file__).with_name("dropzone.css").read_text("utf-8")
    return f"<style>{rules}</style>"


def _words(language: str) -> str:
    """Return the drop zone's texts, as JSON."""
    limit = formats.size(settings.mebibytes("APLOMB_UPLOAD_MB"), language)
    words: dict[str, object] = {
        name: text(f"upload.{name}", language, count="{count}") for name in _WORDS
    }
    words["formats"] = text("upload.formats", language, limit=limit)
    words["errors"] = {
        code: text(f"upload.error.{code}", language, limit=limit) for code in _ERRORS
    }
    words["locale"] = language
    return json.dumps(words, ensure_ascii=False)


def dropzone(visit: Visit) -> tuple[Upload, ...]:
    """Draw the drop zone and return the files that arrived whole, oldest first.

    They stay until ``clear``, sign-out, or a day has passed; ``Upload.given`` is what
    an import takes. Only a reader who may import gets the zone.
    """
    token = auth.token()
    if not visit.can("import") or token is None:
        key = "upload.demo" if visit.is_demo else "upload.error.not_allowed"
        components.show(components.notice("info", visit.text(key)))
        return ()
    st.html(
        f'{_sheet()}<div class="drop" data-aplomb-drop '
        f'data-key="{cookies.upload_key(token)}" '
        f'data-limit="{settings.mebibytes("APLOMB_UPLOAD_MB")}" '
        f'data-words="{escape(_words(visit.language))}"></div>'
        '<script src="/assets/dropzone.js"></script>',
        unsafe_allow_javascript=True,
    )
    st.button(visit.text("action.continue"), key="files_arrived")
    return uploads.arrived(visit.account.session_id)


def clear(visit: Visit, *upload_ids: str) -> None:
    """Delete files that arrived; every one of the session's when none is named."""
    uploads.remove(visit.account.session_id, *upload_ids)
