"""What the figures' tests share: exports written by hand, and their report."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from core import imports, report
from core.store import Store, Upload
from core.workspace import Rights, Workspace, WorkspaceSettings

# Third-party samples that may not be redistributed: an extra, where they are.
SAMPLES = Path(
    os.environ.get("APLOMB_SAMPLES")
    or Path(__file__).resolve().parents[3] / "shared" / "data"
)
Rows = Sequence[Mapping[str, object]]
Make = Callable[..., Workspace]


def write(path: Path, rows: Rows) -> Path:
    """Write rows as an export: every cell quoted, columns of the first row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    return path


def imported(
    folder: Path, files: Mapping[str, Rows | Path], **settings: Any
) -> Workspace:
    """Import exports, given as rows or paths by file name, into a workspace there."""
    folder.mkdir(parents=True, exist_ok=True)
    uploads = [
        Upload(rows if isinstance(rows, Path) else write(folder / name, rows), name)
        for name, rows in files.items()
    ]
    chosen = WorkspaceSettings(privacy="names", **settings)
    store = Store(folder / "store")
    outcome = imports.run(store, chosen, uploads, {}, "test", isolate=False)
    assert not outcome.refusals
    assert all(r.rows_read == r.rows_kept for r in outcome.reports)
    return Workspace(store, chosen, Rights.of("admin"))


@pytest.fixture
def company(tmp_path: Path) -> Make:
    """Import exports into a workspace of the test's own."""
    return partial(imported, tmp_path)


@pytest.fixture
def reported(company: Make) -> Callable[..., dict[str, Any]]:
    """Report on exports at the end of a day."""

    def make(
        files: Mapping[str, Rows | Path], as_of: date | None = None, **settings: Any
    ) -> dict[str, Any]:
        return report.build(company(files, **settings), as_of)

    return make


def by_id(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return a report's users by identifier."""
    return {user["user_id"]: user for user in found["users"]}


def identifier(prefix: str, number: int) -> str:
    """Return an 18-character identifier."""
    return f"{prefix}5g00000{number:08d}"
