"""Numbers, amounts and dates as the reader's language writes them (Babel, CLDR).

Spaces inside a figure are U+00A0 and the minus sign is U+2212. A missing value is
written as a dash, never as zero.
"""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

ABSENT = "–"
MINUS = "\u2212"
# English dates and times follow Great Britain (6 Oct 2026, 14:05): the reader is
# European. Every other language follows its own main country.
_TERRITORIES = {"en": "en_GB"}
_DAY = {"fr": "dd/MM/yyyy"}
_SIZES = {"fr": ("o", "Ko", "Mo", "Go", "To")}
_STEP = 1024
_INFINITE = (float("inf"), float("-inf"))


@functools.cache
def locale(language: str) -> Locale:
    """Return the Babel locale that stands for ``language``."""
    return Locale.parse(_TERRITORIES.get(language, language))


def _tidy(figure: str) -> str:
    return figure.replace("\u202f", "\u00a0").replace("-", MINUS)


def is_absent(value: Any) -> bool:
    """Tell whether ``value`` is None, NaN, NaT, pandas' NA or infinite."""
    if value is None:
        return True
    try:
        return bool(value != value) or value in _INFINITE
    except TypeError:  # pandas.NA refuses to be true or false
        return True


def rounded(value: Any, digits: int = 0) -> Decimal:
    """Return ``value`` with ``digits`` decimals, halves away from zero, as read aloud.

    The figure is taken as it prints: 0.975 is a half, though its double is below.
    """
    step = Decimal(1).scaleb(-digits)
    result = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    return result + 0  # minus zero would print its sign


def number(value: Any, language: str, *, digits: int = 0) -> str:
    """Return ``value`` with exactly ``digits`` decimals: "1 234,5" / "1,234.5"."""
    if is_absent(value):
        return ABSENT
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return _tidy(
        format_decimal(rounded(value, digits), format=pattern, locale=locale(language))
    )


def signed(value: Any, language: str, *, digits: int = 0) -> str:
    """Return ``value`` with its sign always written: "+3", "−8", "0"."""
    written = number(value, language, digits=digits)
    if is_absent(value) or rounded(value, digits) <= 0:
        return written
    return "+" + written


def percent(ratio: Any, language: str, *, digits: int = 0) -> str:
    """Return the ratio 0.613 as "61 %" / "61%"."""
    if is_absent(ratio):
        return ABSENT
    places = "." + "0" * digits if digits else ""
    pattern = f"#,##0{places}\u00a0%" if language == "fr" else f"#,##0{places}%"
    share = rounded(ratio, digits + 2)
    return _tidy(format_percent(share, format=pattern, locale=locale(language)))


def money(amount: Any, language: str, *, currency: str = "EUR", digits: int = 0) -> str:
    """Return ``amount`` in ``currency`` (ISO 4217): "18 900 €" / "€18,900"."""
    if is_absent(amount):
        return ABSENT
    places = "." + "0" * digits if digits else ""
    pattern = f"#,##0{places}\u00a0¤" if language == "fr" else f"¤#,##0{places}"
    return _tidy(
        format_currency(
            rounded(amount, digits),
            currency,
            format=pattern,
            locale=locale(language),
            currency_digits=False,
        )
    )


def _date(value: Any) -> dt.date:
    if isinstance(value, str):
        return dt.date.fromisoformat(value if len(value) > 7 else value + "-01")
    if isinstance(value, dt.datetime):
        return value.date()
    return cast(dt.date, value)


def _written(value: Any, language: str, pattern: str) -> str:
    if is_absent(value):
        return ABSENT
    return format_date(_date(value), format=pattern, locale=locale(language))


def day(value: Any, language: str) -> str:
    """Return a date as "06/10/2026" / "6 Oct 2026"; takes a date or ISO text."""
    return _written(value, language, _DAY.get(language, "d MMM yyyy"))


def short_day(value: Any, language: str) -> str:
    """Return a date without its year: "6 oct." / "6 Oct"."""
    return _written(value, language, "d MMM")


def long_day(value: Any, language: str) -> str:
    """Return a date in words: "mar. 6 octobre 2026" / "Tue 6 October 2026"."""
    return _written(value, language, "EEE d MMMM yyyy")


def named_day(
    value: Any, language: str, *, month: bool = True, year: bool = False
) -> str:
    """Return a day as it is said: "mardi 1er décembre" / "Tuesday 1 December"."""
    if is_absent(value):
        return ABSENT
    first = language == "fr" and _date(value).day == 1
    pattern = "EEEE d'er'" if first else "EEEE d"
    rest = " MMMM" * month + " y" * year
    return _written(value, language, pattern + rest)


def named_weekday(value: Any, language: str) -> str:
    """Return the day of the week in full: "mardi" / "Tuesday"."""
    return _written(value, language, "EEEE")


def weekday(value: Any, language: str) -> str:
    """Return the short name of the day of the week: "mar." / "Tue"."""
    return _written(value, language, "EEE")


def month(value: Any, language: str) -> str:
    """Return "octobre 2026" / "October 2026"; takes a date or "2026-10"."""
    return _written(value, language, "LLLL yyyy")


def month_name(value: Any, language: str) -> str:
    """Return the month without its year: "octobre" / "October"."""
    return _written(value, language, "LLLL")


def short_month(value: Any, language: str) -> str:
    """Return the short name of the month: "oct." / "Oct"."""
    return _written(value, language, "LLL")


def moment(value: Any, language: str) -> str:
    """Return a day and its time: "06/10/2026 14:05" / "6 Oct 2026, 14:05"."""
    if is_absent(value):
        return ABSENT
    joint = " " if language == "fr" else ", "
    clock = format_datetime(value, format="HH:mm", locale=locale(language))
    return day(value, language) + joint + clock


def duration(seconds: Any, language: str) -> str:
    """Return a length of time on its two largest units: "1 h 20 min", "45 s"."""
    if is_absent(seconds):
        return ABSENT
    total = max(0, round(float(seconds)))
    units = ((86400, "j" if language == "fr" else "d"), (3600, "h"), (60, "min"))
    parts: list[str] = []
    for length, unit in units:
        if total >= length:
            parts.append(f"{total // length}\u00a0{unit}")
            total %= length
    if total or not parts:
        parts.append(f"{total}\u00a0s")
    return "\u00a0".join(parts[:2])


def size(byte_count: Any, language: str) -> str:
    """Return a file size, by steps of 1024: "12,4 Mo" / "12.4 MB"."""
    if is_absent(byte_count):
        return ABSENT
    units = _SIZES.get(language, ("B", "KB", "MB", "GB", "TB"))
    left, step = float(byte_count), 0
    while left >= _STEP and step < len(units) - 1:
        left, step = left / _STEP, step + 1
    digits = 1 if step and left < 100 else 0
    return f"{number(left, language, digits=digits)}\u00a0{units[step]}"


def listing(items: Sequence[str], language: str) -> str:
    """Return "a, b et c" / "a, b and c"."""
    return format_list(list(items), locale=locale(language))


def either(items: Sequence[str], language: str) -> str:
    """Return "a, b ou c" / "a, b or c"."""
    return format_list(list(items), style="or", locale=locale(language))


def sorting(name: object) -> str:
    """Return what names are put in order by: no capitals and no accents."""
    apart = unicodedata.normalize("NFKD", str(name).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def capital(sentence: str) -> str:
    """Return ``sentence`` with its first letter in upper case, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]
