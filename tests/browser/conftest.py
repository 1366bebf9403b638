"""A real Chromium before a real server: nothing is simulated here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from core.i18n import LANGUAGES, keys, text

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(__file__).with_name("shots")
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PASSWORD = "un vélo bleu sous la pluie 7"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands here."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


class Window:
    """A browser window on the application, which notes what must not happen."""

    def __init__(self, page: Page, address: str, size: str) -> None:
        self.page, self.address, self.size = page, address, size
        self.problems: list[str] = []
        page.on("request", self._request)
        page.on("websocket", self._request)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))

    def _request(self, request: Any) -> None:
        own = (self.address, self.address.replace("http", "ws"), "data:", "blob:")
        if not request.url.startswith(own):
            self.problems.append(f"request to {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.status} from {response.url}")

    def _console(self, message: Any) -> None:
        # Streamlit's bundle speaks of itself, and looks below a page for the server.
        where = message.location.get("url", "")
        own = "/static/" in where or "/_stcore/" in where
        if message.type == "error" and not own:
            self.problems.append(f"console: {message.text} ({where})")

    def ready(self) -> None:
        """Wait until the script has run and a heading shows."""
        self.page.locator(READY).wait_for(timeout=30_000)
        self.page.locator("h1, h2").first.wait_for(timeout=10_000)
        self.page.wait_for_timeout(400)

    def open(self, path: str = "") -> None:
        """Open an address of the application."""
        self.page.goto(f"{self.address}/{path}")
        self.ready()

    def follow(self, label: str) -> None:
        """Follow the menu's link ``label`` to another page: nothing is loaded again.

        On a phone the menu is folded; its links are there all the same.
        """
        mark = "for (const one of document.querySelectorAll('h1, h2')) one.id = 'was'"
        self.page.evaluate(mark)
        links = self.page.locator('[data-testid="stSidebarNavLink"]')
        exactly = re.compile(rf"^\s*{re.escape(label)}\s*$")
        links.filter(has_text=exactly).evaluate("link => link.click()")
        main = self.page.locator('[data-testid="stMain"]')
        main.locator(":is(h1, h2):not(#was)").first.wait_for(timeout=30_000)
        self.ready()

    def press(self, key: str) -> None:
        """Press the button that the code calls ``key``."""
        self.page.locator(f".st-key-{key} button").first.click()

    def shoot(self, name: str) -> Path:
        """Save a picture of the whole page for people to judge."""
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{name}-{self.size}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def sign_up(self, language: str) -> None:
        """Make the first administrator of a new installation, and a workspace."""

        def say(key: str) -> str:
            return text(key, language)

        page = self.page
        page.get_by_label(say("page.first_start.name")).fill("Camille Durand")
        page.get_by_label(say("page.sign_in.email")).fill("camille@valombre.example")
        page.get_by_label(say("page.sign_in.new_password")).fill(PASSWORD)
        page.get_by_label(say("page.sign_in.again")).fill(PASSWORD)
        page.get_by_role("button", name=say("action.create_admin")).click()
        page.get_by_label(say("page.workspace.field.name")).wait_for(timeout=30_000)

    def untranslated(self) -> list[str]:
        """Return the keys of the catalogue that show instead of their text."""
        shown = self.page.locator("body").inner_text()
        words = re.findall(r"[a-z]\w*(?:\.\w+)+", shown)
        return sorted({word for word in words if word in keys(LANGUAGES[0])})

    def overflow(self) -> int:
        """Return the pixels by which the page is wider than the window."""
        width = "document.documentElement"
        script = f"() => {width}.scrollWidth - {width}.clientWidth"
        return int(self.page.evaluate(script))


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for a file: while it lives, nothing else may use asyncio."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Window]]:
    """Open windows, each a person of its own; whatever went wrong fails the test."""
    opened: list[Window] = []
    contexts = []

    def open_window(address: str, size: str = "desktop", **options: Any) -> Window:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            accept_downloads=True,
            has_touch=size == "phone",
            reduced_motion="reduce",
            **{"locale": "fr-FR", "timezone_id": "Europe/Paris", **options},
        )
        contexts.append(context)
        opened.append(Window(context.new_page(), address, size))
        return opened[-1]

    yield open_window
    for context in contexts:
        context.close()
    assert [problem for one in opened for problem in one.problems] == []


def run_python(folder: Path, code: str) -> str:
    """Run code of the product on a data folder, as an operator would; its output."""
    variables = {**os.environ, "APLOMB_DATA": str(folder)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


@pytest.fixture(scope="session")
def demo_folder(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the demo company and nobody's account."""
    folder = tmp_path_factory.mktemp("browser") / "data"
    (folder / "workspaces").mkdir(parents=True)
    shutil.copytree(demo_data / "workspaces/demo", folder / "workspaces/demo")
    shutil.copy(demo_data / "demo.json", folder)
    run_python(
        folder,
        "from datetime import date; from core.demo.build import ensure_demo;"
        "assert not ensure_demo(today=date(2026, 11, 23))",
    )
    return folder


@pytest.fixture(scope="session")
def demo_server(
    server: Callable[..., AbstractContextManager[str]], demo_folder: Path
) -> Iterator[str]:
    """The address of a server with the demo company."""
    with server(demo_folder) as address:
        yield address
