"""A read-only link: made by an administrator, opened on a phone, and taken back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from core.i18n import text
from tests.browser.conftest import Window, run_python

SEED = """
from core.accounts import people, sessions, workspaces
chief = people.first_admin("chef@example.fr", "Ada Chef", "la pluie tombe sur le toit")
workspaces.admit("t", sessions.DEMO_WORKSPACE, chief)
print(sessions.ticket(chief))
"""
OTHERS = ("Grands comptes", "Télévente Lyon", "Nord et Est")


def say(key: str, **values: object) -> str:
    return text(key, "fr", **values)


def serious(page: Page) -> list[str]:
    found = Axe().run(page)["violations"]
    return [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def sign_in(one: Window, ticket: str) -> None:
    """Exchange the ticket as the sign-in page does."""
    one.open()
    one.page.evaluate(
        "body => fetch('/auth/claim', {method: 'POST', body})", ticket.strip()
    )


def test_a_link_of_one_team_on_a_phone(
    window: Callable[..., Window],
    server: Callable[..., AbstractContextManager[str]],
    demo_folder: Path,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(demo_folder, folder)
    ticket = run_python(folder, SEED)
    with server(folder) as address:
        maker = window(address)
        sign_in(maker, ticket)
        maker.open("?team=Sud-Est")
        maker.page.locator(".st-key-share button").press("Enter")
        dialog = maker.page.get_by_role("dialog")
        dialog.locator("input[readonly]").wait_for()
        plain = dialog.locator("input[readonly]").input_value()
        assert "team=Sud-Est" in plain
        assert "month=" in plain
        dialog.get_by_role("button", name=say("page.adoption.nav"), exact=True).click()
        maker.page.wait_for_timeout(600)
        maker.ready()
        maker.shoot("share-terms")
        assert serious(maker.page) == []
        maker.press("share_make")
        dialog.locator(".qr").wait_for(timeout=30_000)
        link = dialog.locator("input[readonly]").last.input_value()
        assert link.startswith(f"{address}/s/")
        maker.shoot("share-made")
        assert serious(maker.page) == []

        phone = window(address, "phone")
        phone.page.goto(link)
        phone.ready()
        # The secret is in the address no longer, nor one step back.
        secret = link.rpartition("/")[2]
        assert secret not in phone.page.url
        script = "performance.getEntriesByType('resource').map(one => one.name)"
        assert not [name for name in phone.page.evaluate(script) if secret in name]
        verdict = phone.page.locator("h1").first.bounding_box()
        assert verdict
        assert verdict["y"] + verdict["height"] < 844
        expect(phone.page.locator("body")).to_contain_text("Lecture seule jusqu")
        assert phone.overflow() == 0
        phone.shoot("share-home")
        assert serious(phone.page) == []

        phone.open("adoption")
        shown = phone.page.locator("body").inner_text()
        assert not [team for team in OTHERS if team in shown]
        assert re.search(r"U-[0-9A-Z]{4}", shown)
        phone.shoot("share-adoption")
        for name in ("settings", "campaigns", "data"):
            phone.open(name)
            expect(phone.page.locator("body")).to_contain_text(say("share.refused"))

        maker.page.keyboard.press("Escape")
        maker.open("settings")
        tab = say("page.settings.links_tab")
        maker.page.get_by_role("tab", name=tab).click()
        maker.shoot("share-list")
        revoke = say("action.revoke_link")
        maker.page.get_by_role("button", name=revoke, exact=True).click()
        body = maker.page.locator("body")
        expect(body).to_contain_text(say("share.state.revoked"))

        # The phone's next step shows the end, and no figure.
        phone.page.get_by_role("link", name=say("page.home.nav")).last.click()
        ended = phone.page.locator("body")
        expect(ended).to_contain_text(say("share.ended.revoked"), timeout=30_000)
        expect(ended).to_contain_text("Ada Chef")
        expect(ended).not_to_contain_text("Lecture seule jusqu")
        phone.shoot("share-ended")
        assert serious(phone.page) == []
