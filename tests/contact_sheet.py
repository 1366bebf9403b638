"""Pictures of every page of the demo, to look at: ``python -m tests.contact_sheet``.

Every page × size × theme × language goes to ``tests/browser/shots``, and one sheet a
size beside them. Names after the command keep to some pages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from core.i18n import LANGUAGES
from core.pages import PAGES

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "tests" / "browser" / "shots"
SIZES = {1440: 900, 1024: 768, 390: 844}
THEMES = ("light", "dark")
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_PORT = 8599
_TALLEST = 6000
_THUMB = 300


@contextmanager
def application(folder: Path) -> Iterator[str]:
    """Run the application on the demo company in ``folder``."""
    variables = {**os.environ, "APLOMB_DATA": str(folder)}
    build = [sys.executable, "-m", "core.demo"]
    subprocess.run(build, cwd=ROOT, env=variables, check=True)
    run = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless"]
    run += ["true", "--server.port", str(_PORT)]
    address = f"http://127.0.0.1:{_PORT}"
    process = subprocess.Popen(run, cwd=ROOT, env=variables)
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait(15)


def settle(page: Page) -> None:
    """Wait until the page has run and its charts are drawn."""
    page.locator(READY).wait_for(timeout=90_000)
    page.locator("h1, h2").first.wait_for(timeout=30_000)
    page.wait_for_timeout(900)
    page.locator(READY).wait_for(timeout=90_000)


def shoot(
    browser: Browser,
    address: str,
    names: list[str],
    width: int,
    *,
    theme: str,
    spoken: str,
) -> None:
    """Take the pages ``names`` in one size, theme and language."""
    is_phone = width < 641
    agent = {"user_agent": "Mozilla/5.0 (Linux; Android 14) Mobile"} if is_phone else {}
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]},
        locale=f"{spoken}-{spoken.upper()}" if spoken == "fr" else "en-GB",
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        has_touch=is_phone,
        **agent,
    )
    page = context.new_page()
    page.goto(f"{address}/?lang={spoken}")
    page.locator(READY).wait_for(timeout=90_000)
    page.locator(".st-key-demo button").first.click()
    page.locator('[data-testid="stSidebar"]').wait_for(state="attached", timeout=90_000)
    for name in names:
        path = "" if name == "home" else name
        page.goto(f"{address}/{path}?lang={spoken}")
        settle(page)
        main = "document.querySelector('[data-testid=stMain]')"
        height = int(page.evaluate(f"{main}.scrollHeight"))
        tall = {"width": width, "height": min(max(height, SIZES[width]), _TALLEST)}
        page.set_viewport_size({"width": tall["width"], "height": tall["height"]})
        page.wait_for_timeout(500)
        page.screenshot(path=SHOTS / f"{name}-{width}-{spoken}-{theme}.png")
        page.set_viewport_size({"width": width, "height": SIZES[width]})
    context.close()


def sheet(names: list[str], width: int) -> Path:
    """Lay the pictures of one size side by side: a row a page."""
    looks = list(product(LANGUAGES, THEMES))
    rows = []
    for name in names:
        row = [
            Image.open(SHOTS / f"{name}-{width}-{spoken}-{theme}.png").convert("RGB")
            for spoken, theme in looks
        ]
        rows.append(
            [one.resize((_THUMB, one.height * _THUMB // one.width)) for one in row]
        )
    heights = [max(one.height for one in row) + 26 for row in rows]
    whole = Image.new("RGB", ((_THUMB + 8) * len(looks), sum(heights)), "#8A857A")
    pen, top = ImageDraw.Draw(whole), 0
    for name, row, height in zip(names, rows, heights, strict=True):
        for place, (one, look) in enumerate(zip(row, looks, strict=True)):
            left = place * (_THUMB + 8)
            pen.text((left + 4, top + 6), f"{name} {' '.join(look)}", fill="white")
            whole.paste(one, (left, top + 22))
        top += height
    path = SHOTS / f"contact-{width}.png"
    whole.save(path)
    return path


def main(asked: list[str]) -> None:
    """Take every picture, or those of the pages ``asked``."""
    names = [spec.name for spec in PAGES if not asked or spec.name in asked]
    names = [name for name in names if name != "settings"]  # the demo has none
    if unknown := set(asked) - set(names):
        sys.exit(f"no such page: {', '.join(sorted(unknown))}")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        with application(Path(os.environ.get("APLOMB_DATA", made))) as address:
            for width, spoken, theme in product(SIZES, LANGUAGES, THEMES):
                shoot(browser, address, names, width, theme=theme, spoken=spoken)
        browser.close()
    for width in SIZES:
        print(sheet(names, width))


if __name__ == "__main__":
    main(sys.argv[1:])
