"""An audit on paper: marks, risks, contradictions, strengths, actions."""

from __future__ import annotations

from collections.abc import Sequence

from core.documents.pdf import Document
from core.i18n import formats, text
from core.questionnaire import report, words
from core.questionnaire.reading import Result
from core.questionnaire.report import Audit
from core.questionnaire.stakeholders import Standing


def pdf(
    audit: Audit,
    language: str,
    company: str,
    headline: str,
    standings: Sequence[Standing] | None = None,
) -> bytes:
    """Return the report as a PDF; ``standings`` only where they were asked for."""

    def say(key: str, /, **values: object) -> str:
        return text(f"audit.pdf.{key}", language, **values)

    day = formats.day(audit.assessment.held_on, language)
    foot = say("foot", company=company, title=audit.assessment.title, day=day)
    page = Document(audit.assessment.title, language, foot)
    page.note(f"{company} · {audit.assessment.title} · {day}")
    page.heading(headline, 1)
    people = [one.person for one in audit.interviews]
    answered = words.answered(audit.overall, language)
    page.note(say("who", people=formats.listing(people, language), answered=answered))
    page.heading(say("themes"))
    for code, mark in audit.marks.items():
        state = text(f"audit.state.{mark.state}", language)
        shown = f"{words.value(mark, language)} · {state}"
        label = f"{text(f'process.{code}', language)} ({mark.answered}/{mark.asked})"
        page.bar(label, shown, (mark.value or 0.0) / 10, mark.state)
    _listed(page, language, say("risks"), audit.risks, say("no_risks"))
    if audit.contradictions:
        page.heading(say("contradictions"))
        for one in audit.contradictions:
            assert one.signal is not None
            page.paragraph(one.question.said("ask", language), bold=True)
            said = words.plain(words.said(one.signal, language))
            answer = words.lowered(words.consensus(one, language))
            page.note(say("against", answer=answer, data=said))
    _listed(page, language, say("strengths"), audit.strengths, say("no_strengths"))
    _actions(page, audit, language)
    if standings is not None:
        _people(page, standings, language)
    return page.output()


def _listed(
    page: Document, language: str, title: str, found: Sequence[Result], none: str
) -> None:
    page.heading(title)
    if not found:
        page.note(none)
    for one in found:
        page.paragraph(one.question.said("ask", language), bold=True)
        page.note(words.spread(one, language) or words.consensus(one, language))
        for comment in one.comments:
            page.note(comment)


def _actions(page: Document, audit: Audit, language: str) -> None:
    page.heading(text("audit.pdf.actions", language))
    if not audit.actions:
        page.note(text("audit.pdf.no_actions", language))
        return
    names = ("what", "owner", "due", "done")
    headings = [text(f"audit.column.{name}", language) for name in names]
    rows = [
        [
            one.what,
            one.owner or formats.ABSENT,
            formats.day(one.due, language),
            text("common.yes" if one.is_done else "common.no", language),
        ]
        for one in report.by_due(audit.actions)
    ]
    page.table(headings, rows, (50, 25, 15, 10))


def _people(page: Document, standings: Sequence[Standing], language: str) -> None:
    page.heading(text("audit.pdf.people", language))
    page.note(text("audit.pdf.people_note", language))
    names = ("order", "name", "class", "influence", "support", "opposition")
    headings = [text(f"audit.column.{name}", language) for name in names]
    rows = [
        [
            formats.number(one.order, language),
            one.who.name,
            text(f"stakeholder.class.{one.code}", language),
            text(f"stakeholder.influence.{one.who.influence}", language),
            formats.number(one.now.support, language),
            formats.number(one.now.opposition, language),
        ]
        for one in standings
    ]
    page.table(headings, rows, (10, 34, 20, 16, 10, 10))
