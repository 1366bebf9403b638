"""What is particular to each CRM, as the files under vendors/ state it.

``vendors/<vendor>.toml`` holds:

    signs         sets of headers that only this vendor writes
    prefixes      what some exports put before every header ("property_")
    skip          names of files that hold nothing to read (patterns)
    utc           headers, without spaces, of moments written in UTC without saying so
    null_ids      ids that mean "none"
    long_ids      15-character ids get the 3 characters of their checksum
    association   pattern whose first group is the id in "Name (5551)"
    wrapper       characters around ids, taken off
    identity      pattern of this vendor's own ids, for files whose headers do not tell
    sheets        sheets of its workbooks that hold nothing for people
    campaign      pattern whose first group is the campaign in a file's name
    fields.<object>.<field>   names of the field, the first that is not empty wins
    file          the files it writes: ``object``, ``names`` (patterns of the file's
                  name), ``headers`` (sets, one is enough), ``constants``, ``fields``,
                  ``only`` (the rows that count: a header and what it must match)

A name in a list of names is a header, or a table that reads a column for one more
field without claiming it: ``header`` and one of ``words`` (a table of words.toml),
``filled`` (the value given by any content), ``matches`` (kept when it matches).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("vendors")
GENERIC = "generic"
Names = Mapping[str, tuple["Name", ...]]


@dataclass(frozen=True)
class Name:
    """One way a field is found: a header, and how its cells are read."""

    header: str
    claims: bool = True
    words: str | None = None
    filled: str | None = None
    matches: str | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of file that a vendor writes."""

    vendor: str
    object: str
    names: tuple[re.Pattern[str], ...]
    headers: tuple[frozenset[str], ...]
    constants: Mapping[str, str]
    fields: Names
    only: Name | None = None


@dataclass(frozen=True)
class Vendor:
    """One CRM or mailing tool."""

    name: str
    signs: tuple[frozenset[str], ...] = ()
    prefixes: tuple[str, ...] = ()
    skip: tuple[re.Pattern[str], ...] = ()
    utc: frozenset[str] = frozenset()
    null_ids: tuple[str, ...] = ()
    long_ids: bool = False
    association: str | None = None
    wrapper: str = ""
    identity: str | None = None
    sheets: tuple[str, ...] = ()
    campaign: re.Pattern[str] | None = None
    fields: Mapping[str, Names] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()

    def prefixed(self, header: str) -> str:
        """Return a header in lower case without the prefix some exports put first."""
        for prefix in self.prefixes:
            header = header.removeprefix(prefix)
        return header

    def key(self, header: str) -> str:
        """Return the key of a header, without the prefix some exports put first."""
        found = key(header)
        for prefix in self.prefixes:
            found = found.removeprefix(prefix)
        return found


def spaced(text: str) -> str:
    """Return text in lower case, without accents, signs or repeated spaces.

    >>> spaced("Activité - Date d’ajout :")
    'activite date d ajout'
    """
    bare = unicodedata.normalize("NFKD", text).casefold()
    kept = (
        c if c.isalnum() and unicodedata.category(c) != "Lm" else " "
        for c in bare
        if unicodedata.category(c) != "Mn"
    )
    return " ".join("".join(kept).split())


def key(text: str) -> str:
    """Return the key under which headers and words are compared.

    ``CreatedDate``, ``CREATEDDATE``, ``created_date`` and ``Created Date`` are one;
    never a distance between words.
    """
    return spaced(text).replace(" ", "")


def _name(entry: str | Mapping[str, str]) -> Name:
    """Build one way a field is found."""
    if isinstance(entry, str):
        return Name(key(entry))
    return Name(
        key(entry["header"]),
        claims=False,
        words=entry.get("words"),
        filled=entry.get("filled"),
        matches=entry.get("matches"),
    )


def _names(entries: Mapping[str, list[Any]]) -> Names:
    """Build the names of an object's fields."""
    return {field: tuple(_name(e) for e in names) for field, names in entries.items()}


def _sets(entries: Iterable[Iterable[str]]) -> tuple[frozenset[str], ...]:
    """Build sets of headers."""
    return tuple(frozenset(key(header) for header in entry) for entry in entries)


def _patterns(entries: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Build patterns of file names."""
    return tuple(re.compile(entry) for entry in entries)


def _kind(vendor: str, entry: Mapping[str, Any]) -> Kind:
    """Build one kind of file."""
    return Kind(
        vendor=vendor,
        object=entry["object"],
        names=_patterns(entry.get("names", ())),
        headers=_sets(entry.get("headers", ())),
        constants=entry.get("constants", {}),
        fields=_names(entry.get("fields", {})),
        only=_name(entry["only"]) if "only" in entry else None,
    )


def _vendor(path: Path) -> Vendor:
    """Read one vendor's file."""
    with path.open("rb") as file:
        entry = tomllib.load(file)
    return Vendor(
        name=path.stem,
        signs=_sets(entry.get("signs", ())),
        prefixes=tuple(key(prefix) for prefix in entry.get("prefixes", ())),
        skip=_patterns(entry.get("skip", ())),
        utc=frozenset(entry.get("utc", ())),
        null_ids=tuple(entry.get("null_ids", ())),
        long_ids=entry.get("long_ids", False),
        association=entry.get("association"),
        wrapper=entry.get("wrapper", ""),
        identity=entry.get("identity"),
        sheets=tuple(entry.get("sheets", ())),
        campaign=re.compile(entry["campaign"]) if "campaign" in entry else None,
        fields={name: _names(e) for name, e in entry.get("fields", {}).items()},
        kinds=tuple(_kind(path.stem, kind) for kind in entry.get("file", ())),
    )


@cache
def vendors() -> Mapping[str, Vendor]:
    """Return every vendor by name; the generic one, which any file may be, is last."""
    found = {path.stem: _vendor(path) for path in sorted(FOLDER.glob("*.toml"))}
    generic = found.pop(GENERIC)
    return {**found, GENERIC: generic}


@cache
def known_headers() -> frozenset[str]:
    """Return the key of every header that some vendor's file is known by."""
    keys: set[str] = set()
    for vendor in vendors().values():
        for kind in vendor.kinds:
            keys = keys.union(*kind.headers)
        for table in (*vendor.fields.values(), *(kind.fields for kind in vendor.kinds)):
            keys.update(name.header for names in table.values() for name in names)
    return frozenset(keys)
