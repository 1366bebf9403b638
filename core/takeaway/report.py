"""The whole story on paper: each step, the tables behind it, how all is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.charts.tokens import LIGHT
from core.documents.pdf import Document
from core.guide import lacking
from core.i18n import formats, text
from core.rules import DEFAULTS, Rules
from core.story.model import Number, Step, Story
from core.symptoms.telling import plain
from core.takeaway import definitions
from core.takeaway.one_pager import footer, title
from core.takeaway.sheets import Sheet
from core.workspace import Workspace

Tell = Callable[[int, int], None]
TABLES = ("teams", "people", "pyramids", "evidence", "campaigns")
_TABLE_LEAST = 50.0
_STEP_WORDS, _MOST_KEPT = 62.0, 220.0
_LEFT_OUT = {
    "evidence": ("value",),
    "campaigns": ("base", "bounced", "opted_out"),
}
"""Columns that are for a workbook: paper has the same figure in words, or no room."""


def pdf_bytes(
    story: Story,
    sheets: Sequence[Sheet],
    workspace: Workspace,
    rules: Rules = DEFAULTS,
    *,
    has_names: bool = False,
    tell: Tell | None = None,
) -> bytes:
    """Return the report; ``tell`` is called with the parts written, and of all."""
    document = Document(title(story), story.language, footer(story, has_names))
    tables = [sheet for sheet in sheets if sheet.code in TABLES]
    parts: list[Callable[[], None]] = [lambda: _first(document, story)]
    parts += [
        lambda step=step: _step(document, step)  # type: ignore[misc]
        for step in story.steps
    ]
    parts += [
        lambda sheet=sheet: _table(document, sheet, story.language)  # type: ignore[misc]
        for sheet in tables
    ]
    parts.append(lambda: _definitions(document, story, sheets, rules))
    parts.append(lambda: _sources(document, story, workspace))
    for done, write in enumerate(parts):
        if tell is not None:
            tell(done, len(parts))
        write()
    found = document.output()
    if tell is not None:
        tell(len(parts), len(parts))
    return found


def _first(document: Document, story: Story) -> None:
    telling = story.telling
    document.heading(telling.company, 1)
    document.paragraph(text("take.deck.cover", story.language, period=telling.period))
    for line in telling.about:
        document.note(line)


def _step(document: Document, step: Step) -> None:
    """Write a step, on one page where it has room there."""
    document.keep(min(document.wanted(step.plot) + _STEP_WORDS, _MOST_KEPT))
    document.heading(plain(step.title), 2)
    page = document.surface
    x, y = document.place
    if step.word:
        x = page.chip(x, y, step.state, step.word) + 3
    page.text(x, y + 0.8, step.topic, 90, size=8.8, colour=LIGHT.muted, most=1)
    document.go_on(y + 7.5)
    if step.lead:
        document.rich(step.lead)
    _numbers(document, step.numbers)
    if step.plot is not None:
        document.plot(step.plot)
    if step.source:
        document.note(step.source)


def _numbers(document: Document, numbers: Sequence[Number]) -> None:
    """Write the figures of a step side by side."""
    if not numbers:
        return
    document.keep(24)
    page = document.surface
    x, top = document.place
    width = document.width / max(len(numbers), 3)
    bottom = top
    for place, number in enumerate(numbers):
        left = x + place * width
        colour = LIGHT.ink(number.state) if number.state else LIGHT.text
        inside = width - 4
        y = page.text(
            left, top, number.value, inside, size=15, title=True, colour=colour, most=2
        )
        y = page.text(left, y, number.label, inside, size=8.8, most=2)
        y = page.text(
            left, y, number.note, inside, size=7.8, colour=LIGHT.muted, most=2
        )
        bottom = max(bottom, y)
    document.go_on(bottom + 3.5)


def _table(document: Document, sheet: Sheet, language: str) -> None:
    kept = [name for name in sheet.columns if name not in _LEFT_OUT.get(sheet.code, ())]
    places = [list(sheet.columns).index(name) for name in kept]
    document.keep(_TABLE_LEAST)
    document.heading(sheet.title, 2)
    if sheet.source:
        document.note(sheet.source)
    document.table(
        [sheet.columns[name].heading for name in kept],
        [[row[place] for place in places] for row in sheet.written(language)],
    )


def _definitions(
    document: Document, story: Story, sheets: Sequence[Sheet], rules: Rules
) -> None:
    """Write how each figure is computed, and what it leaves out."""
    document.heading(text("take.deck.method", story.language), 2)
    codes = [code for sheet in sheets for code in sheet.figures]
    left_out = text("take.book.excluded", story.language)
    colon = text("common.colon", story.language)
    for one in definitions.of(codes, story.language, rules):
        document.paragraph(one.name, bold=True)
        for line in one.formula.split("\n"):
            document.rich(line, 9)
        document.rich(f"**{left_out}{colon}**" + " ".join(one.excluded.split("\n")), 9)


def _sources(document: Document, story: Story, workspace: Workspace) -> None:
    """List the files that were imported, and what is missing with what it opens."""
    language = story.language
    document.heading(text("take.report.sources", language), 2)
    reports = [r for record in workspace.manifest.imports for r in record.reports]
    rows = [
        [
            report.file,
            text(f"object.{report.object}", language),
            formats.number(report.rows_kept, language),
            formats.number(report.rows_rejected, language),
            _span(report.period, language),
        ]
        for report in reports
    ]
    heads = ("file", "object", "kept", "rejected", "period")
    headings = [text(f"take.report.{name}", language) for name in heads]
    if rows:
        document.table(headings, rows)
    document.heading(text("take.report.missing", language), 2)
    missing = lacking(workspace)
    if not missing:
        document.paragraph(text("page.data.complete", language))
    for one in missing:
        label = text(f"unlock.{one.name}.label", language)
        opens = text(f"unlock.{one.name}.opens", language)
        document.rich(f"**{label}** {opens}")
    document.note(text("take.credit", language))


def _span(period: tuple[object, object] | None, language: str) -> str:
    if period is None:
        return formats.ABSENT
    first, last = (formats.day(day, language) for day in period)
    return f"{first} – {last}"
