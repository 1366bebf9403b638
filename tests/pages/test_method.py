"""The method page: index, search, one figure, for every kind of workspace and role."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.i18n import LANGUAGES, text
from core.method.figures import FIGURES
from core.method.texts import limit_sentence, written
from tests.pages.test_every_page import opened, said

SignedIn = Callable[[str], None]


def plain(words: str) -> str:
    """Return HTML or rich text as a reader sees it."""
    bare = re.sub(r"<[^>]*>|\*\*", "", words)
    return bare.replace("&amp;", "&").replace("&#x27;", "'")


def asked(app: AppTest, figure: str) -> str:
    app.query_params["figure"] = figure
    app.run()
    assert not app.exception
    return said(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["demo", "empty"])
def test_every_figure_opens(
    kind: str,
    language: str,
    signed_in: SignedIn,
    caplog: pytest.LogCaptureFixture,
) -> None:
    signed_in(kind)
    app = opened("method", language)
    for code, figure in FIGURES.items():
        shown = plain(asked(app, code))
        assert written(figure, "question", language) in shown
        for line in written(figure, "formula", language).split("\n"):
            assert plain(line) in shown
        for limit in figure.thresholds:
            assert plain(limit_sentence(limit, language)) in shown
            assert limit.file in shown
        for model in figure.models:
            assert f"/{model}.sql" in shown
        assert not re.search(r"\b(None|nan|NaT|inf)\b", shown.split("-- ")[0]), code
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert not errors, [record.getMessage() for record in errors]


@pytest.mark.parametrize("language", LANGUAGES)
def test_index_lists_every_figure(language: str, signed_in: SignedIn) -> None:
    signed_in("demo visitor")
    app = opened("method", language)
    shown = plain(said(app))
    for figure in FIGURES.values():
        assert written(figure, "question", language) in shown
    assert text("source.skama.note", language) in shown


def test_search_narrows_the_index(signed_in: SignedIn) -> None:
    signed_in("demo")
    app = opened("method", "fr")
    app.text_input(key="method_search").set_value("losange").run()
    shown = plain(said(app))
    assert written(FIGURES["shapes"], "question", "fr") in shown
    assert written(FIGURES["roi"], "question", "fr") not in shown
    app.text_input(key="method_search").set_value("zzz").run()
    assert text("page.method.nothing", "fr", words="zzz") in plain(said(app))


def test_an_unknown_figure_shows_the_index(signed_in: SignedIn) -> None:
    signed_in("demo")
    app = opened("method", "fr", figure="../etc/passwd")
    assert text("page.method.title", "fr") in plain(said(app))
