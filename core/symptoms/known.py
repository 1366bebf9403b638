"""Which days the exports tell of: logins, activities, records, each kind of file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from core.manifest import ImportRecord
from core.workspace import Workspace

# Beliefs. A source that ends this long before the data do does not tell of their end.
LATE_DAYS = 14
MONTH_DAYS = 30.4
# A month of data may lack a few days at either end.
SPARE_DAYS = 6


@dataclass(frozen=True)
class Known:
    """The days that each kind of trace covers, None where there is none.

    ``first`` and ``last`` bound the logins and activities together (records when there
    is neither), ``oldest`` the oldest trace of any kind, programs' included.
    """

    first: date | None = None
    last: date | None = None
    oldest: date | None = None
    logins: tuple[date, date] | None = None
    activities: tuple[date, date] | None = None
    records: tuple[date, date] | None = None

    def months(self, as_of: date) -> float:
        """Return the months of logins or activities up to a day."""
        return _months(self.first, as_of)

    def since_oldest(self, as_of: date) -> float:
        """Return the months of traces of any kind up to a day."""
        return _months(self.oldest, as_of)

    def acts(self, as_of: date) -> bool:
        """Tell whether actions are known for the last twelve weeks."""
        start = as_of - timedelta(days=84)
        return self.activities is not None and (
            self.activities[0] <= start + timedelta(days=LATE_DAYS)
            and self.activities[1] >= as_of - timedelta(days=LATE_DAYS)
        )


def _months(first: date | None, as_of: date) -> float:
    if first is None:
        return 0.0
    return ((as_of - first).days + 1 + SPARE_DAYS) / MONTH_DAYS


def fresh(workspace: Workspace) -> dict[str, date]:
    """Return until when each kind of record is told, where later imports leave it out.

    A file that was not exported again stops before the others: that is a hole.
    """
    told: dict[str, date | None] = {}
    imports = [one for one in workspace.manifest.imports if _last_day(one) is not None]
    for done in imports:
        for report in done.reports:
            if report.object == "record" and report.rows_kept:
                last = None if done is imports[-1] else _last_day(done)
                told[f"record:{_file_type(report.file)}"] = last
    return {kind: day for kind, day in told.items() if day is not None}


def _last_day(done: ImportRecord) -> date | None:
    """Return the last day that the files of an import tell of."""
    days = [r.period[1] for r in done.reports if r.period and r.rows_kept]
    return date.fromisoformat(max(days)[:10]) if days else None


def _file_type(name: str) -> str:
    """Return the type that ``stg_record`` gives the rows of a file without one."""
    custom = re.search(r"[A-Za-z]\w*__[cC]", name, re.ASCII)
    if custom:
        return custom[0]
    bare = re.search(r"([^/\\›]*?)(\.[A-Za-z]{1,5})*$", name)
    return re.sub(r"^[\d\s_.()-]+|[\d\s_.()-]+$", "", bare[1]) if bare else name


def read(workspace: Workspace, as_of: date) -> Known:
    """Return what a workspace's exports cover, up to a day."""
    rows = workspace.derive("mart_period")
    if not len(rows):
        return Known()
    row = rows.iloc[0]

    def span(name: str) -> tuple[date, date] | None:
        first, last = row[f"first_{name}_day"], row[f"last_{name}_day"]
        if pd.isna(first) or first.date() > as_of:
            return None
        return first.date(), min(last.date(), as_of)

    logins, activities, records = span("login"), span("activity"), span("record")
    told = [one for one in (logins, activities) if one] or [
        one for one in (records,) if one
    ]
    oldest = row["first_day"]
    return Known(
        first=min((one[0] for one in told), default=None),
        last=max((one[1] for one in told), default=None),
        oldest=None if pd.isna(oldest) else oldest.date(),
        logins=logins,
        activities=activities,
        records=records,
    )
