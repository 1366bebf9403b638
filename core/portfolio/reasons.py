"""Why projects are led, period by period: counts, and shares where they mean something.

Two-year periods start in even years: 2018-2019, 2020-2021.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from core.portfolio.project import REASONS, Project
from core.portfolio.rows import NOT_SAID

# Under this many projects, a percentage says more than is known.
FEWEST = 5
EVERY = (*REASONS, NOT_SAID)
SPANS = (2, 1)


def by_period(projects: Iterable[Project], span: int) -> pd.DataFrame:
    """Return one row a period that has projects, the oldest first.

    Columns: ``period`` ("2018-2019", or "2019" with a ``span`` of one year), ``total``
    and a count for each of EVERY. Projects without a start are in no period.
    """
    counts: dict[int, dict[str, int]] = {}
    for project in projects:
        if project.year is None:
            continue
        first = project.year - project.year % span
        period = counts.setdefault(first, dict.fromkeys(EVERY, 0))
        period[project.reason or NOT_SAID] += 1
    rows = [
        {
            "period": str(first) if span == 1 else f"{first}-{first + span - 1}",
            "total": sum(period.values()),
            **period,
        }
        for first, period in sorted(counts.items())
    ]
    return pd.DataFrame(rows, columns=["period", "total", *EVERY])


def present(periods: pd.DataFrame) -> Sequence[str]:
    """Return the reasons that some period has, in the order of EVERY."""
    return [reason for reason in EVERY if periods[reason].sum()]
