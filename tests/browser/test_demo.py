"""The demo without an account: every page, in both languages, on a desk and a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from core.accounts.sessions import DEMO_ROLE
from core.i18n import LANGUAGES, text
from core.pages import PAGES, allowed
from tests.browser.conftest import Window

OPEN = [spec.name for spec in PAGES if allowed(spec, DEMO_ROLE)]
# The demo has nothing to set, the story is opened from a page: no menu leads there.
UNLISTED = {"settings", *(spec.name for spec in PAGES if not spec.listed)}
# Streamlit's own, seen in its empty hello-world of the same version.
KNOWN = {"empty-table-header", "svg-img-alt", "presentation-role-conflict"}
# Its grid numbers its cells alike in every table: two on a page share identifiers.
KNOWN |= {"duplicate-id-active"}


def enter(
    window: Callable[..., Window], address: str, size: str, language: str
) -> Window:
    """Open the demo as somebody who has no account."""
    one = window(address, size, locale=f"{language}-{language.upper()}")
    one.open(f"?lang={language}")
    assert one.page.locator("html").get_attribute("lang") == language
    one.press("demo")
    one.page.locator('[data-testid="stSidebar"]').wait_for(
        state="attached", timeout=30_000
    )
    one.ready()
    return one


@pytest.mark.parametrize(
    ("size", "language"),
    [("desktop", LANGUAGES[0]), *(("phone", language) for language in LANGUAGES)],
)
def test_every_page_of_the_demo(
    size: str, language: str, window: Callable[..., Window], demo_server: str
) -> None:
    one = enter(window, demo_server, size, language)
    wide = {}
    broken = {}
    keys = {}
    apology = text("common.apology", language)
    deeper = ("method?figure=verdicts", "sending?n=20000", "sending?view=tool")
    for name in (*OPEN, *deeper):
        if "?" in name:
            one.open(f"{name}&lang={language}")
        elif name in UNLISTED:
            one.open(f"{name}?lang={language}")
        elif name != OPEN[0]:
            one.follow(text(f"page.{name}.nav", language))
        one.shoot(f"demo-{re.sub('[?=]', '-', name)}-{language}")
        shown = one.page.locator('[data-testid="stMain"]').inner_text()
        assert apology not in shown, name
        assert text("common.trouble", language) not in shown, name
        if one.untranslated():
            keys[name] = one.untranslated()
        if one.overflow() > 0:
            wide[name] = one.overflow()
        found = Axe().run(one.page)["violations"]
        serious = {
            rule["id"]: [node["target"] for node in rule["nodes"]][:3]
            for rule in found
            if rule["impact"] in ("serious", "critical") and rule["id"] not in KNOWN
        }
        if serious:
            broken[name] = serious
    assert keys == {}
    assert wide == {}
    assert broken == {}


def test_a_phone_goes_from_home_to_a_campaign_by_touch(
    window: Callable[..., Window], demo_server: str
) -> None:
    one = enter(window, demo_server, "phone", "en")
    page = one.page
    page.locator('[data-testid="stExpandSidebarButton"]').first.tap()
    link = page.get_by_role("link", name=text("page.campaigns.nav", "en")).first
    link.tap()
    page.locator('[data-testid="stMain"] h1').first.wait_for(timeout=30_000)
    page.locator(".st-key-take_call_csv").wait_for(timeout=30_000)
    menu = page.locator('[data-testid="stSidebar"][aria-expanded="true"]')
    if menu.count():
        page.locator('[data-testid="stSidebarCollapseButton"] button').tap()
        menu.wait_for(state="detached", timeout=10_000)
    said = text("page.campaigns.eyebrow", "en", name="").strip(" ,:")
    assert said in page.locator('[data-testid="stMain"]').inner_text()
    one.shoot("demo-campaign-by-touch-en")


def test_a_phone_scores_a_feature_by_touch_and_by_keyboard(
    window: Callable[..., Window], demo_server: str
) -> None:
    one = enter(window, demo_server, "phone", "fr")
    page = one.page
    one.open("score?lang=fr")
    name = text("score.example.gateway.name", "fr")
    page.get_by_role("link", name=name).tap()
    bar = page.locator(".scorebar > b")
    bar.wait_for(timeout=30_000)
    assert bar.inner_text() == "6,0"

    def answer(key: str, place: int) -> Locator:
        return page.locator(f".st-key-criterion_{key} [role=radio]").nth(place)

    # Two answers a row, all of them in sight, and the mark that stays so.
    boxes = [answer("synergie", place).bounding_box() for place in range(4)]
    assert len({round(box["y"]) for box in boxes if box}) == 2
    assert all(
        box and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes
    )
    answer("emblee", 0).tap()
    expect(bar).to_have_text("5,0")
    assert (bar.bounding_box() or {"y": 999})["y"] < 60

    answer("synergie", 0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    expect(answer("contexte", 0)).to_have_attribute("aria-checked", "true")
    expect(bar).to_have_text("4,0")

    # A figure typed in a note is a figure, not an answer.
    page.locator(".st-key-criterion_contexte [data-testid=stPopoverButton]").tap()
    field = page.locator("[data-testid=stPopoverBody] textarea")
    field.fill("")
    field.press_sequentially("4 équipes")
    page.keyboard.press("Escape")
    one.ready()
    expect(bar).to_have_text("4,0")

    page.reload()
    one.ready()
    expect(bar).to_have_text("4,0")
    page.locator(".st-key-criterion_contexte [data-testid=stPopoverButton]").tap()
    expect(field).to_have_value("4 équipes")
    assert one.overflow() <= 0
    assert one.untranslated() == []
    one.shoot("demo-score-answered-fr")


def test_a_page_asked_first_shows_the_sign_in(
    window: Callable[..., Window], demo_server: str
) -> None:
    one = window(demo_server, "phone")
    for name in OPEN:
        one.open(name)
        assert one.page.locator(".st-key-login").is_visible(), name
