"""What a workspace's folder holds, as its MANIFEST.json says: nothing else counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from core.errors import DataDamaged
from core.sources.model import FileReport, Refusal

NAME = "MANIFEST.json"
SCHEMA = 1
# Objects whose dates are traces of use; others reach back to the company's first day.
_TRACES = ("login", "activity", "record", "campaign_member")


@dataclass(frozen=True)
class Receipt:
    """A file that was given: its content and the choices made, to know it again."""

    label: str
    sha256: str
    choices: str


@dataclass(frozen=True)
class ImportRecord:
    """One import: when (UTC), by whom, and what became of each file.

    ``rows_known`` counts kept rows whose record an earlier import already held,
    ``rows_new`` the others.
    """

    import_id: str
    at: datetime
    who: str
    reports: tuple[FileReport, ...]
    refusals: tuple[Refusal, ...] = ()
    rows_new: int = 0
    rows_known: int = 0
    receipts: tuple[Receipt, ...] = ()


@dataclass(frozen=True)
class Stored:
    """A stored file: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """One state of a workspace, whole.

    ``version`` grows by one at each change and ``state`` is unlike any other state's,
    even of a folder that takes this one's place; ``sequence`` numbers imports and never
    goes back. ``files`` holds every stored file by its path in the folder, ``built``
    the folder of the built tables, ``fingerprint`` what they were built with.
    """

    version: int = 0
    state: str = ""
    sequence: int = 0
    imports: tuple[ImportRecord, ...] = ()
    files: Mapping[str, Stored] = field(default_factory=dict)
    built: str | None = None
    fingerprint: str = ""

    @property
    def objects(self) -> tuple[str, ...]:
        """Return the objects of which at least one row was imported, sorted."""
        reports = (report for record in self.imports for report in record.reports)
        return tuple(sorted({r.object for r in reports if r.rows_kept}))

    @property
    def period(self) -> tuple[date, date] | None:
        """Return the first and last day that the data tells of, or None without any.

        Logins, activities and the like decide where there are any. Days after the
        import that brought them (planned meetings) are not told of yet.
        """
        days = [
            (report.object, date.fromisoformat(report.period[0]), _last(report, record))
            for record in self.imports
            for report in record.reports
            if report.period is not None
        ]
        days = [d for d in days if d[0] in _TRACES] or days
        if not days:
            return None
        last = max(day for _, _, day in days)
        return min(min(day for _, day, _ in days), last), last

    def to_json(self) -> str:
        """Return the manifest as the text of its file."""
        entry = {"schema": SCHEMA, **asdict(self)}
        return json.dumps(entry, ensure_ascii=False, indent=1, default=str)


def _last(report: FileReport, record: ImportRecord) -> date:
    assert report.period is not None
    return min(date.fromisoformat(report.period[1]), record.at.date())


def _report(entry: dict[str, Any]) -> FileReport:
    entry["period"] = tuple(entry["period"]) if entry["period"] else None
    entry["unknown_columns"] = tuple(entry["unknown_columns"])
    return FileReport(**entry)


def _record(entry: dict[str, Any]) -> ImportRecord:
    entry["at"] = datetime.fromisoformat(entry["at"])
    entry["reports"] = tuple(_report(report) for report in entry["reports"])
    entry["refusals"] = tuple(Refusal(**refusal) for refusal in entry["refusals"])
    entry["receipts"] = tuple(Receipt(**receipt) for receipt in entry["receipts"])
    return ImportRecord(**entry)


def from_json(text: str) -> Manifest:
    """Return the manifest that ``text`` states; raises DataDamaged if it is not one."""
    try:
        entry = json.loads(text)
        if entry.pop("schema") != SCHEMA:
            raise DataDamaged(file=NAME)
        entry["imports"] = tuple(_record(record) for record in entry["imports"])
        entry["files"] = {n: Stored(**stored) for n, stored in entry["files"].items()}
        return Manifest(**entry)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataDamaged(file=NAME) from error
