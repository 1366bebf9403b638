"""The columns of a list's file: the reader's spreadsheet, or what a tool imports back.

``core/list_layouts.toml`` states them. A tool's file has its own headings in every
language, ISO dates, and one row a person as any other: the choice of a layout never
changes who is in the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pandas as pd

from core.campaigns.call_list import List

FILE = Path(__file__).with_name("list_layouts.toml")
SPREADSHEET = "spreadsheet"
OWNERS = ("owner_id", "owner_email", "owner_name")
_LEAD = "00Q"


@dataclass(frozen=True)
class Layout:
    """One layout; ``columns`` map headings to fields, empty for the spreadsheet.

    ``needs`` maps fields to the pattern that some row must match; ``sheet`` tells
    whether a workbook is worth giving.
    """

    name: str
    columns: Mapping[str, str]
    needs: Mapping[str, str]
    sheet: bool

    @property
    def is_import(self) -> bool:
        """Whether a tool reads the file, not a person."""
        return bool(self.columns)

    @property
    def has_owners(self) -> bool:
        """Whether the tool is told who holds each person."""
        return any(source in OWNERS for source in self.columns.values())

    def fits(self, people: pd.DataFrame) -> bool:
        """Tell whether some of the people carry what the tool knows them by."""
        return all(
            people[column].astype("string").str.contains(pattern, na=False).any()
            for column, pattern in self.needs.items()
        )

    def unknown(self, people: pd.DataFrame) -> int:
        """Count the people whom the tool will not recognise."""
        known = pd.Series(True, index=people.index)
        for column, pattern in self.needs.items():
            texts = people[column].astype("string")
            known &= texts.str.contains(pattern, na=False).astype(bool)
        return int((~known).sum())


@dataclass(frozen=True)
class Words:
    """What the rows of a tool's file say, in the reader's language.

    ``subject`` is the title of a task; ``labels`` name the columns that its note holds.
    """

    subject: str
    day: date
    campaign_id: str
    labels: Mapping[str, str]


@cache
def _all() -> Mapping[List, Mapping[str, Layout]]:
    read = tomllib.loads(FILE.read_text("utf-8"))
    return {
        which: {
            name: Layout(
                name, entry.get("columns", {}), entry.get("needs", {}), entry["sheet"]
            )
            for name, entry in read[which].items()
        }
        for which in get_args(List)
    }


def names(which: List) -> Sequence[str]:
    """Return the layouts of a list, the spreadsheet first."""
    return tuple(_all()[which])


def get(which: List, name: str) -> Layout:
    """Return a layout; KeyError when the list has none of that name."""
    return _all()[which][name]


def offered(which: List, people: pd.DataFrame) -> list[Layout]:
    """Return the layouts that these people can be written in."""
    return [layout for layout in _all()[which].values() if layout.fits(people)]


def filled(
    layout: Layout, people: pd.DataFrame, words: Words, *, with_owners: bool
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the rows of a tool's file, and its columns with their headings.

    Without ``with_owners`` their columns are left out: a pseudonym is nobody to a tool.
    """
    frame, columns = pd.DataFrame(index=people.index), {}
    for heading, source in layout.columns.items():
        if source in OWNERS and not with_owners:
            continue
        columns[heading] = heading
        frame[heading] = _column(source, people, words)
    return frame, columns


def _column(source: str, people: pd.DataFrame, words: Words) -> Any:
    if source.startswith("= "):
        return source[2:]
    is_lead = people["contact_id"].astype("string").str.startswith(_LEAD, na=False)
    match source:
        case "@ subject":
            return words.subject
        case "@ day":
            return words.day
        case "@ note":
            return _notes(people, words.labels)
        case "campaign_id":
            return words.campaign_id
        case "salesforce_contact":
            return people["contact_id"].mask(is_lead)
        case "salesforce_lead":
            return people["contact_id"].where(is_lead)
    return people[source]


def _notes(people: pd.DataFrame, labels: Mapping[str, str]) -> list[str]:
    """Return for each person the labelled values, in one line."""
    columns = [name for name in labels if name in people]
    rows = people[columns].itertuples(index=False, name=None)
    return [
        "; ".join(
            f"{labels[name]}: {value}"
            for name, value in zip(columns, row, strict=True)
            if not pd.isna(value)
        )
        for row in rows
    ]
