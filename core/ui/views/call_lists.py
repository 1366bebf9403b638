"""Who to call and who to write to again: counts, files, and the first of the list."""

from __future__ import annotations

from functools import partial
from typing import Literal

import pandas as pd
import streamlit as st

from core import exports as files
from core.accounts import audit
from core.campaigns import Campaign
from core.i18n import formats, plural
from core.ui import components
from core.ui.tables import table
from core.ui.visit import Visit

List = Literal["call", "second_mail"]

_MARTS: dict[List, str] = {"call": "mart_call_list", "second_mail": "mart_second_mail"}
_FIRST = 8
_COLUMNS = (
    "name",
    "company",
    "title",
    "phone",
    "mobile",
    "email",
    "owner_name",
    "owner_team",
    "click_count",
    "clicked_day",
    "last_activity_day",
    "has_open_opportunity",
    "do_not_call",
)
_SHOWN = ("name", "company", "title", "phone", "owner_name", "clicked_day")
_EXPORTS = ("salesforce", "hubspot", "mailchimp", "brevo", "account_engagement")


def exports(visit: Visit) -> list[tuple[str, str]]:
    """Return, for each tool, the export that fills the page."""
    return [
        (visit.text(f"vendor.{name}"), visit.text(f"export.campaigns.{name}"))
        for name in _EXPORTS
    ]


def ordered(people: pd.DataFrame) -> pd.DataFrame:
    """Return the people, those worth most first: open deal, clicks, latest click."""
    keys = ["has_open_opportunity", "click_count", "clicked_day", "name"]
    up = [False, False, False, True]
    return people.sort_values(keys, ascending=up, na_position="last", kind="stable")


def _people(visit: Visit, campaign: Campaign, which: List) -> pd.DataFrame:
    assert visit.workspace is not None
    mart = _MARTS[which]
    return ordered(visit.workspace.query(mart, campaign_id=campaign.campaign_id))


def _columns(visit: Visit, people: pd.DataFrame) -> dict[str, str]:
    """Return the columns that hold anything, with their headings."""
    return {
        name: visit.text(f"list.{name}")
        for name in _COLUMNS
        if name in people and people[name].notna().any()
    }


def _file(visit: Visit, campaign: Campaign, which: List, kind: str) -> bytes:
    """Return the list as a file, and write down who took it."""
    people = _people(visit, campaign, which)
    rows = len(people)
    audit.record(visit.who, "export", visit.workspace_id, list=which, rows=rows)
    columns = _columns(visit, people) or {"name": visit.text("list.name")}
    words = (visit.text("common.yes"), visit.text("common.no"))
    if kind == "csv":
        return files.csv_bytes(people, columns, visit.language, yes_no=words)
    today = formats.day(pd.Timestamp.now().date(), visit.language)
    notes = [
        visit.text(f"list.{which}.about", campaign=campaign.name, count=rows),
        visit.text("list.left_out"),
        visit.text("list.made", day=today, workspace=visit.workspace_name),
    ]
    return files.xlsx_bytes(
        people,
        columns,
        visit.language,
        sheet=visit.text(f"list.{which}.sheet"),
        notes=notes,
        yes_no=words,
    )


def _download(
    visit: Visit, campaign: Campaign, which: List, label: str, *, primary: bool
) -> None:
    """Draw the two files of a list: CSV first, the workbook beside it."""
    day = "" if formats.is_absent(campaign.start_day) else str(campaign.start_day)[:10]
    name = partial(
        files.file_name, visit.text(f"list.{which}.sheet"), campaign.name, day
    )
    made = partial(_file, visit, campaign, which)
    pair = st.container(horizontal=True, key=f"files_{which}", gap="small")
    pair.download_button(
        label,
        partial(made, "csv"),
        name(suffix="csv"),
        "text/csv",
        key=f"take_{which}_csv",
        type="primary" if primary else "secondary",
        on_click="ignore",
        width="stretch",
    )
    pair.download_button(
        "Excel",
        partial(made, "xlsx"),
        name(suffix="xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key=f"take_{which}_xlsx",
        help=visit.text("list.xlsx_help"),
        on_click="ignore",
        width="content",
    )


def cards(visit: Visit, campaign: Campaign) -> None:
    """Draw the count of the call list, its files, and those of the second mail."""
    language, calls = visit.language, campaign.to_call
    title = visit.text("list.call.title")
    if calls is None:
        lacking = components.partial_data(visit.text("page.campaigns.no_clicks_note"))
        components.show(components.card(lacking, title=title))
        return
    ratio = (campaign.opened or 0) / calls if calls else 0
    say = visit.text("list.call.none")
    if calls:
        say = plural("list.call.why", campaign.converted or 0, language)
        if ratio >= 2:
            openers = formats.number(campaign.opened, language)
            times = formats.number(ratio, language)
            say = f"{visit.text('list.call.saved', openers=openers, times=times)} {say}"
    number = components.big_number(
        formats.number(calls, language), plural("list.call.count", calls, language)
    )
    body = [number, components.paragraph(say)]
    components.show(components.card(*body, title=title, tone="accent"))
    if not _may_take(visit):
        components.show(components.note(visit.text("list.not_for_role")))
        return
    if calls:
        label = plural("list.call.take", calls, language)
        _download(visit, campaign, "call", label, primary=True)
    if campaign.second_mail:
        label = plural("list.second_mail.take", campaign.second_mail, language)
        _download(visit, campaign, "second_mail", label, primary=False)
    components.show(components.note(visit.text("list.left_out")))


def _may_take(visit: Visit) -> bool:
    assert visit.workspace is not None
    return visit.can("export") and visit.workspace.rights.can_see_contacts


def listing(visit: Visit, campaign: Campaign) -> None:
    """Draw the first people to call; the rest unfolds."""
    if not campaign.to_call or not _may_take(visit):
        return
    people = _people(visit, campaign, "call")
    title = plural("list.call.heading", len(people), visit.language)
    silent = int((people["phone"].isna() & people["mobile"].isna()).sum())
    note = plural("list.call.no_phone", silent, visit.language) if silent else ""
    assert visit.workspace is not None
    if silent == len(people) and not visit.workspace.has("contact"):
        note = visit.text("list.call.no_contact")
    with st.container(key="card_call_list"):
        components.show(components.heading(title, note))
        columns = {
            name: words
            for name, words in _columns(visit, people).items()
            if name in _SHOWN
        }
        rows = [_row(visit, record) for record in _records(people.head(_FIRST))]
        for row in rows:
            row["phone"] = (row["phone"] or "").replace(" ", "\u00a0") or None
        components.show(table(columns, rows, caption=title))
        if len(people) > _FIRST:
            _everybody(visit, people)


def _everybody(visit: Visit, people: pd.DataFrame) -> None:
    label = plural("list.call.all", len(people), visit.language)
    with st.expander(label, key="everybody_to_call"):
        owners = sorted(people["owner_name"].dropna().unique(), key=formats.sorting)
        if len(owners) > 1:
            owner = st.selectbox(
                visit.text("list.owner_name"),
                owners,
                index=None,
                placeholder=visit.text("list.every_owner"),
                key="call_owner",
            )
            people = people[people["owner_name"] == owner] if owner else people
        columns = _columns(visit, people)
        rows = [_row(visit, record) for record in _records(people)]
        frame = pd.DataFrame(rows, columns=list(columns)).rename(columns=columns)
        st.dataframe(frame, hide_index=True, width="stretch", placeholder="–")


def _records(people: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(k): v for k, v in row.items()} for row in people.to_dict("records")]


def _row(visit: Visit, person: dict[str, object]) -> dict[str, str | None]:
    """Return a person's cells, written for the reader; None is not known."""
    cells: dict[str, str | None] = {}
    for name in _COLUMNS:
        value = person.get(name)
        if formats.is_absent(value):
            cells[name] = None
        elif isinstance(value, bool):
            cells[name] = visit.text("common.yes" if value else "common.no")
        elif name.endswith("_day"):
            cells[name] = formats.day(value, visit.language)
        elif isinstance(value, int | float):
            cells[name] = formats.number(value, visit.language)
        else:
            cells[name] = str(value)
    return cells
