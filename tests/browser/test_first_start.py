"""First start: the first administrator, their workspace, the way to the data."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from core.i18n import text
from tests.browser.conftest import PASSWORD, Window


def say(key: str) -> str:
    return text(key, "fr")


def test_first_administrator(
    window: Callable[..., Window],
    server: Callable[..., AbstractContextManager[str]],
    tmp_path: Path,
) -> None:
    with server(tmp_path / "data") as address:
        one = window(address)
        one.open()
        one.shoot("first-start")
        page = one.page
        page.get_by_label(say("page.first_start.name")).fill("Camille Durand")
        page.get_by_label(say("page.sign_in.email")).fill("camille@valombre.example")
        page.get_by_label(say("page.sign_in.new_password")).fill(PASSWORD)
        page.get_by_label(say("page.sign_in.again")).fill(PASSWORD)
        page.get_by_role("button", name=say("action.create_admin")).click()
        page.get_by_label(say("page.workspace.field.name")).wait_for(timeout=30_000)
        one.shoot("first-workspace")
        page.get_by_label(say("page.workspace.field.name")).fill("Valombre")
        one.press("create_workspace")
        data = page.get_by_role("link", name=say("page.data.nav")).first
        data.wait_for(timeout=30_000)
        data.click()
        page.locator("[data-aplomb-drop]").wait_for(timeout=30_000)
        one.shoot("first-data")
        # The cookie opens the next visit; another browser starts from the sign-in.
        one.open("settings")
        assert page.locator(".st-key-login").count() == 0
        stranger = window(address)
        stranger.open("settings")
        assert stranger.page.locator(".st-key-login").is_visible()
        label = say("page.first_start.name")
        assert stranger.page.get_by_label(label).count() == 0
