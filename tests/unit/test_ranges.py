"""Files that may tell of the same records are found by their footers alone."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from core.ranges import meeting


def file(folder: Path, name: str, *keys: str) -> Path:
    path = folder / f"{name}.parquet"
    column = pa.array(keys, pa.string())
    pq.write_table(pa.table({"record_key": column}), path, row_group_size=2)
    return path


def test_months_that_follow_each_other_do_not_meet(tmp_path: Path) -> None:
    months = [
        file(tmp_path, "may", "a1", "a9", "a5"),
        file(tmp_path, "june", "b1", "b9"),
        file(tmp_path, "none"),
    ]
    assert meeting(months) == []


def test_a_range_around_another_and_a_shared_end_meet(tmp_path: Path) -> None:
    around = file(tmp_path, "around", "a", "z", "k")
    inside = file(tmp_path, "inside", "m")
    after = file(tmp_path, "after", "zz")
    same_end = file(tmp_path, "same_end", "zz", "é")
    assert meeting([around, inside]) == [around, inside]
    assert meeting([around, inside, after]) == [around, inside]
    assert meeting([after, same_end]) == [after, same_end]


def test_a_file_without_statistics_may_hold_any_key(tmp_path: Path) -> None:
    silent = tmp_path / "silent.parquet"
    rows = pa.table({"record_key": ["q"]})
    pq.write_table(rows, silent, write_statistics=False)
    known = file(tmp_path, "known", "a")
    assert meeting([silent, known]) == [silent, known]
