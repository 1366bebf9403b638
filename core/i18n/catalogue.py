"""Texts of the product: a folder a language, a TOML file a subject, flat dotted keys.

A folder beside this module is a language; nothing else declares one. French typography
is applied here, once, so that the files hold ordinary spaces and apostrophes.
"""

from __future__ import annotations

import functools
import logging
import re
import tomllib
from pathlib import Path

from core import settings
from core.i18n import formats

FOLDER = Path(__file__).resolve().parent
LANGUAGES: tuple[str, ...] = tuple(
    sorted({path.parent.name for path in FOLDER.glob("*/*.toml")}, reverse=True)
)
NO_BREAK = "\u00a0"

_LOG = logging.getLogger(__name__)
_APOSTROPHE = re.compile(r"(?<=\w)'(?=[\w{«])")
_BEFORE_SIGN = re.compile(r" (?=[:;!?%€»])")
_AFTER_QUOTE = re.compile(r"« ")
_PLURAL_SUFFIXES = ("one", "other")


class MissingTextError(KeyError):
    """A catalogue has no such key, or the text needs a value that was not given."""


def typography(template: str, language: str) -> str:
    """Return ``template`` with the apostrophes and no-break spaces of ``language``.

    French takes U+00A0, not U+202F: the fonts of the product lack the narrow one.
    """
    result = _APOSTROPHE.sub("\u2019", template)
    if language == "fr":
        result = _BEFORE_SIGN.sub(NO_BREAK, result)
        result = _AFTER_QUOTE.sub("«" + NO_BREAK, result)
    return result


@functools.cache
def _catalogue(language: str) -> dict[str, str]:
    return {
        key: typography(value, language)
        for path in (FOLDER / language).glob("*.toml")
        for key, value in tomllib.loads(path.read_text("utf-8")).items()
    }


def keys(language: str) -> frozenset[str]:
    """Return every key that the catalogue of ``language`` holds."""
    return frozenset(_catalogue(language))


def template(key: str, language: str) -> str:
    """Return the text ``key`` with its places open; raises KeyError for no such key."""
    return _catalogue(language)[key]


def text(key: str, language: str, **values: object) -> str:
    """Return the text ``key`` in ``language`` with its ``{name}`` places filled.

    A missing key or value raises ``MissingTextError`` where APLOMB_STRICT_TEXTS is 1,
    as in tests; elsewhere it is logged and the key is shown, since half a page helps
    more than none.
    """
    try:
        return _catalogue(language)[key].format(**values)
    except (KeyError, IndexError) as error:
        problem = f"{language}: {key}: {error}"
        if settings.value("APLOMB_STRICT_TEXTS") == "1":
            raise MissingTextError(problem) from error
        _LOG.error("missing text %s", problem)
        return key


def plural(
    key: str, count: float, language: str, *, digits: int = 0, **values: object
) -> str:
    """Return ``key.one`` or ``key.other`` as ``count`` asks, with ``{count}`` filled.

    French counts as one all that is under two ("0,4 appel", "1,9 appel"); English only
    one itself ("0.4 calls", "1 call"). The count is judged as it is shown.
    """
    shown = abs(formats.rounded(count, digits))
    single = shown < 2 if language == "fr" else shown == 1
    suffix = _PLURAL_SUFFIXES[0 if single else 1]
    number = formats.number(count, language, digits=digits)
    return text(f"{key}.{suffix}", language, count=number, **values)
