"""Passwords: which ones are accepted, and how they are kept and compared."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.errors import InvalidSetting

SHORTEST = 12
LONGEST = 128
_FEWEST_DIFFERENT = 5
_ORNAMENTS = re.compile(r"^[\d\W_]+|[\d\W_]+$")
_LOOK_ALIKE = str.maketrans("@4301!$57", "aaeoiisst")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Return the stems that most leaked passwords are made of."""
    lines = Path(__file__).with_name("common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in lines.split() if not line.startswith("#"))


def _stem(password: str) -> str:
    """Return what is left of a password without its usual ornaments."""
    plain = unicodedata.normalize("NFKD", password.lower())
    letters = _ORNAMENTS.sub("", plain).translate(_LOOK_ALIKE)
    return "".join(character for character in letters if character.isalpha())


def _is_run(password: str) -> bool:
    """Tell whether each character follows the one before, as in 123456 or abcdef."""
    steps = {ord(b) - ord(a) for a, b in zip(password, password[1:], strict=False)}
    return steps <= {1, -9} or steps <= {-1, 9}


def _is_made_of_common_words(stem: str) -> bool:
    """Tell whether a stem is only common words one after the other."""
    reached = {0}
    for start in range(len(stem)):
        if start in reached:
            reached |= {
                start + len(word) for word in _common() if stem.startswith(word, start)
            }
    return len(stem) in reached


def check(password: str, *personal: str) -> None:
    """Raise InvalidSetting unless ``password`` can be accepted.

    Any characters do; length is what counts. Refused: shorter than 12, longer than
    128, few different characters, a run, common words with ornaments, or a part of
    ``personal`` (the person's e-mail address and name) with ornaments.
    """
    if len(password) < SHORTEST:
        raise InvalidSetting(setting="password_short", value=SHORTEST)
    if len(password) > LONGEST:
        raise InvalidSetting(setting="password_long", value=LONGEST)
    stem = _stem(password)
    names = {_stem(part) for text in personal for part in (text, *text.split("@"))}
    if (
        len(set(password.lower())) < _FEWEST_DIFFERENT
        or _is_run(password.lower())
        or _is_made_of_common_words(stem)
        or stem in names
    ):
        raise InvalidSetting(setting="password_common", value="")


def digest(password: str) -> str:
    """Return the fixed-length text that is hashed: bcrypt itself stops at 72 bytes."""
    normal = unicodedata.normalize("NFC", password).encode()
    return base64.b64encode(hashlib.sha256(normal).digest()).decode()


def _hasher() -> Any:
    """Return the maker of bcrypt hashes.

    It brings Streamlit along, which no command without a browser should wait for.
    """
    from streamlit_authenticator.utilities.hasher import Hasher

    return Hasher


def hashed(password: str) -> str:
    """Return the bcrypt hash to keep for ``password``."""
    return str(_hasher().hash(digest(password)))


@lru_cache(maxsize=1)
def nobody() -> str:
    """Return a hash that no password has: unknown names take as long as known ones."""
    return str(_hasher().hash("no digest of a password looks like this"))


def matches(password: str, kept: str) -> bool:
    """Tell whether ``password`` is the one whose hash is ``kept``."""
    return bool(_hasher().check_pw(digest(password), kept))
