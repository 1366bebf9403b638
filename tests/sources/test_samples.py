"""Every invented export is recognised, bound and read as its expectation says.

A sample is ``<crm>/<name>.csv``; beside it ``<name>.expect.json`` holds what comes out:
vendor, object, field of each column, counts, and the rows without their empty fields.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from core.sources import reader
from core.sources.model import Inspection, Refusal
from core.sources.objects import objects
from core.sources.vendor import vendors

ROOT = Path(__file__).resolve().parent
SAMPLES = sorted(ROOT.rglob("*.csv"))
OWN = {"record_key", "source_line", "source_file"}


def result(path: Path, out: Path) -> dict[str, Any]:
    """Return what a sample becomes, in the form of an expectation."""
    label = str(path.relative_to(ROOT).relative_to(path.relative_to(ROOT).parts[0]))
    seen = reader.inspect(path, label, remembered={}, timezone="Europe/Paris")
    assert len(seen) == 1
    if isinstance(seen[0], Refusal):
        return {"refused": seen[0].cause, "skipped": seen[0].skipped}
    inspection: Inspection = seen[0]
    reports, refusals = reader.read(path, label, {}, out, "Europe/Paris")
    if refusals:
        return {"refused": refusals[0].cause, "skipped": refusals[0].skipped}
    report = reports[0]
    assert report.rows_read == report.rows_kept + report.rows_rejected
    assert sum(report.reasons.values()) == report.rows_rejected
    rows = pq.read_table(out / f"{report.object}-1.parquet").to_pylist()
    return {
        "vendor": inspection.vendor,
        "object": report.object,
        "why": list(inspection.why),
        "date_order": report.date_order,
        "timezone": report.timezone,
        "questions": [question.code for question in inspection.questions],
        "bindings": dict(report.bindings),
        "unknown": list(report.unknown_columns),
        "read": report.rows_read,
        "kept": report.rows_kept,
        "reasons": dict(report.reasons),
        "warnings": dict(report.warnings),
        "rows": [
            {k: _plain(v) for k, v in row.items() if v is not None and k not in OWN}
            for row in rows[:8]
        ],
    }


def _plain(value: Any) -> Any:
    """Return dates and times as text."""
    return value if isinstance(value, (str, float, bool)) else value.isoformat()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: str(p.relative_to(ROOT)))
def test_sample(path: Path, tmp_path: Path) -> None:
    """The sample comes out as expected."""
    expected = json.loads(path.with_suffix(".expect.json").read_text("utf-8"))
    assert result(path, tmp_path) == expected


def test_every_vendor_has_a_sample() -> None:
    """No vendor is described without an export that proves it."""
    assert {path.name for path in ROOT.iterdir() if path.is_dir()} >= set(vendors())


def test_every_name_in_the_vendors_files_is_a_field() -> None:
    """Vendors' files only speak of fields that exist, and of values they may have."""
    for vendor in vendors().values():
        for name, fields in vendor.fields.items():
            assert fields.keys() <= objects()[name].fields.keys(), (vendor.name, name)
        for kind in vendor.kinds:
            known = objects()[kind.object].fields
            assert kind.fields.keys() <= known.keys(), (vendor.name, kind.object)
            for field, value in kind.constants.items():
                assert known[field].type in ("text", "boolean") or (
                    value in known[field].values
                ), (vendor.name, field)
