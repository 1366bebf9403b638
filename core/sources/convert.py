"""Turn rows of text into rows of a canonical object, and say what could not be read.

A row is rejected only when a field it cannot do without is missing or unreadable; any
other cell that cannot be read is left empty, counted, and listed with its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b

import pyarrow as pa
import pyarrow.compute as pc

from core.sources import moments, rules, values
from core.sources.bindings import Plan, Source
from core.sources.objects import Field, day
from core.sources.tables import TextBatch
from core.sources.values import Read
from core.sources.words import table

REJECTS = pa.schema(
    [
        ("file", pa.string()),
        ("line", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("problem", pa.string()),
        ("object", pa.string()),
        ("kept", pa.bool_()),
    ]
)
SHOWN = 200


@dataclass(frozen=True)
class Reading:
    """All that is decided about a file before its rows are read.

    ``styles`` and ``marks`` go by position: how a column writes moments and decimals.
    ``words`` are a person's own value maps. Moments after ``latest`` (UTC) that must be
    past are rejected.
    """

    file: str
    header: tuple[str, ...]
    plan: Plan
    styles: Mapping[int, moments.Style]
    marks: Mapping[int, str]
    words: Mapping[str, Mapping[str, str | None]]
    latest: datetime
    campaign: str | None = None

    @property
    def positions(self) -> list[int]:
        """Return the positions of the columns that are read."""
        sources = self.plan.sources.values()
        read = {source.position for found in sources for source in found}
        return sorted(read | ({self.only.position} if self.only else set()))

    @property
    def only(self) -> Source | None:
        """Return the column that tells which rows count, if the file has one."""
        name = self.plan.kind.only if self.plan.kind else None
        for position, header in enumerate(self.header):
            if name and self.plan.vendor.key(header) == name.header:
                return Source(position, name)
        return None


@dataclass
class Converted:
    """What became of a batch: rows kept, rows rejected and cells left empty."""

    kept: pa.Table
    rejects: pa.Table
    reasons: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)


@dataclass
class _Batch:
    """Work in progress on a batch."""

    reading: Reading
    lines: pa.Array
    cells: Mapping[int, pa.Array]
    columns: dict[str, pa.Array] = field(default_factory=dict)
    failures: list[tuple[Field, Source, pa.Array, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return len(self.lines)


def convert(batch: TextBatch, reading: Reading) -> Converted:
    """Convert a batch of text; every row is either kept or rejected, once."""
    lines = batch.lines
    if isinstance(lines, pa.ChunkedArray):
        lines = lines.combine_chunks()
    cells = {
        position: values.text(_whole(batch.table.column(str(position))))
        for position in reading.positions
    }
    work = _Batch(reading, lines, cells)
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
    return _sorted_out(work)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece."""
    whole = column.combine_chunks()
    return whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole


def _cells(work: _Batch, source: Source) -> pa.Array:
    """Return the cells of a source, without those it does not speak of."""
    cells = work.cells[source.position]
    if source.name.matches:
        found = pc.match_substring_regex(cells, source.name.matches)
        cells = pc.if_else(found, cells, pa.scalar(None, pa.string()))
    if source.name.filled:
        filled = pa.scalar(source.name.filled)
        cells = pc.if_else(pc.is_valid(cells), filled, pa.scalar(None, pa.string()))
    return cells


def _plain(work: _Batch, one: Field, sources: tuple[Source, ...]) -> None:
    """Read a field of one column."""
    schema = work.reading.plan.object.schema()
    found = pa.nulls(work.rows, schema.field(one.name).type)
    failures = []
    for source in sources:
        read = _read(work, one, source)
        found = pc.coalesce(found, read.values)
        if read.bad is not None:
            failures.append((one, source, read.bad, read.problem))
    work.columns[one.name] = found
    for failed, source, bad, problem in failures:
        work.failures.append((failed, source, pc.and_(bad, pc.is_null(found)), problem))


def _read(work: _Batch, one: Field, source: Source) -> Read:
    """Read the cells of one source as the field's type."""
    cells, vendor = _cells(work, source), work.reading.plan.vendor
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


def _moment(work: _Batch, one: Field, sources: tuple[Source, ...]) -> None:
    """Read a field of two columns: the moment, and the day where there is no time."""
    at = pa.nulls(work.rows, pa.timestamp("us"))
    days = pa.nulls(work.rows, pa.date32())
    failures = []
    for source in sources:
        style = work.reading.styles.get(source.position, moments.Style())
        read = moments.convert(_cells(work, source), style)
        empty = pc.and_(pc.is_null(at), pc.is_null(days))
        at = pc.if_else(empty, read.at, at)
        days = pc.if_else(empty, read.day, days)
        failures.append((source, read.bad))
    work.columns[one.name], work.columns[day(one.name)] = at, days
    empty = pc.and_(pc.is_null(at), pc.is_null(days))
    for source, bad in failures:
        work.failures.append((one, source, pc.and_(bad, empty), "unreadable"))


def _sorted_out(work: _Batch) -> Converted:
    """Part the rows that are kept from those that are not, with the reasons."""
    target, name = work.reading.plan.object, work.reading.plan.object.name
    rejected = pa.repeat(pa.scalar(False), work.rows)
    notes: list[pa.Table] = []
    result = Converted(pa.table({}), REJECTS.empty_table())

    def reject(rows: pa.Array, code: str, source: Source | None) -> None:
        nonlocal rejected
        fresh = pc.and_(rows, pc.invert(rejected))
        count = pc.sum(fresh).as_py() or 0
        if count:
            problem = f"{name}.{code}"
            result.reasons[problem] = result.reasons.get(problem, 0) + count
            notes.append(_notes(work, fresh, problem, source, kept=False))
            rejected = pc.or_(rejected, fresh)

    only = work.reading.only
    if only:
        spoken = pc.is_valid(_cells(work, only))
        reject(pc.invert(spoken), "row.something_else", only)
    for one, source, bad, problem in work.failures:
        if one.required or (one.name in target.key and problem == "rounded_id"):
            reject(bad, f"{one.name}.{problem}", source)
    for one in target.fields.values():
        sources = work.reading.plan.sources.get(one.name, ())
        source = sources[0] if sources else None
        if one.required:
            reject(pc.invert(_filled(work, one.name)), f"{one.name}.missing", source)
        if one.past:
            reject(_future(work, one), f"{one.name}.future", source)
    known = pa.repeat(pa.scalar(False), work.rows)
    for need in target.needs:
        complete = pa.repeat(pa.scalar(True), work.rows)
        for part in need:
            complete = pc.and_(complete, _filled(work, part))
        known = pc.or_(known, complete)
    unread = [
        f for f in work.failures if any(f[0].name in need for need in target.needs)
    ]
    for one, source, bad, problem in unread:
        reject(pc.and_(bad, pc.invert(known)), f"{one.name}.{problem}", source)
    reject(pc.invert(known), "row.no_identity", None)
    for one, source, bad, problem in work.failures:
        left = pc.and_(bad, pc.invert(rejected))
        count = pc.sum(left).as_py() or 0
        if count:
            code = f"{name}.{one.name}.{problem}"
            result.warnings[code] = result.warnings.get(code, 0) + count
            notes.append(_notes(work, left, code, source, kept=True))
    whole = _table(work)
    all_kept = not pc.any(rejected).as_py()
    result.kept = whole if all_kept else whole.filter(pc.invert(rejected))
    if notes:
        result.rejects = pa.concat_tables(notes)
    return result


def _filled(work: _Batch, name: str) -> pa.Array:
    """Tell in which rows a field has a value."""
    found = pc.is_valid(work.columns[name])
    if day(name) in work.columns:
        found = pc.or_(found, pc.is_valid(work.columns[day(name)]))
    return found


def _future(work: _Batch, one: Field) -> pa.Array:
    """Tell in which rows a moment that must be past is not."""
    latest = work.reading.latest
    late = pc.greater(work.columns[one.name], pa.scalar(latest, pa.timestamp("us")))
    later = pc.greater(
        work.columns[day(one.name)], pa.scalar(latest.date(), pa.date32())
    )
    return pc.or_(pc.fill_null(late, False), pc.fill_null(later, False))


def _notes(
    work: _Batch, rows: pa.Array, problem: str, source: Source | None, *, kept: bool
) -> pa.Table:
    """Return the list of rows or cells with one problem, as it is kept for people."""
    found = pc.indices_nonzero(rows)
    count = len(found)
    shown = pa.nulls(count, pa.string())
    if source is not None:
        shown = pc.utf8_slice_codeunits(
            work.cells[source.position].take(found), 0, SHOWN
        )
    column = work.reading.header[source.position][:SHOWN] if source else None
    name = work.reading.plan.object.name
    return pa.table(
        [
            pa.repeat(pa.scalar(work.reading.file), count),
            work.lines.take(found),
            pa.repeat(pa.scalar(column, pa.string()), count),
            shown,
            pa.repeat(pa.scalar(problem), count),
            pa.repeat(pa.scalar(name), count),
            pa.repeat(pa.scalar(kept), count),
        ],
        schema=REJECTS,
    )


def _table(work: _Batch) -> pa.Table:
    """Return the rows of a batch with their record key and where they come from."""
    schema = work.reading.plan.object.schema()
    columns = dict(work.columns)
    columns["record_key"] = _keys(work)
    columns["source_line"] = work.lines
    columns["source_file"] = pa.repeat(pa.scalar(work.reading.file), work.rows)
    return pa.table([columns[name] for name in schema.names], schema=schema)


def _keys(work: _Batch) -> pa.Array:
    """Return the identity of each row across imports: its id, else all it says."""
    target = work.reading.plan.object
    keys = pa.nulls(work.rows, pa.string())
    if target.key and all(name in work.reading.plan.bound for name in target.key):
        keys = pc.binary_join_element_wise(*(work.columns[n] for n in target.key), "|")
    if not keys.null_count:
        return keys
    said = [
        pc.cast(work.columns[column], pa.string())
        for one in target.fields.values()
        if one.name in work.reading.plan.bound
        for column in one.columns
    ]
    whole = pc.binary_join_element_wise(
        *said, "\x1f", null_handling="replace", null_replacement=""
    )
    hashed = pa.array(
        "=" + blake2b(row.encode(), digest_size=12).hexdigest()
        for row in whole.to_pylist()
    )
    return pc.coalesce(keys, hashed.cast(pa.string()))


def tomorrow(now: datetime) -> datetime:
    """Return the last moment that is believed of something past."""
    return now + timedelta(days=1)
