"""What was measured of the use of features, as a visit may see it, and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from core.i18n import formats
from core.profiles import PROFILES
from core.score_usage import Binding, Sheet
from core.scorecards.board import Board
from core.scorecards.evidence import Sign
from core.scorecards.measured import Measured, measure
from core.scorecards.model import KeptMark, Scorecard
from core.symptoms import kind_name
from core.ui.language import reader_zone
from core.ui.views.score_board import rules
from core.visit import Visit

Marks = Mapping[str, Sequence[KeptMark]]


def measured(visit: Visit, card: Scorecard, marks: Marks) -> Measured | None:
    """Return what was measured of a feature, None without a binding or any data."""
    binding, workspace = card.sheet.binding, visit.workspace
    if binding is None or workspace is None or workspace.period is None:
        return None
    kept = marks.get(card.feature_id, ())
    return measure(workspace, binding, kept, reader_zone())


def with_outcome(visit: Visit, card: Scorecard, marks: Marks) -> Sheet:
    """Return a sheet with what was measured of it, for the files."""
    found = measured(visit, card, marks)
    return replace(card.sheet, outcome=found.outcome) if found else card.sheet


def with_outcomes(visit: Visit, own: Board, identifiers: Sequence[str]) -> list[Sheet]:
    """Return sheets with what was measured of each."""
    marks = own.marks()
    return [with_outcome(visit, own.card(one), marks) for one in identifiers]


def brief(visit: Visit, found: Measured | None) -> str | None:
    """Return what a list of scorecards says of the use: the share, or when."""
    if found is None:
        return None
    outcome = found.outcome
    if outcome.share is not None:
        return formats.percent(outcome.share, visit.language)
    if outcome.found == "waiting":
        day = formats.day(outcome.day, visit.language)
        return visit.text("page.score.retro.due", day=day)
    return visit.text("page.score.retro.untold")


def kind_words(visit: Visit, kind: str) -> str:
    """Return what a feature is bound to, as the reader knows it."""
    if kind == "logged_email":
        return visit.text("page.score.retro.logged_email")
    family, _, name = kind.partition(":")
    if family == "field":
        owner, _, field = name.partition(".")
        # Contacts and leads have one list of fields.
        holder = "contact" if owner == "lead" else owner
        return visit.text(
            "page.score.retro.field",
            field=visit.text(f"field.{holder}.{field}"),
            object=visit.text(f"page.score.retro.object.{owner}"),
        )
    return kind_name(kind, visit.language)


def group_words(visit: Visit, binding: Binding) -> str:
    """Return for whom a feature is meant."""
    if binding.scope == "team":
        return visit.text("page.score.retro.team", team=binding.group)
    if binding.scope == "profile" and binding.group in PROFILES:
        name = visit.text(f"profile.{binding.group}")
        return visit.text("page.score.retro.profile", profile=name)
    return visit.text("page.score.retro.everybody")


def evidence(visit: Visit, found: Measured | None) -> dict[str, str]:
    """Return the line beside each criterion that the data speak of, as HTML."""
    return {one.criterion: _line(visit, one) for one in found.signs} if found else {}


def _line(visit: Visit, sign: Sign) -> str:
    said = visit.text(
        f"score.evidence.{sign.figure}",
        share=formats.percent(sign.part / sign.whole, visit.language),
        part=formats.number(sign.part, visit.language),
        whole=formats.number(sign.whole, visit.language),
        day=formats.day(sign.day, visit.language),
        weeks=int(rules(visit)["score.retro.weeks"]),
    )
    more = ""
    if visit.can_open(sign.page):
        query = urlencode({"lang": visit.language})
        label = visit.text(f"page.{sign.page}.nav")
        more = f' <a href="{sign.page}?{query}">{escape(label)}</a>'
    return f'<p class="note evidence">{escape(said)}{more}</p>'
