"""The demo without an account: every page, in both languages, on a desk and a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_core_python.sync_playwright import Axe

from core.accounts.sessions import DEMO_ROLE
from core.i18n import LANGUAGES, text
from core.ui.frame import PAGES, allowed
from tests.browser.conftest import Window

OPEN = [spec.name for spec in PAGES if allowed(spec, DEMO_ROLE)]
# Streamlit's own, seen in its empty hello-world of the same version.
KNOWN = {"empty-table-header", "svg-img-alt", "presentation-role-conflict"}


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_page_of_the_demo(
    size: str, language: str, window: Callable[..., Window], demo_server: str
) -> None:
    one = enter(window, demo_server, size, language)
    wide = {}
    broken = {}
    keys = {}
    apology = text("common.apology", language)
    for name in OPEN:
        one.open(f"{name}?lang={language}")
        one.shoot(f"demo-{name}-{language}")
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


def test_a_page_asked_first_shows_the_sign_in(
    window: Callable[..., Window], demo_server: str
) -> None:
    one = window(demo_server, "phone")
    for name in OPEN:
        one.open(name)
        assert one.page.locator(".st-key-login").is_visible(), name
