"""Part the rows that are kept from those that are not, and say why."""

from __future__ import annotations

from hashlib import blake2b

import pyarrow as pa
import pyarrow.compute as pc

from core.sources.bindings import Source
from core.sources.objects import Field, day
from core.sources.work import REJECTS, SHOWN, Converted, Work, cells_of


def sorted_out(work: Work) -> Converted:
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

    only = work.reading.plan.only
    if only:
        spoken = pc.is_valid(cells_of(work, only))
        reject(pc.invert(spoken), "row.something_else", only)
    for one, source, bad, problem in work.failures:
        if one.required or (one.name in target.key and problem == "rounded_id"):
            reject(bad, f"{one.name}.{problem}", source)
    for one in target.fields.values():
        sources = work.reading.plan.sources.get(one.name, ())
        first = sources[0] if sources else None
        if one.required:
            reject(pc.invert(_filled(work, one.name)), f"{one.name}.missing", first)
        if one.past:
            reject(_future(work, one), f"{one.name}.future", first)
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


def _filled(work: Work, name: str) -> pa.Array:
    """Tell in which rows a field has a value."""
    found = pc.is_valid(work.columns[name])
    if day(name) in work.columns:
        found = pc.or_(found, pc.is_valid(work.columns[day(name)]))
    return found


def _future(work: Work, one: Field) -> pa.Array:
    """Tell in which rows a moment that must be past is not."""
    latest = work.reading.latest
    late = pc.greater(work.columns[one.name], pa.scalar(latest, pa.timestamp("us")))
    later = pc.greater(
        work.columns[day(one.name)], pa.scalar(latest.date(), pa.date32())
    )
    return pc.or_(pc.fill_null(late, False), pc.fill_null(later, False))


def _notes(
    work: Work, rows: pa.Array, problem: str, source: Source | None, *, kept: bool
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


def _table(work: Work) -> pa.Table:
    """Return the rows of a batch with their record key and where they come from."""
    schema = work.reading.plan.object.schema()
    columns = dict(work.columns)
    columns["record_key"] = _keys(work)
    columns["source_line"] = work.lines
    columns["source_file"] = pa.repeat(pa.scalar(work.reading.file), work.rows)
    return pa.table([columns[name] for name in schema.names], schema=schema)


def _keys(work: Work) -> pa.Array:
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
