"""A table to take away: raw figures, what they are, and how each is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.i18n import formats, text
from core.story.model import Plot, Step
from core.takeaway.canvas import plain
from core.takeaway.definitions import OF_STEP

Kind = Literal["words", "count", "decimal", "percent", "signed", "day", "month"]


@dataclass(frozen=True)
class Column:
    """A column: its heading, and how its values are read."""

    heading: str
    kind: Kind = "words"


@dataclass(frozen=True)
class Sheet:
    """One table: its rows raw, its columns in order by their name in the rows.

    ``figures`` are those of the method that it holds; ``source`` says what it is of,
    where that differs from the whole story.
    """

    code: str
    title: str
    rows: pd.DataFrame
    columns: Mapping[str, Column]
    figures: tuple[str, ...] = ()
    source: str = ""
    note: str = ""

    def written(self, language: str) -> list[list[str]]:
        """Return the rows as the reader reads them."""
        return [
            [
                write(row[name], column.kind, language)
                for name, column in self.columns.items()
            ]
            for row in self.rows.to_dict("records")
        ]


def write(value: object, kind: Kind, language: str) -> str:
    """Return a value as the reader's language writes it, a dash where unknown."""
    if formats.is_absent(value):
        return formats.ABSENT
    writers: Mapping[str, Callable[[object, str], str]] = {
        "words": lambda each, _: plain(str(each)),
        "count": formats.number,
        "decimal": lambda each, to: formats.number(each, to, digits=1),
        "percent": formats.percent,
        "signed": lambda each, to: formats.signed(each, to, digits=1),
        "day": formats.day,
        "month": formats.month,
    }
    return writers[kind](value, language)


def of_step(step: Step, language: str) -> Sheet:
    """Return the figures said aloud in a step, then those that it draws."""
    rows: list[dict[str, object]] = [
        {
            "what": number.label,
            "value": number.raw,
            "written": number.value,
            "note": number.note,
        }
        for number in step.numbers
    ]
    columns = {
        "what": Column(text("take.sheet.what", language)),
        "value": Column(text("take.sheet.value", language), "decimal"),
        "written": Column(text("take.sheet.written", language)),
    }
    if any(number.note for number in step.numbers):
        columns["note"] = Column(text("take.sheet.note", language))
    if step.plot is not None:
        rows += _drawn(step.plot)
        if step.plot.expected:
            columns["expected"] = Column(
                text("take.chart.expected", language), "decimal"
            )
        for place, series in enumerate(step.plot.series[1:], start=1):
            columns[f"series_{place}"] = Column(series.name, "decimal")
    return Sheet(
        step.code,
        step.topic,
        pd.DataFrame(rows, columns=list(columns)),
        columns,
        OF_STEP.get(step.code, ()),
        step.source,
        plain(step.title),
    )


def _drawn(plot: Plot) -> list[dict[str, object]]:
    """Return a row a category of a drawing."""
    found = []
    for place, category in enumerate(plot.categories):
        row: dict[str, object] = {"what": category}
        if plot.series:
            row["value"] = plot.series[0].values[place]
        if place < len(plot.written):
            row["written"] = plain(plot.written[place])
        if plot.expected:
            row["expected"] = plot.expected[place]
        for rank, series in enumerate(plot.series[1:], start=1):
            row[f"series_{rank}"] = series.values[place]
        found.append(row)
    return found
