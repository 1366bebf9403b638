"""How a chart writes its numbers: by a format of its own, or word for word.

A format lets a label follow its number when somebody edits it, so it is taken
wherever it writes just what the screen does. In French it holds the no-break space of
thousands itself: what a program puts there hangs on its own language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from core.i18n import formats

NO_BREAK = "\u00a0"
_MOST_DIGITS = 2
_FRENCH = "[$-40C]"
Shown = Callable[[float], str]


def number_format(
    values: Sequence[float | None], written: Sequence[str], language: str
) -> str | None:
    """Return the format that writes every value as ``written``, None without one."""
    known = [
        (value, words)
        for value, words in zip(values, written, strict=False)
        if value is not None
    ]
    if not known or len(written) != len(values):
        return None
    for code, shown in _candidates(known[0][1], language):
        if all(shown(value) == words for value, words in known):
            return code
    return None


def plain_format(values: Sequence[float | None], language: str) -> str:
    """Return the format of numbers that nobody has written."""
    known = [value for value in values if value is not None]
    whole = all(float(value).is_integer() for value in known)
    return _grouped(0 if whole else 1, language)


def _candidates(sample: str, language: str) -> Iterator[tuple[str, Shown]]:
    unit = _unit(sample)
    for digits in range(_MOST_DIGITS + 1):
        yield _percent(digits, language), _as_percent(digits, language)
        yield _grouped(digits, language), _as_number(digits, language, "")
        if unit:
            code = _grouped(digits, language, unit)
            yield code, _as_number(digits, language, unit)


def _as_percent(digits: int, language: str) -> Shown:
    def shown(value: float) -> str:
        return formats.percent(value, language, digits=digits)

    return shown


def _as_number(digits: int, language: str, unit: str) -> Shown:
    def shown(value: float) -> str:
        return formats.number(value, language, digits=digits) + unit

    return shown


def _unit(sample: str) -> str:
    """Return what stands after the number in ``sample``."""
    end = max((place for place, one in enumerate(sample) if one.isdigit()), default=-1)
    return sample[end + 1 :].replace('"', "")


def _grouped(digits: int, language: str, unit: str = "") -> str:
    places = "." + "0" * digits if digits else ""
    after = f'"{unit}"' if unit else ""
    if language != "fr":
        return f"#,##0{places}{after}"
    gap = f'"{NO_BREAK}"'
    place = _FRENCH if digits else ""
    return (
        f"[>=1000000]{place}0{gap}000{gap}000{places}{after};"
        f"[>=1000]{place}0{gap}000{places}{after};{place}0{places}{after}"
    )


def _percent(digits: int, language: str) -> str:
    places = "." + "0" * digits if digits else ""
    if language == "fr":
        return f'{_FRENCH if digits else ""}0{places}"{NO_BREAK}"%'
    return f"0{places}%"
