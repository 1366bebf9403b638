"""The files of a campaign's lists: built when they are asked for, and written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core import exports
from core.accounts import audit
from core.campaigns import call_list, list_layouts
from core.campaigns.call_list import Choice, List
from core.campaigns.counts import Campaign
from core.campaigns.list_layouts import Layout
from core.i18n import formats, plural
from core.visit import Visit

Kind = Literal["csv", "xlsx"]
MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
CALL = (
    *("name", "company", "title", "phone", "mobile", "email", "owner_name"),
    *("owner_team", "click_count", "clicked_day", "click_doubt"),
    *("has_open_opportunity", "opportunity_amount", "currency", "opportunity_stage"),
    *("last_activity_day", "do_not_call", "state", "last_call_day"),
)
SECOND_MAIL = (
    *("email", "first_name", "last_name", "name", "company", "title", "owner_name"),
    *("owner_team", "last_activity_day", "has_open_opportunity"),
)
COLUMNS: Mapping[List, tuple[str, ...]] = {"call": CALL, "second_mail": SECOND_MAIL}
_TOLD = ("phone", "mobile", "company", "click_count", "click_doubt", "do_not_call")


@dataclass(frozen=True)
class Wanted:
    """One file that somebody may take: whose list, who of it, and how it is written.

    ``is_split`` asks for one file, or one sheet, an owner.
    """

    campaign: Campaign
    which: List
    layout: Layout
    choice: Choice = Choice()
    is_split: bool = False

    def suffix(self, kind: Kind) -> str:
        """Return what the file's name ends on."""
        return "zip" if self.is_split and kind == "csv" else kind


def people(visit: Visit, wanted: Wanted) -> pd.DataFrame:
    """Return who is in the file: the rows that the button counts."""
    assert visit.workspace is not None
    found = call_list.read(visit.workspace, wanted.campaign.campaign_id, wanted.which)
    return call_list.select(found, wanted.choice) if wanted.which == "call" else found


def name(visit: Visit, wanted: Wanted, suffix: str, share: str = "") -> str:
    """Return the file's name: ``a-rappeler_salon-d-automne_2026-10-06.csv``."""
    start = wanted.campaign.start_day
    parts = [
        visit.text(f"list.{wanted.which}.sheet"),
        share,
        wanted.campaign.name,
        "" if formats.is_absent(start) else str(start)[:10],
        wanted.layout.name if wanted.layout.is_import else "",
    ]
    return exports.file_name(*parts, suffix=suffix)


def columns(visit: Visit, rows: pd.DataFrame, which: List) -> dict[str, str]:
    """Return the columns of a list that hold anything, with their headings."""
    found = {
        column: visit.text(f"list.{column}")
        for column in COLUMNS[which]
        if column in rows and rows[column].notna().any()
    }
    return found or {"name": visit.text("list.name")}


def in_words(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with codes as words, and telephones that stay telephones."""
    for column, key in (("click_doubt", "list.doubt"), ("state", "list.state")):
        if column in rows:
            words = {
                c: visit.text(f"{key}.{c}") for c in rows[column].dropna().unique()
            }
            rows = rows.assign(**{column: rows[column].map(words)})
    for column in ("phone", "mobile"):
        if column in rows:
            grouped = rows[column].map(exports.telephone, na_action="ignore")
            rows = rows.assign(**{column: grouped})
    return rows


def build(visit: Visit, wanted: Wanted, kind: Kind) -> bytes:
    """Return a list as a file, and write down who took how many rows."""
    rows = people(visit, wanted)
    audit.record(
        visit.who,
        "export",
        visit.workspace_id,
        list=wanted.which,
        rows=len(rows),
        layout=wanted.layout.name,
        kind=wanted.suffix(kind),
    )
    parts = [call_list.Share(None, rows)]
    if wanted.is_split:
        parts = call_list.shares(rows)
    if kind == "csv":
        files = [
            (name(visit, wanted, "csv", _share(visit, part)), _csv(visit, wanted, part))
            for part in parts
        ]
        return exports.zip_bytes(files) if wanted.is_split else files[0][1]
    return _workbook(visit, wanted, rows, parts)


def _share(visit: Visit, share: call_list.Share) -> str:
    nobody = "list.nobody_team" if share.is_team else "list.nobody"
    return share.name or visit.text(nobody)


def _rows(
    visit: Visit, wanted: Wanted, rows: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the rows and columns as the layout wants them."""
    assert visit.workspace is not None
    if not wanted.layout.is_import:
        return in_words(visit, rows), columns(visit, rows, wanted.which)
    words = list_layouts.Words(
        subject=visit.text("list.subject", campaign=wanted.campaign.name),
        day=pd.Timestamp.now().date(),
        campaign_id=wanted.campaign.campaign_id,
        labels={column: visit.text(f"list.{column}") for column in _TOLD},
    )
    told = in_words(visit, rows)
    if "do_not_call" in told:
        refuses = told["do_not_call"].map({True: visit.text("common.yes")})
        told = told.assign(do_not_call=refuses)
    names = visit.workspace.privacy == "names"
    return list_layouts.filled(wanted.layout, told, words, with_owners=names)


def _yes_no(visit: Visit) -> tuple[str, str]:
    return visit.text("common.yes"), visit.text("common.no")


def _csv(visit: Visit, wanted: Wanted, share: call_list.Share) -> bytes:
    rows, headings = _rows(visit, wanted, share.people)
    return exports.csv_bytes(
        rows,
        headings,
        visit.language,
        yes_no=_yes_no(visit),
        for_import=wanted.layout.is_import,
    )


def _workbook(
    visit: Visit, wanted: Wanted, rows: pd.DataFrame, parts: list[call_list.Share]
) -> bytes:
    every, headings = _rows(visit, wanted, rows)
    sheets = [(visit.text(f"list.{wanted.which}.sheet"), every)]
    if wanted.is_split:
        sheets = [(_share(visit, p), _rows(visit, wanted, p.people)[0]) for p in parts]
    # A tool reads one sheet: what a person should know stays on the page.
    notes = [] if wanted.layout.is_import else _notes(visit, wanted, rows)
    leaves = [exports.Leaf(name, frame, headings) for name, frame in sheets]
    return exports.workbook_bytes(
        leaves, visit.language, notes=notes, yes_no=_yes_no(visit)
    )


def _notes(visit: Visit, wanted: Wanted, rows: pd.DataFrame) -> list[str]:
    which, campaign = wanted.which, wanted.campaign
    today = formats.day(pd.Timestamp.now().date(), visit.language)
    lines = [
        visit.text(f"list.{which}.about", campaign=campaign.name, count=len(rows)),
        left_out(visit, campaign, which),
        *(warnings(visit, rows) if which == "call" else []),
        visit.text(f"list.order.{wanted.choice.order}.help") if which == "call" else "",
        visit.text("list.made", day=today, workspace=visit.workspace_name),
    ]
    return [line for line in lines if line]


def left_out(visit: Visit, campaign: Campaign, which: List) -> str:
    """Return who the list leaves out and how many, as counted in this campaign."""
    assert visit.workspace is not None
    counts = call_list.exits(visit.workspace, campaign.campaign_id)[which]
    if not counts:
        return visit.text(f"list.{which}.nobody_out")
    said = [
        plural(f"list.out.{reason}", count, visit.language)
        for reason, count in counts.items()
    ]
    return visit.text("list.out", reasons=formats.listing(said, visit.language))


def warnings(visit: Visit, rows: pd.DataFrame) -> list[str]:
    """Return what some of the people carry, who stay on the list."""
    return [
        plural(f"list.flag.{name}", count, visit.language)
        for name, count in call_list.flagged(rows).items()
    ]
