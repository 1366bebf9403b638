"""Nobody sees a page before signing in: not even the first visitor after a start."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.i18n import keys, template, text
from core.pages import PAGES, allowed

from .conftest import ROOT, Server

NAMES = [spec.name for spec in PAGES]
_EMAIL, _PASSWORD = "ops@example.fr", "la pluie tombe sur le toit"


def _sentences(name: str) -> set[str]:
    """Return what only the inside of a page says, its name in the menu left out."""
    own = {key for key in keys("fr") if key.startswith(f"page.{name}.")}
    texts = {template(key, "fr") for key in own if not key.endswith(".nav")}
    inside = {text("action.sign_out", "fr"), text("role.admin", "fr")}
    return inside | {said for said in texts if len(said) > 12 and "{" not in said}


@pytest.mark.parametrize("name", NAMES)
def test_first_request_of_a_fresh_process(
    name: str, start: Callable[..., Server]
) -> None:
    server = start(
        forked=True, APLOMB_ADMIN_EMAIL=_EMAIL, APLOMB_ADMIN_PASSWORD=_PASSWORD
    )
    seen = server.run_page(name)
    server.process.terminate()
    assert text("page.sign_in.password", "fr") in seen
    assert [said for said in _sentences(name) if said in seen] == []
    assert _EMAIL not in seen


def test_every_page_file_is_listed() -> None:
    files = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__"}
    assert files == set(NAMES)


def test_first_start_asks_for_the_administrator(start: Callable[..., Server]) -> None:
    seen = start().run_page("adoption")
    assert text("page.first_start.title", "fr") in seen
    assert text("action.sign_in", "fr") not in seen


def test_any_asgi_server_is_guarded(start: Callable[..., Server]) -> None:
    server = start(with_asgi_server=True)
    seen = server.run_page("settings")
    assert text("page.first_start.title", "fr") in seen
    assert "content-security-policy" in server.ask("/").headers
    assert server.ask("/_stcore/metrics").status == 404


def test_weak_administrator_stops_the_start(start: Callable[..., Server]) -> None:
    with pytest.raises(AssertionError):
        start(APLOMB_ADMIN_EMAIL=_EMAIL, APLOMB_ADMIN_PASSWORD="admin")


def test_roles_cover_each_page() -> None:
    opened = {
        role: {spec.name for spec in PAGES if allowed(spec, role)}
        for role in ("admin", "consultant", "director", "marketing", "viewer", "")
    }
    assert opened == {
        "admin": set(NAMES),
        "consultant": set(NAMES),
        "director": set(NAMES),
        "marketing": {
            *("home", "campaigns", "sending", "score"),
            *("data", "method", "settings"),
        },
        "viewer": set(NAMES) - {"data", "digest", "audit", "portfolio"},
        "": set(),
    }
