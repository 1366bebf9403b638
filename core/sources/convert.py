"""Turn rows of text into rows of a canonical object, and say what could not be read.

A row is rejected only when a field it cannot do without is missing or unreadable; any
other cell that cannot be read is left empty, counted, and listed with its line.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from core.sources import moments, rules, values
from core.sources.bindings import Source
from core.sources.objects import ARROW, TIMESTAMP, Field, day
from core.sources.sorting import sorted_out
from core.sources.tables import TextBatch
from core.sources.values import Read
from core.sources.words import table
from core.sources.work import Converted, Reading, Work, cells_of


def convert(batch: TextBatch, reading: Reading) -> Converted:
    """Convert a batch of text; every row is either kept or rejected, once."""
    lines = batch.lines
    if isinstance(lines, pa.ChunkedArray):
        lines = lines.combine_chunks()
    cells = {
        position: values.text(_whole(batch.table.column(str(position))))
        for position in reading.positions
    }
    work = Work(reading, lines, cells)
    target = reading.plan.object
    for one in target.fields.values():
        sources = reading.plan.sources.get(one.name, ())
        if one.type == "moment":
            _moment(work, one, sources)
        else:
            _plain(work, one, sources)
    kind = reading.plan.kind
    constants = dict(kind.constants) if kind else {}
    if reading.campaign and "campaign" in target.fields:
        constants["campaign"] = reading.campaign
    rules.apply(target, work.columns, constants, work.rows)
    return sorted_out(work)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece."""
    whole = column.combine_chunks()
    return whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole


def _plain(work: Work, one: Field, sources: tuple[Source, ...]) -> None:
    """Read a field of one column."""
    found: pa.Array | None = None
    failures = []
    for source in sources:
        read = _read(work, one, source)
        found = read.values if found is None else pc.coalesce(found, read.values)
        if read.bad is not None:
            failures.append((one, source, read.bad, read.problem))
    if found is None:
        found = pa.nulls(work.rows, ARROW[one.type])
    work.columns[one.name] = found
    for failed, source, bad, problem in failures:
        work.failures.append((failed, source, pc.and_(bad, pc.is_null(found)), problem))


def _read(work: Work, one: Field, source: Source) -> Read:
    """Read the cells of one source as the field's type."""
    cells, vendor = cells_of(work, source), work.reading.plan.vendor
    if one.type == "id":
        return values.identity(cells, vendor)
    if one.type == "ref":
        return values.reference(cells, vendor)
    if one.type == "email":
        return values.email(cells)
    if one.type == "number":
        return values.number(cells, work.reading.marks.get(source.position, "."))
    if one.type == "boolean":
        words = source.name.words
        return values.boolean(cells, table(words) if words else None)
    if one.type == "choice":
        known = table(
            source.name.words or f"{work.reading.plan.object.name}.{one.name}"
        )
        own = work.reading.words.get(one.name, {})
        read = values.choice(cells, known, own, one.values)
        if not source.name.claims:
            return read
        unknown = pc.and_(pc.is_valid(cells), pc.is_null(read.values))
        return Read(read.values, unknown, "unknown_word")
    return Read(cells)


def _moment(work: Work, one: Field, sources: tuple[Source, ...]) -> None:
    """Read a field of two columns: the moment, and the day where there is no time."""
    at = pa.nulls(work.rows, TIMESTAMP)
    days = pa.nulls(work.rows, pa.date32())
    failures = []
    for source in sources:
        style = work.reading.styles.get(source.position, moments.Style())
        read = moments.convert(cells_of(work, source), style)
        if source is sources[0]:
            at, days = read.at, read.day
        else:
            empty = pc.and_(pc.is_null(at), pc.is_null(days))
            at = pc.if_else(empty, read.at, at)
            days = pc.if_else(empty, read.day, days)
        if pc.any(read.bad).as_py():
            failures.append((source, read.bad))
    work.columns[one.name], work.columns[day(one.name)] = at, days
    if not failures:
        return
    empty = pc.and_(pc.is_null(at), pc.is_null(days))
    for source, bad in failures:
        work.failures.append((one, source, pc.and_(bad, empty), "unreadable"))
