"""Numbers and dates, French and English, to the character."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import changes, formats

NB, MINUS = "\u00a0", "\u2212"
DAY = dt.date(2026, 10, 6)


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        (lambda g: formats.number(1234.5, g, digits=1), f"1{NB}234,5", "1,234.5"),
        (lambda g: formats.number(5, g, digits=1), "5,0", "5.0"),
        (lambda g: formats.number(-8, g), f"{MINUS}8", f"{MINUS}8"),
        (lambda g: formats.number(-0.2, g), "0", "0"),
        (lambda g: formats.signed(3, g), "+3", "+3"),
        (lambda g: formats.signed(-3, g), f"{MINUS}3", f"{MINUS}3"),
        (lambda g: formats.signed(0.3, g), "0", "0"),
        (lambda g: formats.percent(0.613, g), f"61{NB}%", "61%"),
        (lambda g: formats.percent(0.0333, g, digits=1), f"3,3{NB}%", "3.3%"),
        (lambda g: formats.money(18900, g), f"18{NB}900{NB}€", "€18,900"),
        (lambda g: formats.money(1.5, g, currency="USD", digits=2), None, "US$1.50"),
        (lambda g: formats.day(DAY, g), "06/10/2026", "6 Oct 2026"),
        (lambda g: formats.day("2026-10-06", g), "06/10/2026", "6 Oct 2026"),
        (lambda g: formats.short_day(DAY, g), "6 oct.", "6 Oct"),
        (lambda g: formats.long_day(DAY, g), "mar. 6 octobre 2026", None),
        (lambda g: formats.month("2026-10", g), "octobre 2026", "October 2026"),
        (lambda g: formats.month_name(DAY, g), "octobre", "October"),
        (lambda g: formats.short_month("2026-08", g), "août", "Aug"),
        (
            lambda g: formats.moment(dt.datetime(2026, 10, 6, 14, 5), g),
            "06/10/2026 14:05",
            "6 Oct 2026, 14:05",
        ),
        (lambda g: formats.duration(4805, g), f"1{NB}h{NB}20{NB}min", None),
        (lambda g: formats.duration(45, g), f"45{NB}s", f"45{NB}s"),
        (
            lambda g: formats.duration(90000, g),
            f"1{NB}j{NB}1{NB}h",
            f"1{NB}d{NB}1{NB}h",
        ),
        (lambda g: formats.duration(0, g), f"0{NB}s", f"0{NB}s"),
        (lambda g: formats.size(13_000_000, g), f"12,4{NB}Mo", f"12.4{NB}MB"),
        (lambda g: formats.size(500, g), f"500{NB}o", f"500{NB}B"),
        (lambda g: formats.listing(["a", "b", "c"], g), "a, b et c", "a, b and c"),
    ],
)
def test_written_as_the_language_does(
    written: Callable[[str], str], french: str | None, english: str | None
) -> None:
    if french is not None:
        assert written("fr") == french
    if english is not None:
        assert written("en") == english


@pytest.mark.parametrize("nothing", [None, float("nan"), np.inf, pd.NA, pd.NaT])
def test_a_missing_value_is_a_dash_and_never_a_zero(nothing: object) -> None:
    writers = (
        formats.number,
        formats.signed,
        formats.percent,
        formats.money,
        formats.day,
        formats.month,
        formats.moment,
        formats.duration,
        formats.size,
    )
    assert {writer(nothing, "fr") for writer in writers} == {"–"}


@given(st.floats(-1e12, 1e12), st.integers(0, 3), st.sampled_from(["fr", "en"]))
def test_a_number_reads_back(value: float, digits: int, language: str) -> None:
    shown = formats.number(value, language, digits=digits)
    assert "\u202f" not in shown
    assert "-" not in shown
    bare = shown.replace(NB, "").replace(MINUS, "-")
    plain = bare.replace(",", ".") if language == "fr" else bare.replace(",", "")
    assert float(plain) == pytest.approx(round(value, digits), abs=10**-digits)


def test_a_change_in_words() -> None:
    since = changes.since
    assert since(0.3, "fr", "2026-09", digits=1) == "0,3 de plus qu\u2019en septembre"
    assert since(-4, "fr", "2026-04") == "4 de moins qu\u2019en avril"
    assert since(0.02, "fr", "2026-09", digits=1) == "stable depuis septembre"
    assert since(-4, "en", "2026-09") == "4 less than in September"
    assert since(None, "en", "2026-09") == "–"
    assert changes.relative(-0.124, "fr", "2026-09") == (
        f"12{NB}% de moins qu\u2019en septembre"
    )
    assert changes.direction(-0.4) == "stable"


def test_names_are_put_in_order_without_regard_to_accents_and_capitals() -> None:
    names = ["Zoé", "Île-de-France", "eva", "Étienne", "Marketing"]
    ordered = ["Étienne", "eva", "Île-de-France", "Marketing", "Zoé"]
    assert sorted(names, key=formats.sorting) == ordered


def test_a_day_as_it_is_said() -> None:
    first, fourth = "2026-12-01", "2026-12-04"
    assert formats.named_day(first, "fr") == "mardi 1er décembre"
    assert formats.named_day(first, "fr", month=False) == "mardi 1er"
    assert formats.named_day(fourth, "fr", year=True) == "vendredi 4 décembre 2026"
    assert formats.named_day(first, "en") == "Tuesday 1 December"
    assert formats.named_day(None, "fr") == "–"


def test_a_choice_in_words() -> None:
    assert formats.either(["a", "b", "c"], "fr") == "a, b ou c"
    assert formats.either(["a", "b"], "en") == "a or b"
