"""Marketing: an invitation, the campaign, the call list in a file, its rows counted."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from core.demo.salesforce import identifier
from core.i18n import plural, text
from tests.browser.conftest import PASSWORD, Window, run_python

REFERENCE = identifier("Campaign", 1)
INVITE = """
from core.accounts import people, workspaces
from core.accounts.sessions import DEMO_WORKSPACE
people.first_admin("admin@valombre.example", "Alice Admin", "%s")
account, link = people.invite(
    "admin@valombre.example", "marion@valombre.example", "Marion Petit", "marketing"
)
workspaces.admit("tests", DEMO_WORKSPACE, account)
print(link)
"""


def say(key: str) -> str:
    return text(key, "fr")


@pytest.fixture
def invitation(demo_folder: Path, tmp_path: Path) -> tuple[Path, str]:
    """A data folder with the demo company and a marketing person invited to it."""
    folder = tmp_path / "data"
    shutil.copytree(demo_folder, folder)
    return folder, run_python(folder, INVITE % PASSWORD)


def take(one: Window, key: str, folder: Path) -> Path:
    """Press a download button; return the file that the browser kept."""
    with one.page.expect_download(timeout=30_000) as coming:
        one.press(key)
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def mails_of(path: Path) -> set[str]:
    """Return the addresses that a workbook's first sheet holds, below its notes."""
    book = CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_index(0).to_python()
    header = next(row for row in rows if say("list.email") in row)
    column = header.index(say("list.email"))
    below = rows[rows.index(header) + 1 :]
    return {str(row[column]) for row in below if "@" in str(row[column])}


def opted_out(exports: Path) -> set[str]:
    """Return the addresses of everybody who refused mails, from the exports."""
    found = set()
    for name in ("Contact", "Lead"):
        with (exports / f"{name}.csv").open(encoding="cp1252", newline="") as file:
            found |= {
                row["Email"].lower()
                for row in csv.DictReader(file)
                if row["HasOptedOutOfEmail"] == "1"
            }
    assert found
    return found


def test_call_list_and_second_mail_leave_in_files(
    window: Callable[..., Window],
    server: Callable[..., AbstractContextManager[str]],
    invitation: tuple[Path, str],
    demo_exports: Path,
    tmp_path: Path,
) -> None:
    folder, link = invitation
    with server(folder) as address:
        one = window(address)
        one.open(f"?lang=fr&link={link}")
        page = one.page
        page.get_by_label(say("page.sign_in.new_password")).fill(PASSWORD + " b")
        page.get_by_label(say("page.sign_in.again")).fill(PASSWORD + " b")
        page.get_by_role("button", name=say("action.save_password")).click()
        campaigns = page.get_by_role("link", name=say("page.campaigns.nav")).first
        campaigns.wait_for(timeout=30_000)
        campaigns.click()
        one.ready()
        one.open(f"campaigns?campaign={REFERENCE}")
        one.shoot("marketing-campaign")
        button = page.locator(".st-key-take_call_csv button").first
        told = int(re.sub(r"\D", "", button.inner_text()))
        calls = rows_of(take(one, "take_call_csv", tmp_path))
        assert len(calls) == told == 90
        mails = {row[say("list.email")] for row in calls}
        assert len(mails) == 90
        assert mails & opted_out(demo_exports) == set()
        assert all(row[say("list.phone")] for row in calls)
        assert mails_of(take(one, "take_call_xlsx", tmp_path)) == mails
        again = rows_of(take(one, "take_second_mail_csv", tmp_path))
        assert len(again) == 2900
        seconds = {row[say("list.email")] for row in again}
        assert seconds & (mails | opted_out(demo_exports)) == set()
        assert next(iter(again[0])) == say("list.email")
        assert mails_of(take(one, "take_second_mail_xlsx", tmp_path)) == seconds
        waiting = page.get_by_text(say("list.condition.waiting"), exact=True)
        waiting.first.click()
        page.wait_for_function(
            """whole => {
                const button = document.querySelector('.st-key-take_call_csv button');
                return button && !button.innerText.includes(whole);
            }""",
            arg=str(plural("list.call.take", 90, "fr")),
        )
        one.ready()
        told = int(re.findall(r"\d+", button.inner_text())[0])
        left = rows_of(take(one, "take_call_csv", tmp_path))
        assert 0 < len(left) == told < 90
        assert {row[say("list.email")] for row in left} < mails
        assert {row[say("list.state")] for row in left} == {say("list.state.waiting")}
        assert one.untranslated() == []
