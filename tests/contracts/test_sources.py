"""Each vendor is proved by samples, and names only fields that exist."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from core.sources.vendor import FOLDER

ROOT = Path(__file__).resolve().parents[2]
OBJECTS = tomllib.loads((ROOT / "core/sources/objects.toml").read_text("utf-8"))
VENDORS = sorted(FOLDER.glob("*.toml"))
SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".zip", ".gz"}


@pytest.mark.parametrize("path", VENDORS, ids=lambda path: path.stem)
def test_vendor_has_a_sample(path: Path) -> None:
    folder = ROOT / "tests/sources" / path.stem
    assert [file for file in folder.rglob("*") if file.suffix in SUFFIXES]


@pytest.mark.parametrize("path", VENDORS, ids=lambda path: path.stem)
def test_vendor_names_fields_of_the_schema(path: Path) -> None:
    vendor = tomllib.loads(path.read_text("utf-8"))
    tables = [(name, set(fields)) for name, fields in vendor.get("fields", {}).items()]
    for kind in vendor.get("file", ()):
        fields = set(kind.get("fields", {})) | set(kind.get("constants", {}))
        tables.append((kind["object"], fields))
    assert tables
    for name, fields in tables:
        assert fields - set(OBJECTS[name]["fields"]) == set(), name
