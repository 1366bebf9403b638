"""What is decided about a file before its rows are read, and what must be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from core.sources import moments, recognise, timing, values
from core.sources.bindings import Plan, bind
from core.sources.model import (
    Choices,
    DateOrder,
    Question,
    Refusal,
    Word,
)
from core.sources.objects import objects
from core.sources.tables import TextTable
from core.sources.vendor import GENERIC, Vendor, key
from core.sources.words import table as word_table
from core.sources.work import Reading

MOST_WORDS = 60
RECORD = ("id_and_date",)


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
    order = timing.order_of(table, plan, choices, sample, questions)
    styles, zone = timing.styles(
        table, plan, choices, timezone, order, sample, questions
    )
    words = _words(plan, choices, sample, questions)
    campaign = _campaign(table, plan, choices, questions)
    return Decision(
        plan=plan,
        why=why,
        styles=styles,
        marks={
            source.position: values.decimal_mark(timing.texts(sample, source.position))
            for one in plan.object.fields.values()
            if one.type == "number"
            for source in plan.sources.get(one.name, ())
        },
        words=words,
        questions=tuple(questions),
        order=order,
        zone=zone,
        campaign=campaign,
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
                found = recognise.own_ids(timing.texts(sample, source.position)[:200])
                if found:
                    return found
    return plan.vendor


def _rounded(table: TextTable, plan: Plan, sample: pa.Table) -> Refusal | None:
    """Refuse a file whose ids a spreadsheet rounded: several became one."""
    for name in plan.object.key:
        for source in plan.sources.get(name, ()):
            texts = timing.texts(sample, source.position)
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


def _words(
    plan: Plan, choices: Choices, sample: pa.Table, questions: list[Question]
) -> dict[str, tuple[Word, ...]]:
    """Return the words of each choice and what they become; ask about unknown ones."""
    found: dict[str, tuple[Word, ...]] = {}
    sample = _spoken(plan, sample)
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


def _spoken(plan: Plan, sample: pa.Table) -> pa.Table:
    """Return the rows that count, where the kind of file tells them apart."""
    only = plan.only
    if only is None or only.name.matches is None:
        return sample
    cells = sample.column(str(only.position))
    return sample.filter(pc.match_substring_regex(cells, only.name.matches))


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
