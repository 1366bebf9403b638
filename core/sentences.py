"""Sentences chosen before they are written: a key and values, in no language yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import CrmError
from core.i18n import formats, plural, text


@dataclass(frozen=True)
class Money:
    """An amount and the code of its currency."""

    amount: float
    currency: str


@dataclass(frozen=True)
class Sentence:
    """A text of the catalogue and the values it shows, not yet written.

    ``count`` is the number its plural agrees with, None where it has none. A value may
    be a sentence itself.
    """

    key: str
    count: float | None = None
    values: Mapping[str, object] = field(default_factory=dict)


def written(sentence: Sentence, language: str) -> str:
    """Return the sentence in ``language``; ``month`` is named, numbers are written."""
    values = {
        name: _written(name, value, language) for name, value in sentence.values.items()
    }
    if sentence.count is None:
        return text(sentence.key, language, **values)
    digits = 0 if float(sentence.count).is_integer() else 1
    return plural(sentence.key, sentence.count, language, digits=digits, **values)


def _written(name: str, value: object, language: str) -> object:
    if isinstance(value, Sentence):
        return written(value, language)
    if isinstance(value, Money):
        return formats.money(value.amount, language, currency=value.currency)
    if name == "month":
        return formats.month_name(value, language)
    if isinstance(value, tuple):
        return formats.listing([f"**{part}**" for part in value], language)
    if isinstance(value, float):
        return formats.number(value, language, digits=1)
    return formats.number(value, language) if isinstance(value, int) else value


def of_error(error: CrmError, language: str) -> str:
    """Return an error as one line, as a terminal shows it."""
    values = {key: str(value) for key, value in error.context.items()}
    line = text(f"error.{error.code}", language, **values)
    if "setting" in values:
        line = f"--{values['setting']}: {line}"
    return " ".join(line.split())


def plain(sentence: str) -> str:
    """Return a sentence without the stars of its decisive words."""
    return sentence.replace("**", "")
