"""Read the files people upload: say what they are, then turn them into Parquet."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import UnreadableFile
from core.sources import deciding, duplicates, inspecting
from core.sources.convert import convert
from core.sources.duplicates import Settled
from core.sources.landing import Landing
from core.sources.model import Choices, FileReport, Inspection, Refusal
from core.sources.objects import Object, day
from core.sources.recognise import score
from core.sources.tables import RowReject, TextBatch, TextTable, refusal
from core.sources.text import open_tables
from core.sources.work import REJECTS, Converted, Reading, tomorrow

Progress = Callable[[int], None]


def inspect(
    path: Path,
    label: str,
    *,
    remembered: Mapping[str, Choices],
    timezone: str,
) -> list[Inspection | Refusal]:
    """Say what each table of a file is, without reading it all.

    ``label`` is the name people know the file by; ``remembered`` holds what they
    decided before, by ``Inspection.signature``; ``timezone`` is the zone of times that
    name none, unless decided otherwise.
    """
    found: list[Inspection | Refusal] = []
    for table in open_tables(path, label, score=score):
        if isinstance(table, Refusal):
            found.append(table)
            continue
        known = remembered.get(inspecting.signature(table.header))
        try:
            sample = inspecting.head(table)
            choices = known or Choices()
            decision = deciding.decide(table, choices, timezone, "remembered", sample)
            if isinstance(decision, Refusal):
                found.append(decision)
            else:
                found.append(inspecting.inspection(table, sample, decision))
        except UnreadableFile as error:
            found.append(refusal(error))
    return found


def read(
    path: Path,
    label: str,
    choices: Mapping[str, Choices],
    out: Path,
    timezone: str,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> tuple[list[FileReport], list[Refusal]]:
    """Write every table of a file as ``out/<object>-<n>.parquet``, and its rejects.

    ``choices`` go by ``Inspection.file``; what they leave open is guessed. Rows and
    cells that could not be read are added to ``out/rejects.parquet`` with their line.
    ``now`` is the moment of reading (UTC): logins after the next day are not believed.
    """
    out.mkdir(parents=True, exist_ok=True)
    digest = _digest(path)
    latest = tomorrow(now or datetime.now(UTC).replace(tzinfo=None))
    reports: list[FileReport] = []
    refusals: list[Refusal] = []
    notes: list[pa.Table] = []
    for table in open_tables(path, label, score=score):
        if isinstance(table, Refusal):
            refusals.append(table)
            continue
        own = choices.get(table.file, Choices())
        try:
            sample = inspecting.head(table)
            decision = deciding.decide(table, own, timezone, "chosen", sample)
            if isinstance(decision, Refusal):
                refusals.append(decision)
                continue
            if not decision.readable:
                refusals.append(Refusal(table.file, "object_unknown"))
                continue
            plan = deciding.reading(table, decision, own, latest)
            report, rejects = _read_table(table, plan, out, progress)
        except UnreadableFile as error:
            refusals.append(refusal(error))
            continue
        notes.append(rejects)
        reports.append(
            replace(
                report,
                date_order=decision.order,
                timezone=decision.zone,
                sha256=digest,
            )
        )
    _keep_notes(out / "rejects.parquet", notes)
    return reports, refusals


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_table(
    table: TextTable, reading: Reading, out: Path, progress: Progress | None
) -> tuple[FileReport, pa.Table]:
    """Write one table as Parquet; return its report and the list of its rejects."""
    target = reading.plan.object
    path = _free(out, target)
    reasons: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    notes: list[pa.Table] = []
    rows = kept = 0
    try:
        with Landing(path, target.schema()) as landing:
            batches = table.batches(columns=reading.positions, progress=progress)
            for batch in _ahead(batches):
                done = _with_split(convert(batch, reading), batch.rejects, reading)
                landing.add(done.kept)
                rows += len(batch.table) + len(batch.rejects)
                kept += len(done.kept)
                reasons.update(done.reasons)
                warnings.update(done.warnings)
                warnings.update(dict(batch.warnings))
                skipped.update(dict(batch.skipped))
                notes.append(done.rejects)
    except UnreadableFile:
        path.unlink(missing_ok=True)
        raise
    settled = duplicates.settle(path, target) if landing.repeats() else Settled()
    reasons.update(settled.reasons)
    kept -= sum(settled.reasons.values())
    notes.append(settled.rejects)
    if kept == 0:
        path.unlink()
    report = FileReport(
        file=table.file,
        vendor=reading.plan.vendor.name,
        object=target.name,
        rows_read=rows,
        rows_kept=kept,
        rows_rejected=rows - kept,
        reasons=dict(reasons),
        warnings=dict(warnings),
        lines_skipped=dict(skipped),
        encoding=table.encoding,
        delimiter=table.delimiter,
        date_order=None,
        timezone=None,
        period=_period(path, target) if kept else None,
        sha256="",
        signature=inspecting.signature(table.header),
        bindings={
            table.header[position]: field
            for position, field in enumerate(reading.plan.fields)
            if field
        },
        unknown_columns=tuple(
            table.header[position]
            for position, field in enumerate(reading.plan.fields)
            if field is None and position not in reading.positions
        ),
        format=table.format,
    )
    return report, pa.concat_tables(notes) if notes else REJECTS.empty_table()


def _ahead(batches: Iterator[TextBatch]) -> Iterator[TextBatch]:
    """Yield batches while the next one is being read in a thread beside.

    Reading releases Python's lock most of the time: on two cores, a third faster.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        coming = beside.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = beside.submit(next, batches, None)
            yield batch


def _free(out: Path, target: Object) -> Path:
    """Return the first name of a Parquet file of the object that is not taken."""
    number = 1
    while (path := out / f"{target.name}-{number}.parquet").exists():
        number += 1
    return path


def _with_split(
    done: Converted, rejects: list[RowReject], reading: Reading
) -> Converted:
    """Add the rows that could not be told apart into cells."""
    if not rejects:
        return done
    name = reading.plan.object.name
    rows = [
        {
            "file": reading.file,
            "line": one.line,
            "column": one.column,
            "value": one.value[:200],
            "problem": f"{name}.row.{one.problem}",
            "object": name,
            "kept": False,
        }
        for one in rejects
    ]
    for one in rejects:
        problem = f"{name}.row.{one.problem}"
        done.reasons[problem] = done.reasons.get(problem, 0) + 1
    added = pa.Table.from_pylist(rows, schema=REJECTS)
    done.rejects = pa.concat_tables([done.rejects, added])
    return done


def _period(path: Path, target: Object) -> tuple[str, str] | None:
    """Return the first and last day of the object's main moment."""
    if not target.moment:
        return None
    columns = {target.moment, day(target.moment)}
    texts: list[str] = []
    written = pq.read_metadata(path)
    for group in map(written.row_group, range(written.num_row_groups)):
        for part in map(group.column, range(group.num_columns)):
            known = part.statistics if part.path_in_schema in columns else None
            if known is not None and known.has_min_max:
                texts += [end.isoformat()[:10] for end in (known.min, known.max)]
    return (min(texts), max(texts)) if texts else None


def _keep_notes(path: Path, notes: list[pa.Table]) -> None:
    """Add to the list of rows and cells that could not be read."""
    fresh = [table for table in notes if len(table)]
    if not fresh:
        return
    if path.exists():
        fresh.insert(0, pq.read_table(path, schema=REJECTS))
    pq.write_table(pa.concat_tables(fresh), path)
