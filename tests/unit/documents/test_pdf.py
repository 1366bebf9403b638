"""PDF documents: what the fonts can show, and pages that break where they should."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents.pdf import MORE, TEXT, Document, covered, drawable
from core.i18n import LANGUAGES, keys, template


def pages(file: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", file))


def test_letters_of_the_product_are_in_its_fonts() -> None:
    said = {c for lang in LANGUAGES for key in keys(lang) for c in template(key, lang)}
    missing = {c for c in said if drawable(c) == "?" and c != "?"}
    assert missing <= {"☰", "✓", "←"}


@given(st.text(max_size=40))
@settings(max_examples=60)
def test_any_text_can_be_drawn(words: str) -> None:
    shown = drawable(words)
    known = covered(TEXT) | covered(MORE)
    assert all(one == "\n" or ord(one) in known for one in shown)
    assert drawable(shown) == shown


def test_what_no_font_has_is_a_question_mark() -> None:
    assert (
        drawable("Élodie Œuvré, 12 % ≥ 3 → Şahin") == "Élodie Œuvré, 12 % > 3 – Şahin"
    )
    assert drawable("日本 😀") == "?? ?"
    assert drawable("a\x00b\u202ec") == "abc"


@pytest.fixture(scope="module")
def long() -> bytes:
    page = Document("Titre", "fr", "pied")
    page.heading("Un titre Şahin", 1)
    for number in range(80):
        page.paragraph(f"Ligne {number}", bold=True)
        page.note("suite")
    page.bar("Thème", "3,2", 0.32, "sick")
    page.table(["Quoi", "Qui"], [["=1+1", "x" * 300]] * 20, (70, 30))
    return page.output()


def test_a_long_document_has_its_pages(long: bytes) -> None:
    assert 5 <= pages(long) <= 12


def test_an_empty_document_has_one() -> None:
    assert pages(Document("", "en", "").output()) == 1
