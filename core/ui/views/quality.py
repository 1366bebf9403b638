"""The quality report of an import: every file, every row, and what was mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.i18n import formats, plural
from core.sources.model import FileReport, Refusal
from core.ui import components
from core.ui.tables import Html, table
from core.visit import Visit

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


def draw(
    visit: Visit, reports: Sequence[FileReport], refusals: Sequence[Refusal]
) -> None:
    """Draw the files that were read, then those that were not."""
    if reports:
        _files(visit, reports)
    failed = [refusal for refusal in refusals if not refusal.skipped]
    skipped = [refusal for refusal in refusals if refusal.skipped]
    for refusal in failed:
        components.show(components.notice("sick", refused(visit, refusal)))
    if skipped:
        lines = [refused(visit, refusal) for refusal in skipped]
        summary = plural("import.skipped", len(skipped), visit.language)
        components.show(components.how(summary, lines))


def refused(visit: Visit, refusal: Refusal) -> str:
    """Return one sentence: the file, where, what, and what to do."""
    values = dict(refusal.values)
    for name in ("line", "column", "value"):
        if getattr(refusal, name) is not None:
            values[name] = getattr(refusal, name)
    where = ""
    if refusal.line is not None:
        line = formats.number(refusal.line, visit.language)
        where = visit.text("import.line", line=line)
    if refusal.column:
        where += visit.text("import.column", column=refusal.column)
    cause = visit.text(f"cause.{refusal.cause}", **values)
    remedy = visit.text(f"remedy.{refusal.cause}", **values)
    colon = visit.text("common.colon")
    return f"**{refusal.file}**{where}{colon}{cause} {remedy}"


def _files(visit: Visit, reports: Sequence[FileReport]) -> None:
    """Draw one line a file; what was mended unfolds below."""
    rows = []
    for report in reports:
        state = "healthy" if not report.rows_rejected else "watch"
        rows.append(
            {
                "file": report.file,
                "object": read_as(visit, report.object, report.vendor),
                "read": formats.number(report.rows_read, visit.language),
                "kept": formats.number(report.rows_kept, visit.language),
                "rejected": formats.number(report.rows_rejected, visit.language),
                "period": _period(visit, report),
                "quality": Html(components.chip(state, _quality(visit, report))),
            }
        )
    columns = {
        name: visit.text(f"import.{name}")
        for name in ("file", "object", "read", "kept", "rejected", "period", "quality")
    }
    caption = visit.text("import.report")
    numeric = {"read", "kept", "rejected"}
    components.show(table(columns, rows, caption=caption, numeric=numeric))
    for report in reports:
        summary = visit.text("import.details", file=report.file)
        components.show(components.how(summary, details(visit, report)))


def read_as(visit: Visit, name: str | None, vendor: str | None) -> str:
    """Return "Connexions, Salesforce" for an object and its vendor."""
    if name is None:
        return visit.text("import.unrecognised")
    words = visit.text(f"object.{name}")
    if vendor and vendor != "generic":
        words = f"{words}, {visit.text(f'vendor.{vendor}')}"
    return words


def _quality(visit: Visit, report: FileReport) -> str:
    if report.rows_rejected:
        return plural("import.rejected_rows", report.rows_rejected, visit.language)
    return visit.text("import.good")


def _period(visit: Visit, report: FileReport) -> str | None:
    if report.period is None:
        return None
    # A date stays on one line.
    written = (formats.day(day, visit.language) for day in report.period)
    first, last = (day.replace(" ", "\u00a0") for day in written)
    return first if first == last else f"{first} →\u00a0{last}"


def details(visit: Visit, report: FileReport) -> list[str]:
    """Return everything that was decided or mended in one file, line by line."""
    encoding = report.encoding
    lines = [visit.text("import.encoding", encoding=encoding)]
    if report.delimiter:
        mark = _DELIMITERS.get(report.delimiter)
        words = visit.text(f"delimiter.{mark}") if mark else report.delimiter
        lines.append(visit.text("import.delimiter", delimiter=words))
    if report.date_order:
        order = visit.text(f"choice.{report.date_order}")
        lines.append(visit.text("import.date_order", order=order))
    if report.timezone:
        lines.append(visit.text("import.timezone", timezone=report.timezone))
    for code, count in _counted(report.reasons):
        lines.append(_line(visit, code, count, visit.text(f"reason.{_problem(code)}")))
    for code, count in _counted(report.warnings):
        lines.append(_line(visit, code, count, visit.text(f"warning.{_problem(code)}")))
    for kind, count in report.lines_skipped.items():
        if count:
            lines.append(plural(f"import.skipped_lines.{kind}", count, visit.language))
    if report.unknown_columns:
        names = formats.listing(list(report.unknown_columns[:20]), visit.language)
        more = "…" if len(report.unknown_columns) > 20 else ""
        lines.append(visit.text("import.unknown_columns", columns=names + more))
    return lines


def _counted(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return codes "<object>.<field>.<problem>" with their counts, most first."""
    return sorted(counts.items(), key=lambda item: -item[1])


def _problem(code: str) -> str:
    return code.rpartition(".")[2]


def _line(visit: Visit, code: str, count: int, words: str) -> str:
    """Return "12 × E-mail : ..." for one code."""
    name, field, _ = code.split(".")
    if field != "row":
        label = visit.text(f"field.{name}.{field}")
        words = f"{label}{visit.text('common.colon')}{words}"
    return f"**{formats.number(count, visit.language)}** × {words}"
