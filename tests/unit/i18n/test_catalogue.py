"""Texts: typography, plural, and what happens when one is missing."""

from __future__ import annotations

import logging

import pytest

from core.i18n import LANGUAGES, MissingTextError, catalogue, plural, text

NB = "\u00a0"


@pytest.fixture(autouse=True)
def _strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APLOMB_STRICT_TEXTS", "1")


@pytest.fixture
def sentence(monkeypatch: pytest.MonkeyPatch):
    """Give the catalogues one known text, whatever the files hold."""

    def put(french: str, english: str = "x") -> None:
        texts = {"fr": french, "en": english}
        monkeypatch.setattr(
            catalogue,
            "_catalogue",
            lambda language: {
                "t": catalogue.typography(texts[language], language),
                "n.one": "{count} appel",
                "n.other": "{count} appels",
            },
        )

    return put


def test_french_and_english_are_languages() -> None:
    assert LANGUAGES == ("fr", "en")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Losange : il manque 7 appels", f"Losange{NB}: il manque 7 appels"),
        ("Vraiment ? Oui ! 12 % ; 3 €", f"Vraiment{NB}? Oui{NB}! 12{NB}%{NB}; 3{NB}€"),
        ("le rapport « Activités »", f"le rapport «{NB}Activités{NB}»"),
        ("l'équipe d'{team}", "l\u2019équipe d\u2019{team}"),
        ("https://exemple.fr", "https://exemple.fr"),
    ],
)
def test_french_typography(written: str, shown: str) -> None:
    assert catalogue.typography(written, "fr") == shown


def test_english_keeps_its_spaces() -> None:
    assert catalogue.typography("a : b 5 %", "en") == "a : b 5 %"
    assert catalogue.typography("don't", "en") == "don\u2019t"


def test_values_are_put_in_as_they_are(sentence) -> None:
    sentence("Fichier « {file} »")
    # the name of a file is not ours to retouch, nor to read as a template
    assert text("t", "fr", file="l'a : {b}.csv") == f"Fichier «{NB}l'a : {{b}}.csv{NB}»"


def test_a_missing_key_is_an_error_in_tests() -> None:
    with pytest.raises(MissingTextError, match="no.such.key"):
        text("no.such.key", "fr")


def test_a_missing_value_is_an_error_in_tests(sentence) -> None:
    sentence("Bonjour {name}")
    with pytest.raises(MissingTextError, match="name"):
        text("t", "fr")


def test_a_missing_key_is_logged_and_shown_in_production(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("APLOMB_STRICT_TEXTS")
    with caplog.at_level(logging.ERROR):
        assert text("no.such.key", "en") == "no.such.key"
    assert "no.such.key" in caplog.text


@pytest.mark.parametrize(
    ("count", "digits", "language", "word"),
    [
        (0, 0, "fr", "appel"),
        (0.4, 1, "fr", "appel"),
        (1.9, 1, "fr", "appel"),
        (1.96, 1, "fr", "appels"),  # shown as 2,0
        (2, 0, "fr", "appels"),
        (-1, 0, "fr", "appel"),
        (0, 0, "en", "appels"),
        (1, 0, "en", "appel"),
        (0.4, 1, "en", "appels"),
        (1.04, 1, "en", "appel"),  # shown as 1.0
        (2, 0, "en", "appels"),
    ],
)
def test_number_agreement(
    sentence, count: float, digits: int, language: str, word: str
) -> None:
    sentence("x")
    assert plural("n", count, language, digits=digits).split(" ")[-1] == word


def test_both_catalogues_name_the_same_places() -> None:
    import re

    places = re.compile(r"\{(\w+)\}")
    french, english = (catalogue._catalogue(language) for language in LANGUAGES)
    assert french.keys() == english.keys()
    wrong = {
        key
        for key in french
        if set(places.findall(french[key])) != set(places.findall(english[key]))
    }
    assert wrong == set()
