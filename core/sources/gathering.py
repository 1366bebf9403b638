"""Rows of several files, each read into a folder of its own, brought together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq


def gather(folders: Sequence[Path], out: Path) -> None:
    """Move every file's rows to ``out`` under names that do not meet; join rejects."""
    rejects: list[Path] = []
    counts: dict[str, int] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.parquet")):
            if path.name == "rejects.parquet":
                rejects.append(path)
                continue
            name = path.stem.rpartition("-")[0] or path.stem
            counts[name] = counts.get(name, 0) + 1
            path.rename(out / f"{name}-{counts[name]}.parquet")
    if not rejects:
        return
    schema = pq.read_schema(rejects[0])
    with pq.ParquetWriter(out / "rejects.parquet", schema, compression="zstd") as all_:
        for path in rejects:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches():
                    all_.write_batch(batch.cast(schema))
