"""A story told in a client's room: keys, notes, a team changed, the second window."""

from __future__ import annotations

from collections.abc import Callable

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from core.story import STEPS
from tests.browser.conftest import READY, Window
from tests.browser.test_demo import KNOWN, enter

SEEN = "document.documentElement.dataset.presentStep"


def seen(page: Page) -> str:
    """Return the step that is seen, and check that no other slide is."""
    code = str(page.evaluate(SEEN))
    expect(page.locator(f".st-key-slide_{code} h1")).to_be_visible()
    assert page.locator('[class*="st-key-slide_"] h1:visible').count() == 1
    return code


def test_told_with_a_clicker(window: Callable[..., Window], demo_server: str) -> None:
    one = enter(window, demo_server, "desktop", "fr")
    page = one.page
    page.locator(".st-key-present_open a").click()
    page.locator(".course").wait_for(timeout=30_000)
    one.ready()
    told = [seen(page)]
    sizes = set()
    for key in ("ArrowRight", "PageDown", "Space", *["ArrowRight"] * 4):
        page.keyboard.press(key)
        told.append(seen(page))
        box = page.locator(f".st-key-slide_{told[-1]}").bounding_box()
        assert box is not None
        sizes.add(tuple(box.values()))
        assert one.overflow() <= 0
    assert tuple(told) == STEPS
    assert len(sizes) == 1, "a step moves the next one"
    page.keyboard.press("ArrowRight")
    assert seen(page) == STEPS[-1]
    page.keyboard.press("PageUp")
    assert seen(page) == STEPS[-2]
    page.keyboard.press("Home")
    assert seen(page) == STEPS[0]
    notes = page.locator(".st-key-slide_verdict .notes")
    expect(notes).to_be_hidden()
    page.keyboard.press("n")
    expect(notes).to_be_visible()
    page.keyboard.press("n")
    expect(notes).to_be_hidden()
    page.keyboard.press("b")
    assert page.evaluate("'presentBlank' in document.documentElement.dataset")
    page.keyboard.press("Escape")
    assert not page.evaluate("'presentBlank' in document.documentElement.dataset")
    page.keyboard.press("t")
    page.wait_for_timeout(1_200)
    page.keyboard.press("t")
    timer = page.locator("[data-present-timer]")
    assert timer.inner_text() != "0:00"
    page.locator('[data-step="pyramid"]').click()
    assert seen(page) == "pyramid"
    results = Axe().run(page)
    broken = {v["id"] for v in results["violations"]} - KNOWN
    assert not broken
    # A key typed in a field is for the field.
    team = page.locator(".st-key-filter_team input")
    team.click()
    page.keyboard.type("Grand Ouest")
    assert seen(page) == "pyramid"
    page.locator("[role=option]", has_text="Grand Ouest").click()
    source = page.locator(".st-key-slide_pyramid .source")
    expect(source).to_contain_text("Grand Ouest", timeout=30_000)
    assert seen(page) == "pyramid"
    page.locator(READY).wait_for(timeout=30_000)
    with page.context.expect_page() as second:
        page.locator(".course .second").click()
    reader = second.value
    reader.locator(".st-key-slide_pyramid .notes").wait_for(timeout=30_000)
    page.keyboard.press("ArrowRight")
    expect(reader.locator(".st-key-slide_symptoms .notes")).to_be_visible()
    reader.close()
    page.keyboard.press("Escape")
    page.locator('[data-testid="stSidebar"]').wait_for(timeout=30_000)
    assert "team=Grand" in page.url
    assert one.untranslated() == []


def test_told_on_a_phone(window: Callable[..., Window], demo_server: str) -> None:
    one = enter(window, demo_server, "phone", "fr")
    one.open("present?lang=fr")
    one.page.locator(".course").wait_for(timeout=30_000)
    for place, code in enumerate(STEPS):
        assert seen(one.page) == code
        assert one.overflow() <= 0
        if place + 1 < len(STEPS):
            one.page.locator('[data-present="next"]').click()
