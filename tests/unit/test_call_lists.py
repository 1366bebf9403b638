"""The call list: its order, its choices, its shares, and the files of other tools."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from core import exports, imports
from core.campaigns import call_list, follow_up, list_layouts
from core.campaigns.call_list import CONDITIONS, Choice
from core.campaigns.list_layouts import Words
from core.store import Store, Upload
from core.workspace import Rights, Workspace
from core.workspace_settings import WorkspaceSettings

WORDS = Words("Rappeler", date(2026, 3, 9), "701", {"phone": "Téléphone"})


def person(name: str, **known: object) -> dict[str, object]:
    row: dict[str, object] = {
        **dict.fromkeys(("first_name", "last_name", "company", "title", "mobile")),
        **dict.fromkeys(("owner_id", "owner_name", "owner_email", "owner_team")),
        **dict.fromkeys(("click_doubt", "opportunity_amount", "click_count")),
        "person_id": name,
        "contact_id": None,
        "name": name,
        "phone": "01 02",
        "email": f"{name}@x.fr",
        "clicked_day": pd.Timestamp(2026, 3, 5),
        "from_day": pd.Timestamp(2026, 3, 5),
        "do_not_call": False,
        "has_open_opportunity": False,
        "state": "waiting",
    }
    return row | known


def people(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def test_worth_most_first() -> None:
    rows = [
        person("refuses", do_not_call=True, opportunity_amount=9e6),
        person("doubt", click_doubt="instant", opportunity_amount=8e6),
        person("silent", phone=None),
        person("plain"),
        person("fresh", clicked_day=pd.Timestamp(2026, 3, 8)),
        person("clicks", click_count=4.0),
        person("deal", has_open_opportunity=True),
        person("small", has_open_opportunity=True, opportunity_amount=10.0),
        person("big", has_open_opportunity=True, opportunity_amount=500.0),
    ]
    found = call_list.ordered(people(*rows))
    assert list(found["name"]) == [
        *("big", "small", "deal", "clicks", "fresh", "plain", "silent"),
        *("doubt", "refuses"),
    ]


def test_oldest_first_keeps_worth_within_a_day() -> None:
    rows = [
        person("b", from_day=pd.Timestamp(2026, 3, 6)),
        person("a", from_day=None),
        person("d", from_day=pd.Timestamp(2026, 3, 5)),
        person("c", from_day=pd.Timestamp(2026, 3, 5), click_count=2.0),
    ]
    found = call_list.ordered(people(*rows), "oldest")
    assert list(found["name"]) == ["c", "d", "b", "a"]


LISTS = st.lists(
    st.builds(
        person,
        st.text("abcdé=+", min_size=1, max_size=6),
        phone=st.sampled_from([None, "0144551002", "+33144551002", "=1+1"]),
        owner_id=st.sampled_from([None, "u1", "u2", "u3"]),
        owner_team=st.sampled_from([None, "Nord", "Sud"]),
        click_doubt=st.sampled_from([None, "burst"]),
        do_not_call=st.booleans(),
        has_open_opportunity=st.booleans(),
        state=st.sampled_from(["waiting", "called", "reached", None]),
    ),
    min_size=1,
    max_size=12,
)


@given(
    rows=LISTS,
    owner=st.sampled_from([None, "u1", "u9"]),
    conditions=st.sets(st.sampled_from(CONDITIONS)),
)
def test_files_of_any_choice_hold_its_rows(
    rows: list[dict[str, object]], owner: str | None, conditions: set[str]
) -> None:
    for row in rows:
        row["owner_name"] = row["owner_id"] and f"Nom {row['owner_id']}"
    everybody = people(*rows)
    chosen = call_list.select(
        everybody, Choice(owner=owner, conditions=frozenset(conditions))
    )
    wanted = [
        row
        for row in rows
        if (owner is None or row["owner_id"] == owner)
        and ("phone" not in conditions or row["phone"])
        and ("may_call" not in conditions or not row["do_not_call"])
        and ("sure" not in conditions or row["click_doubt"] is None)
        and ("no_opportunity" not in conditions or not row["has_open_opportunity"])
        and ("waiting" not in conditions or row["state"] == "waiting")
    ]
    assert sorted(chosen["name"]) == sorted(str(row["name"]) for row in wanted)
    parts = call_list.shares(chosen)
    assert sum(len(part.people) for part in parts) == len(chosen)
    columns = {"name": "Nom", "phone": "Téléphone"}
    payload = exports.csv_bytes(chosen, columns, "fr").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(payload, newline=""), delimiter=";"))
    assert len(lines) - 1 == len(chosen)
    assert not [cell for line in lines for cell in line if cell.startswith("=")]
    leaves = [exports.Leaf(p.name or "Sans", p.people, columns) for p in parts]
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(exports.workbook_bytes(leaves, "fr", notes=["note"]))
    )
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert sum(len(sheet) - 1 for sheet in sheets[:-1]) == len(chosen)
    filled, _ = list_layouts.filled(
        list_layouts.get("call", "hubspot_tasks"), chosen, WORDS, with_owners=True
    )
    assert len(filled) == len(chosen)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("0144551002", "01 44 55 10 02"),
        ("+33144551002", "+33 1 44 55 10 02"),
        ("+14155550123", "+1 41 55 55 01 23"),
        ("01 44 55 10 02", "01 44 55 10 02"),
        ("poste 12", "poste 12"),
    ],
)
def test_telephone_is_no_amount(number: str, written: str) -> None:
    assert exports.telephone(number) == written
    digits = [one for one in number if one.isdigit()]
    assert [one for one in written if one.isdigit()] == digits


def test_names_alike_stay_apart_in_a_book_and_an_archive() -> None:
    frame = people(person("a"))
    named = ("Ana/Roy", "ana roy", "Notes")
    sheets = [exports.Leaf(name, frame, {"name": "Nom"}) for name in named]
    book = exports.workbook_bytes(sheets, "fr", notes=["x"])
    names = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    assert names == ["Ana Roy", "ana roy 2", "Notes", "Notes 2"]
    archive = exports.zip_bytes([("a.csv", b"1"), ("a.csv", b"2")])
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert {n: opened.read(n) for n in opened.namelist()} == {
            "a.csv": b"1",
            "a-2.csv": b"2",
        }


def test_salesforce_layout_parts_contacts_from_leads() -> None:
    layout = list_layouts.get("call", "salesforce_members")
    contact, lead = "003000000000001AAA", "00Q000000000001AAA"
    rows = people(
        person("a", contact_id=contact),
        person("b", contact_id=lead),
        person("c"),
    )
    assert layout.fits(rows)
    assert layout.unknown(rows) == 1
    assert not layout.fits(rows.tail(1))
    filled, headings = list_layouts.filled(layout, rows, WORDS, with_owners=True)
    payload = exports.csv_bytes(filled, headings, "fr", for_import=True)
    assert not payload.startswith(b"\xef\xbb\xbf")
    first, *lines = list(csv.reader(io.StringIO(payload.decode(), newline="")))
    assert first[:3] == ["ContactId", "LeadId", "CampaignId"]
    assert [line[:3] for line in lines] == [
        [contact, "", "701"],
        ["", lead, "701"],
        ["", "", "701"],
    ]


HEAD = "Campaign Member ID,Campaign ID,Contact ID,Email,Member Status\n"
STATUS = [
    "m1,k1,c1,a@x.fr,{}\n",
    "m2,k1,c2,b@x.fr,Clicked\n",
    "m3,k1,c3,c@x.fr,Converted\n",
]


def test_who_converted_between_two_imports_stays_on_the_list(tmp_path: Path) -> None:
    store = Store(tmp_path / "workspace")
    settings = WorkspaceSettings(privacy="names")
    campaign = tmp_path / "Campaign.csv"
    campaign.write_text("Campaign ID,Campaign Name,Start Date\nk1,K,2026-03-02\n")
    for status in ("Clicked", "Converted"):
        path = tmp_path / f"CampaignMember_{status}.csv"
        path.write_text(HEAD + "".join(STATUS).format(status))
        uploads = [Upload(campaign, campaign.name), Upload(path, path.name)]
        imports.run(store, settings, uploads, {}, "ana", isolate=False)
    workspace = Workspace(store, settings, Rights.of("director"))
    rows = workspace.query("mart_follow_up", campaign_id="k1", days=60, seconds=60.0)
    found = dict(zip(rows["person_id"], rows["state"], strict=True))
    # The one who had converted at the first import never was to be called.
    assert found == {"a@x.fr": "converted", "b@x.fr": "waiting"}
    summary = follow_up.summary(workspace, "k1")
    assert (summary.listed, summary.lack) == (2, "activity")
