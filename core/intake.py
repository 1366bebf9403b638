"""The files somebody gives, turned into raw rows beside those that count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import pyarrow.parquet as pq

from core import store
from core.inputs import digest
from core.manifest import Manifest, Receipt
from core.sources import child, reader
from core.sources.child import Cancel
from core.sources.model import Choices, FileReport, Refusal
from core.store import Staging, Upload
from core.warehouse import count_known
from core.workspace import WorkspaceSettings


@dataclass(frozen=True)
class Progress:
    """How far an import is.

    ``step`` is ``reading`` (``bytes_done`` of ``bytes_total``, in ``file``),
    ``building`` (``models_done`` of ``models_total``) or ``saving``.
    """

    step: Literal["reading", "building", "saving"] = "reading"
    file: str = ""
    bytes_done: int = 0
    bytes_total: int = 0
    models_done: int = 0
    models_total: int = 0


Report = Callable[[Progress], None]


def _receipt(
    upload: Upload, choices: Mapping[str, Choices], settings: WorkspaceSettings
) -> Receipt:
    decided = {
        file.removeprefix(upload.label): asdict(choice)
        for file, choice in choices.items()
        if file.startswith(upload.label)
    }
    return Receipt(
        label=upload.label,
        sha256=store.sha256(upload.path),
        choices=digest([decided, settings.timezone]),
    )


def sort(
    uploads: Sequence[Upload],
    choices: Mapping[str, Choices],
    settings: WorkspaceSettings,
    manifest: Manifest,
) -> tuple[dict[Receipt, Upload], tuple[str, ...]]:
    """Tell the files to read from those read before; return the names of the latter."""
    known = {(r.sha256, r.choices) for i in manifest.imports for r in i.receipts}
    fresh: dict[Receipt, Upload] = {}
    again: list[str] = []
    for upload in uploads:
        receipt = _receipt(upload, choices, settings)
        if (receipt.sha256, receipt.choices) in known:
            again.append(upload.label)
        else:
            fresh[receipt] = upload
        known.add((receipt.sha256, receipt.choices))
    return fresh, tuple(again)


def read(
    uploads: Sequence[Upload],
    choices: Mapping[str, Choices],
    out: Path,
    settings: WorkspaceSettings,
    report: Report,
    cancel: Cancel,
    isolate: bool,
) -> child.Read:
    """Read files into ``out``; with ``isolate`` in a process of its own."""

    def tell(at: child.Reading) -> None:
        report(Progress("reading", at.file, at.bytes_done, at.bytes_total))

    paths = [(upload.path, upload.label) for upload in uploads]
    if isolate:
        return child.read(paths, choices, out, settings.timezone, tell, cancel)
    reports: list[FileReport] = []
    refusals: list[Refusal] = []
    for path, label in paths:
        found, refused = reader.read(path, label, choices, out, settings.timezone)
        reports += found
        refusals += refused
    return reports, refusals


def name(staging: Staging, out: Path) -> dict[str, Path]:
    """Return the files read by the path that each will have in the store."""
    files: dict[str, Path] = {}
    for number, path in enumerate(sorted(out.glob("*.parquet"))):
        if path.stem == "rejects":
            files[f"rejects/{staging.import_id}.parquet"] = path
            continue
        # The number that opens the name tells the models which import it came with.
        name = f"{staging.import_id}-{number:04d}.parquet"
        files[f"raw/{path.stem.rpartition('-')[0]}/{name}"] = path.rename(out / name)
    return files


def by_object(files: Mapping[str, Path]) -> dict[str, list[Path]]:
    """Return the raw files of each object, among files by their path in the store."""
    found: dict[str, list[Path]] = {}
    for name, path in files.items():
        kind, _, rest = name.partition("/")
        if kind == "raw":
            found.setdefault(rest.partition("/")[0], []).append(path)
    return found


def count(
    added: Mapping[str, Sequence[Path]], earlier: Mapping[str, Sequence[Path]]
) -> tuple[int, int]:
    """Count the rows read and, among them, those of records held already."""
    rows = sum(pq.read_metadata(p).num_rows for paths in added.values() for p in paths)
    known = sum(count_known(paths, earlier.get(n, ())) for n, paths in added.items())
    return rows, known
