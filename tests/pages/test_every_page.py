"""Every page, in every language, with every kind of workspace: it opens and speaks."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.i18n import LANGUAGES
from core.pages import PAGES
from core.takeaway import making
from tests.pages.conftest import PARTIAL

MAIN = Path(__file__).resolve().parents[2] / "core/main.py"
SECONDS = 120  # a busy machine is slow, not wrong
KINDS = ("empty", "demo", *PARTIAL, "demo visitor")


@cache
def _registered() -> dict[str, Any]:
    """Return the pages as Streamlit's tester knows them after a first run.

    That run is of the sign-in, so that no other page is drawn on the way.
    """
    app = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.ui.auth.token", lambda: None)
        return dict(app.run()._registered_pages)


def opened(name: str, language: str, **query: str) -> AppTest:
    """Open a page at an address, through the main script, as a browser asks for it."""
    app = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    app._registered_pages = _registered()
    app.switch_page(f"../pages/{name}.py")
    for key, value in {"lang": language, **query}.items():
        app.query_params[key] = value
    return app.run()


def lists(app: AppTest) -> list[Any]:
    """Return the buttons that give a file of rows: no drawing, no document."""
    others = [f"-take_{kind}" for kind in making.KINDS]
    return [
        button
        for button in app.get("download_button")
        if "-chart_" not in button.proto.id
        and not button.proto.id.endswith(tuple(others))
    ]


def said(app: AppTest) -> str:
    """Return everything that a page shows as text or HTML."""
    elements = [*app.main, *app.sidebar]
    parts: list[str] = []

    def read(node: object) -> None:
        for child in getattr(node, "children", {}).values():
            read(child)
        proto = getattr(node, "proto", None)
        for field in ("body", "label"):
            value = getattr(proto, field, None)
            if isinstance(value, str):
                parts.append(value)

    for element in elements:
        read(element)
    return "\n".join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.name)
def test_page(
    spec: object,
    kind: str,
    language: str,
    signed_in: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    signed_in(kind)
    app = opened(spec.name, language)
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert not errors, [str(record.exc_info) for record in errors]
    assert not app.exception
    text = said(app)
    assert re.search(r"<h[12]", text) or app.title or app.header, "no heading"
    # A key of the catalogue or a Python value must never reach a reader.
    words = re.sub(r"<[^>]*>", " ", text)
    assert not re.search(r"\b(page|indicator|error|verdict|state)\.[a-z_]+\b", words)
    assert not re.search(r"\b(None|nan|NaT|inf)\b", words)
