"""What is decided about a file before its rows are read, and what must be asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from core.sources import moments, recognise, values
from core.sources.bindings import Plan, Source, bind
from core.sources.convert import Reading
from core.sources.model import (
    Choices,
    Column,
    DateOrder,
    Inspection,
    Question,
    Refusal,
    Word,
)
from core.sources.objects import objects
from core.sources.tables import TextTable
from core.sources.vendor import GENERIC, Vendor, key
from core.sources.words import table as word_table

SAMPLE_ROWS = 20_000
PREVIEW_ROWS = 8
SAMPLES = 3
MOST_WORDS = 60
RECORD = ("id_and_date",)
ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")


@dataclass(frozen=True)
class Decision:
    """All that is known of a table before it is read."""

    plan: Plan
    why: tuple[str, ...]
    styles: Mapping[int, moments.Style]
    marks: Mapping[int, str]
    words: Mapping[str, tuple[Word, ...]]
    questions: tuple[Question, ...]
    order: DateOrder | None
    zone: str | None
    campaign: str | None
    certain: bool

    @property
    def readable(self) -> bool:
        """Tell whether rows may be read without a person's word on what they are."""
        shows_work = {"created_by", "owner"} & self.plan.sources.keys()
        return self.certain or (self.why == RECORD and bool(shows_work))


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


def decide(
    table: TextTable, choices: Choices, timezone: str, reason: str, sample: pa.Table
) -> Decision | Refusal:
    """Decide how a table is read: by its columns, its values, a person's choices."""
    found = _plan(table, choices, reason, sample)
    if isinstance(found, Refusal):
        return found
    plan, why, certain = found
    rounded = _rounded(table, plan, sample)
    if rounded is not None:
        return rounded
    questions: list[Question] = []
    if not certain:
        options = tuple(g.plan.object.name for g in recognise.guesses(table.header))
        questions.append(Question("object", options=options, guess=plan.object.name))
    repeated = plan.repeated
    if repeated:
        options = tuple(str(position) for position in repeated[1])
        questions.append(
            Question("column", field=repeated[0], options=options, guess=options[0])
        )
    order = _order(table, plan, choices, sample, questions)
    styles, zone = _styles(table, plan, choices, timezone, order, sample, questions)
    words = _words(plan, choices, sample, questions)
    return Decision(
        plan=plan,
        why=why,
        styles=styles,
        marks={
            source.position: values.decimal_mark(_texts(sample, source.position))
            for one in plan.object.fields.values()
            if one.type == "number"
            for source in plan.sources.get(one.name, ())
        },
        words=words,
        questions=tuple(questions),
        order=order,
        zone=zone,
        campaign=_campaign(table, plan, choices, questions),
        certain=certain,
    )


def _plan(
    table: TextTable, choices: Choices, reason: str, sample: pa.Table
) -> tuple[Plan, tuple[str, ...], bool] | Refusal:
    """Return how columns become fields, why, and whether it is certain."""
    header, label = table.header, table.file
    if choices.object in objects():
        return recognise.chosen(header, label, choices, reason), (reason,), True
    if recognise.is_skipped(header, label, table.sheet):
        return Refusal(label, "not_used", skipped=True)
    found = recognise.candidates(header, label)
    if found:
        best = found[0]
        kind, target = best.plan.kind, best.plan.object
        vendor = _by_ids(best.plan, sample)
        plan = bind(header, vendor, kind, target, choices.bindings, reason)
        return plan, best.why, True
    vendor = recognise.vendor_of(header)
    record = bind(header, vendor, None, objects()["record"], choices.bindings, reason)
    if record.satisfied:
        return record, RECORD, False
    guesses = recognise.guesses(header)
    if guesses:
        return guesses[0].plan, guesses[0].why, False
    return Refusal(label, "no_known_column", values={"columns": ", ".join(header[:6])})


def _by_ids(plan: Plan, sample: pa.Table) -> Vendor:
    """Return the plan's vendor, or the one whose ids a file without signs holds."""
    if plan.vendor.name != GENERIC:
        return plan.vendor
    for one in plan.object.fields.values():
        if one.type in ("id", "ref"):
            for source in plan.sources.get(one.name, ()):
                found = recognise.own_ids(_texts(sample, source.position)[:200])
                if found:
                    return found
    return plan.vendor


def _texts(sample: pa.Table, position: int) -> list[str]:
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


def _rounded(table: TextTable, plan: Plan, sample: pa.Table) -> Refusal | None:
    """Refuse a file whose ids a spreadsheet rounded: several became one."""
    for name in plan.object.key:
        for source in plan.sources.get(name, ()):
            texts = _texts(sample, source.position)
            found = pc.match_substring_regex(
                pa.array(texts, pa.string()), values.ROUNDED
            )
            if texts and (pc.sum(found).as_py() or 0) * 2 > len(texts):
                return Refusal(
                    table.file,
                    "rounded_ids",
                    line=table.header_line + 1,
                    column=table.header[source.position],
                    value=texts[0],
                    values={"value": texts[0], "column": table.header[source.position]},
                )
    return None


def _order(
    table: TextTable,
    plan: Plan,
    choices: Choices,
    sample: pa.Table,
    questions: list[Question],
) -> DateOrder | None:
    """Return the order of day and month; ask when no value of the file decides it."""
    seen = [
        (name, source.position, moments.look(_texts(sample, source.position)))
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
    """Tell whether dates look like an American export: 1/5/2026, 8:00 AM."""
    return any(text.rstrip(")").upper().endswith(("AM", "PM")) for text in samples)


def _look_on(table: TextTable, positions: Sequence[int]) -> DateOrder | None:
    """Read the whole file for a date that tells the order of day and month."""
    for batch in table.batches(columns=positions):
        for position in positions:
            seen = moments.look(_texts(batch.table, position))
            if seen.order and seen.decided:
                return seen.order
    return None


def _styles(
    table: TextTable,
    plan: Plan,
    choices: Choices,
    timezone: str,
    order: DateOrder | None,
    sample: pa.Table,
    questions: list[Question],
) -> tuple[dict[int, moments.Style], str | None]:
    """Return how each column writes moments, and the zone of those that name none."""
    styles: dict[int, moments.Style] = {}
    local: list[str] = []
    universal: list[str] = []
    chosen = choices.timezone or timezone
    for name, source in _moments(plan):
        header = table.header[source.position].strip().casefold().replace("_", "")
        utc = plan.vendor.prefixed(header) in plan.vendor.utc
        seen = moments.look(_texts(sample, source.position))
        if seen.naive:
            (universal if utc else local).append(name)
        styles[source.position] = moments.Style(
            order=order or "ymd",
            zone="UTC" if utc else chosen,
            midnight_is_day=seen.midnight_is_day,
            epoch=moments.EPOCH_1904
            if getattr(table, "date_1904", False)
            else moments.EPOCH_1900,
        )
    if local:
        if not choices.timezone:
            questions.append(Question("timezone", local[0], guess=timezone))
        return styles, chosen
    if not universal:
        return styles, None
    if choices.timezone and choices.timezone != "UTC":
        styles = {p: replace(s, zone=choices.timezone) for p, s in styles.items()}
        return styles, choices.timezone
    return styles, "UTC"


def _words(
    plan: Plan, choices: Choices, sample: pa.Table, questions: list[Question]
) -> dict[str, tuple[Word, ...]]:
    """Return the words of each choice and what they become; ask about unknown ones."""
    found: dict[str, tuple[Word, ...]] = {}
    for one in plan.object.fields.values():
        if one.type != "choice":
            continue
        entries: dict[str, Word] = {}
        own = {key(w): v for w, v in choices.values.get(one.name, {}).items()}
        claimed: set[str] = set()
        for source in plan.sources.get(one.name, ()):
            if source.name.filled or source.name.matches:
                continue
            cells = values.text(sample.column(str(source.position)).combine_chunks())
            counts = [c for c in pc.value_counts(cells).to_pylist() if c["values"]]
            if len(counts) > MOST_WORDS:
                continue
            known = word_table(source.name.words or f"{plan.object.name}.{one.name}")
            for entry in sorted(counts, key=lambda c: -c["counts"]):
                text = entry["values"]
                value = own.get(key(text), known.value(text))
                why = "chosen" if key(text) in own else "known" if value else "unknown"
                if text not in entries or (value and not entries[text].value):
                    entries[text] = Word(text, entry["counts"], value, why)
                if source.name.claims:
                    claimed.add(text)
        if entries:
            found[one.name] = tuple(entries.values())
        unknown = [
            text
            for text, word in entries.items()
            if text in claimed and not word.value and word.reason != "chosen"
        ]
        if unknown:
            questions.append(
                Question("value", one.name, one.values, samples=tuple(unknown[:10]))
            )
    return found


def _campaign(
    table: TextTable, plan: Plan, choices: Choices, questions: list[Question]
) -> str | None:
    """Return the campaign of a file that names none: chosen, else the file's name."""
    if plan.object.name != "campaign_member" or "campaign" in plan.sources:
        return None
    if choices.campaign:
        return choices.campaign
    guess = recognise.campaign(table.file, plan.vendor)
    questions.append(Question("campaign", "campaign", guess=guess))
    return guess


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


def reading(
    table: TextTable, decision: Decision, choices: Choices, latest: datetime
) -> Reading:
    """Return the decisions in the form that rows are converted by."""
    return Reading(
        file=table.file,
        header=table.header,
        plan=decision.plan,
        styles=decision.styles,
        marks=decision.marks,
        words=choices.values,
        latest=latest,
        campaign=decision.campaign,
    )
