"""First start: an administrator, a workspace, the exports dropped, the verdict read."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from core.i18n import plural, text
from tests.browser.conftest import Window

NAMES = ("Account", "Contact", "LoginHistory_2", "LoginHistory_3", "Task", "User")


def say(key: str) -> str:
    return text(key, "fr")


@pytest.fixture(scope="session")
def weekly_export(
    demo_exports: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, int]:
    """A Salesforce zip of the last months of work, and how many rows it holds."""
    path = tmp_path_factory.mktemp("zip") / "WE_00D8a0000000000_1.zip"
    count = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in NAMES:
            content = (demo_exports / f"{name}.csv").read_bytes()
            archive.writestr(f"{name}.csv", content)
            lines = csv.reader(io.StringIO(content.decode("cp1252", "replace")))
            count += sum(1 for _ in lines) - 1
    return path, count


def figures(cells: Locator) -> list[int]:
    """Return the whole numbers that cells show."""
    return [int(re.sub(r"\D", "", words)) for words in cells.all_inner_texts()]


def test_from_first_start_to_the_verdict(
    window: Callable[..., Window],
    server: Callable[..., AbstractContextManager[str]],
    weekly_export: tuple[Path, int],
    tmp_path: Path,
) -> None:
    archive, rows = weekly_export
    with server(tmp_path / "data") as address:
        one = window(address)
        one.open()
        one.shoot("first-start")
        page = one.page
        one.sign_up("fr")
        one.shoot("first-workspace")
        page.get_by_label(say("page.workspace.field.name")).fill("Valombre")
        field = page.get_by_label(say("page.workspace.field.name"))
        one.press("create_workspace")
        field.wait_for(state="detached", timeout=30_000)
        one.ready()
        data = page.get_by_role("link", name=say("page.data.nav")).first
        data.wait_for(timeout=30_000)
        data.click()
        page.locator("[data-aplomb-drop] .drop-main").wait_for(timeout=30_000)
        one.shoot("first-data")

        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name=say("upload.choose")).click()
        chooser.value.set_files(archive)
        start = page.locator(".st-key-import_start button")
        start.wait_for(timeout=60_000)
        assert plural("action.import", len(NAMES), "fr") in start.inner_text()
        recognised = page.locator(".st-key-card_drop table").first
        assert recognised.locator("tbody tr").count() == len(NAMES)
        assert one.untranslated() == []
        one.shoot("first-review")

        start.click()
        page.locator(".st-key-card_outcome h2").wait_for(timeout=120_000)
        shown = page.locator(".st-key-card_outcome")
        labels = {what: say(f"import.{what}") for what in ("read", "kept", "rejected")}
        read, kept, rejected = (
            sum(figures(shown.locator(f'td[data-label="{label}"]')))
            for label in labels.values()
        )
        assert read == rows
        assert read == kept + rejected
        one.shoot("first-outcome")

        shown.get_by_role("link", name=say("action.see_verdict")).click()
        page.locator(".hero h1").wait_for(timeout=60_000)
        one.ready()
        assert page.locator(".kpi:not(.absent) .value").count() >= 2
        assert all(figures(page.locator(".kpi:not(.absent) .value")))
        assert one.untranslated() == []
        one.shoot("first-verdict")

        # The cookie opens the next visit; another browser starts from the sign-in.
        one.open("settings")
        assert page.locator(".st-key-login").count() == 0
        stranger = window(address)
        stranger.open("settings")
        assert stranger.page.locator(".st-key-login").is_visible()
        label = say("page.first_start.name")
        assert stranger.page.get_by_label(label).count() == 0
