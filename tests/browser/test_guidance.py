"""The first-run tour by the keyboard, and the digest in the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from core.i18n import text
from core.ui.tour import STEPS
from tests.browser.conftest import Window
from tests.browser.test_demo import KNOWN, enter
from tests.conftest import Server


@pytest.fixture(scope="module")
def guided_server(server: Server, demo_folder: Path) -> Iterator[str]:
    """A server of the demo that shows first visitors round."""
    with server(demo_folder, APLOMB_TOUR="1") as address:
        yield address


def broken(one: Window) -> list[str]:
    """Return what axe finds wrong with the page, Streamlit's own left out."""
    found = Axe().run(one.page)["violations"]
    return [rule["id"] for rule in found if rule["id"] not in KNOWN]


@pytest.mark.parametrize(("size", "language"), [("desktop", "fr"), ("phone", "en")])
def test_the_tour_by_keyboard(
    size: str, language: str, window: Callable[..., Window], guided_server: str
) -> None:
    one = enter(window, guided_server, size, language)
    page = one.page
    card = page.locator(".st-key-tour")
    # What it speaks of first is in sight above the card, and the focus is not taken.
    title, box = page.locator(".card.hero h1"), card.bounding_box()
    seen = title.bounding_box()
    assert box and seen
    assert seen["y"] + seen["height"] <= box["y"]
    assert box["y"] + box["height"] <= page.viewport_size["height"]  # type: ignore[index]
    assert page.evaluate("document.activeElement.closest('.st-key-tour')") is None
    assert broken(one) == []
    one.shoot(f"tour-{language}")
    for at, step in enumerate(STEPS[1:], start=2):
        page.locator(".st-key-tour_next button").focus()
        page.keyboard.press("Enter")
        page.locator(f'[data-aplomb-tour="{at}"]').wait_for(timeout=60_000)
        one.ready()
        assert page.url.split("?")[0].endswith(step.page)
        # The focus is on the card: what is read aloud next is its title.
        expect(page.locator(".tour")).to_be_focused()
        head = page.locator('[data-testid="stMain"] h1').first.bounding_box()
        box = card.bounding_box()
        assert head and box
        assert head["y"] + head["height"] <= box["y"]
        assert one.overflow() <= 0
    page.locator(".st-key-tour_back button").focus()
    page.keyboard.press("Escape")
    card.wait_for(state="detached", timeout=30_000)
    one.open(f"?lang={language}")
    assert card.count() == 0


def test_the_digest_goes_to_the_clipboard(
    window: Callable[..., Window], demo_server: str
) -> None:
    one = enter(window, demo_server, "desktop", "fr")
    page = one.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.open("digest?lang=fr")
    button = page.locator("[data-aplomb-copy]")
    button.wait_for(timeout=60_000)
    button.click()
    expect(page.get_by_text(text("page.digest.copied", "fr"))).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    letter = page.locator(".letter").inner_text()
    for line in copied.splitlines():
        assert line.removeprefix("- ").strip() in letter
    assert len(copied) > 400
    assert broken(one) == []
