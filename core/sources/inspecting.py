"""What the review screen shows of a file before it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from core.sources import values
from core.sources.deciding import Decision
from core.sources.model import Column, Inspection
from core.sources.tables import TextTable
from core.sources.vendor import key

SAMPLE_ROWS = 20_000
PREVIEW_ROWS = 8
SAMPLES = 3


def signature(header: Sequence[str]) -> str:
    """Return what files with the same columns have in common."""
    keys = "\x1f".join(key(text) for text in header)
    return hashlib.sha256(keys.encode()).hexdigest()[:16]


def head(table: TextTable, rows: int = SAMPLE_ROWS) -> pa.Table:
    """Return the first rows of a table, all columns."""
    found: list[pa.Table] = []
    count = 0
    for batch in table.batches():
        found.append(batch.table)
        count += len(batch.table)
        if count >= rows:
            break
    names = [str(position) for position in range(len(table.header))]
    empty = pa.table({name: pa.array([], pa.string()) for name in names})
    return pa.concat_tables(found).slice(0, rows) if found else empty


def inspection(table: TextTable, sample: pa.Table, decision: Decision) -> Inspection:
    """Return what the review screen shows of a table."""
    plan = decision.plan
    columns = []
    for position, header in enumerate(table.header):
        cells = values.text(sample.column(str(position)).combine_chunks())
        filled = (len(cells) - cells.null_count) / len(cells) if len(cells) else 0.0
        first = pc.unique(cells.slice(0, 1000)).to_pylist()
        columns.append(
            Column(
                position=position,
                header=header,
                samples=tuple(text[:200] for text in first if text)[:SAMPLES],
                filled=filled,
                field=plan.fields[position],
                reason=plan.reasons[position],
            )
        )
    rows = [c.to_pylist() for c in sample.slice(0, PREVIEW_ROWS).columns]
    preview = tuple(
        tuple((cell or "")[:200] for cell in row) for row in zip(*rows, strict=True)
    )
    return Inspection(
        file=table.file,
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header_line=table.header_line,
        title_lines=table.title_lines,
        vendor=plan.vendor.name,
        object=plan.object.name if decision.certain else None,
        why=decision.why,
        signature=signature(table.header),
        columns=tuple(columns),
        words=decision.words,
        questions=decision.questions,
        preview=preview,
        date_order=decision.order,
        timezone=decision.zone,
        member=table.member,
        sheet=table.sheet,
    )
