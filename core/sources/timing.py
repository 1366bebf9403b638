"""How the columns of a file write their moments: order, zone, midnight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from core.sources import moments, values
from core.sources.bindings import Plan, Source
from core.sources.model import Choices, DateOrder, Question
from core.sources.tables import TextTable

_NOON = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")
# These always have a time of day: their midnight, when it names its zone, is one.
INSTANTS = ("login_at", "created_at", "modified_at")


def texts(sample: pa.Table, position: int) -> list[str]:
    """Return the different texts of a column that are not empty."""
    cells = values.text(sample.column(str(position)).combine_chunks())
    return [cell for cell in pc.unique(cells).to_pylist() if cell]


def _moments(plan: Plan) -> list[tuple[str, Source]]:
    """Return the columns of moments with their fields."""
    return [
        (one.name, source)
        for one in plan.object.fields.values()
        if one.type == "moment"
        for source in plan.sources.get(one.name, ())
    ]


def order_of(
    table: TextTable,
    plan: Plan,
    choices: Choices,
    sample: pa.Table,
    questions: list[Question],
) -> DateOrder | None:
    """Return the order of day and month; ask when no value of the file decides it."""
    seen = [
        (name, source.position, moments.look(texts(sample, source.position)))
        for name, source in _moments(plan)
    ]
    open_ones = [entry for entry in seen if entry[2].order and not entry[2].decided]
    decided = [entry[2].order for entry in seen if entry[2].order and entry[2].decided]
    if choices.date_order:
        return choices.date_order
    if decided:
        return decided[0]
    if not open_ones:
        return None
    positions = sorted({position for _, position, _ in open_ones})
    whole = _look_on(table, positions)
    if whole:
        return whole
    field, _, look = open_ones[0]
    guess: DateOrder = "mdy" if _american(look.samples) else "dmy"
    questions.append(
        Question("date_order", field, tuple(ORDERS), guess, samples=look.samples)
    )
    return guess


def _american(samples: Sequence[str]) -> bool:
    """Tell whether dates look like an American export: 1/5/2026, 8:00:00 AM CET."""
    return any(_NOON.search(text) for text in samples)


def _look_on(table: TextTable, positions: Sequence[int]) -> DateOrder | None:
    """Read the whole file for a date that tells the order of day and month."""
    for batch in table.batches(columns=positions):
        for position in positions:
            seen = moments.look(texts(batch.table, position))
            if seen.order and seen.decided:
                return seen.order
    return None


def styles(
    table: TextTable,
    plan: Plan,
    choices: Choices,
    timezone: str,
    order: DateOrder | None,
    sample: pa.Table,
    questions: list[Question],
) -> tuple[dict[int, moments.Style], str | None]:
    """Return how each column writes moments, and the zone of those that name none."""
    found: dict[int, moments.Style] = {}
    local: list[str] = []
    universal: list[str] = []
    chosen = choices.timezone or timezone
    for name, source in _moments(plan):
        header = table.header[source.position].strip().casefold().replace("_", "")
        utc = plan.vendor.prefixed(header) in plan.vendor.utc
        seen = moments.look(texts(sample, source.position))
        if seen.naive:
            (universal if utc else local).append(name)
        found[source.position] = moments.Style(
            order=order or "ymd",
            zone="UTC" if utc else chosen,
            midnight_is_day=seen.midnight_is_day
            and not (seen.zoned and name in INSTANTS),
            epoch=moments.EPOCH_1904
            if getattr(table, "date_1904", False)
            else moments.EPOCH_1900,
        )
    if local:
        if not choices.timezone:
            questions.append(Question("timezone", local[0], guess=timezone))
        return found, chosen
    if not universal:
        return found, None
    if choices.timezone and choices.timezone != "UTC":
        found = {p: replace(s, zone=choices.timezone) for p, s in found.items()}
        return found, choices.timezone
    return found, "UTC"
