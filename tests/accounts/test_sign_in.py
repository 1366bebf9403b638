"""The forms of sign-in, as a visitor fills them in."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import audit, passwords, people, sessions, throttle, workspaces
from core.i18n import text
from core.ui import auth

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "la pluie tombe sur le toit"
EMAIL = "chef@example.fr"


def _open(query: dict[str, str] | None = None) -> AppTest:
    app = AppTest.from_file(str(ROOT / "core/main.py"), default_timeout=30)
    app.query_params["lang"] = "en"
    for name, value in (query or {}).items():
        app.query_params[name] = value
    return app.run()


def _shown(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def _ticket(app: AppTest) -> str | None:
    found = re.search(r'data-aplomb-ticket="([^"]+)"', _shown(app))
    return found.group(1) if found else None


def _fill(app: AppTest, **values: str) -> AppTest:
    labels = {
        "name": text("page.first_start.name", "en"),
        "email": text("page.sign_in.email", "en"),
        "password": text("page.sign_in.password", "en"),
        "new": text("page.sign_in.new_password", "en"),
        "again": text("page.sign_in.again", "en"),
    }
    for name, value in values.items():
        field = next(box for box in app.text_input if box.label == labels[name])
        field.set_value(value)
    return app


def _press(app: AppTest, key: str) -> AppTest:
    label = text(key, "en")
    return next(b for b in app.button if b.label == label).click().run()


def test_first_start_to_a_session() -> None:
    app = _fill(_open(), name="Chloé Chef", email=EMAIL, new=PASSWORD, again=PASSWORD)
    ticket = _ticket(_press(app, "action.create_admin"))
    assert ticket is not None
    visitor = sessions.find(sessions.claim(ticket))
    assert visitor is not None
    assert (visitor.email, visitor.role) == (EMAIL, "admin")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"new": "short", "again": "short"}, "setting.password_short"),
        ({"again": PASSWORD + "s"}, "setting.password_differs"),
        ({"email": "chef"}, "setting.email"),
        ({"name": " "}, "setting.name"),
    ],
)
def test_first_start_refusals(changed: dict[str, str], said: str) -> None:
    filled = {"name": "Chef", "email": EMAIL, "new": PASSWORD, "again": PASSWORD}
    app = _press(_fill(_open(), **{**filled, **changed}), "action.create_admin")
    assert text(said, "en", value=12) in _shown(app)
    assert people.nobody_yet()


def test_right_password() -> None:
    people.first_admin(EMAIL, "Chef", PASSWORD)
    app = _fill(_open(), email=" Chef@Example.fr ", password=PASSWORD)
    ticket = _ticket(_press(app, "action.sign_in"))
    assert ticket is not None
    assert sessions.find(sessions.claim(ticket)) is not None


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.fr", "' or 1=1 --"])
def test_one_message_for_any_wrong_pair(email: str) -> None:
    people.first_admin(EMAIL, "Chef", PASSWORD)
    app = _fill(_open(), email=email, password="wrong wrong wrong")
    app = _press(app, "action.sign_in")
    assert text("error.wrong_credentials", "en") in _shown(app)
    assert _ticket(app) is None
    assert audit.entries()[0].what == "sign_in_refused"


def test_sixth_try_must_wait(
    pass_time: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "_address", lambda: "10.0.0.1")
    people.first_admin(EMAIL, "Chef", PASSWORD)
    app = _open()
    for _ in range(throttle.FREE_TRIES["pair"]):
        _press(_fill(app, email=EMAIL, password="wrong wrong wrong"), "action.sign_in")
    _press(_fill(app, email=EMAIL, password=PASSWORD), "action.sign_in")
    assert "Too many tries" in _shown(app)
    assert _ticket(app) is None
    pass_time(2)
    app = _press(_fill(_open(), email=EMAIL, password=PASSWORD), "action.sign_in")
    assert _ticket(app) is not None


def test_single_use_link() -> None:
    people.first_admin(EMAIL, "Chef", PASSWORD)
    account, link = people.invite(EMAIL, "m@example.fr", "Max", "viewer")
    app = _fill(_open({"link": link}), new=PASSWORD, again=PASSWORD)
    assert _ticket(_press(app, "action.save_password")) is not None
    assert people.get(account).has_password
    assert text("page.link.dead", "en") in _shown(_open({"link": link}))


def test_demo_without_an_account() -> None:
    people.first_admin(EMAIL, "Chef", PASSWORD)
    labels = [button.label for button in _open().button]
    assert text("action.try_demo", "en") not in labels
    workspaces.create(None, "Demo", {}, sessions.DEMO_WORKSPACE)
    ticket = _ticket(_press(_open(), "action.try_demo"))
    assert ticket is not None
    visitor = sessions.find(sessions.claim(ticket))
    assert visitor is not None
    assert visitor.is_demo


def test_seeded_library_state_does_not_sign_in() -> None:
    people.first_admin(EMAIL, "Chef", PASSWORD)
    app = AppTest.from_file(str(ROOT / "core/main.py"), default_timeout=30)
    for key, value in {"authentication_status": True, "username": EMAIL}.items():
        app.session_state[key] = value
    app.query_params["lang"] = "en"
    app.run()
    assert _ticket(app) is None
    assert text("action.sign_in", "en") in [button.label for button in app.button]


@pytest.mark.usefixtures("real_hashes")
def test_unknown_names_take_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    passwords.nobody.cache_clear()
    people.first_admin(EMAIL, "Chef", PASSWORD)
    monkeypatch.setattr(throttle, "admit", lambda *_: None)
    form = auth._Form().authentication_controller

    def seconds(email: str) -> float:
        start = time.process_time()
        assert not form.login(email, "wrong wrong wrong")
        return time.process_time() - start

    pairs = [(seconds(EMAIL), seconds("nobody@example.fr")) for _ in range(5)]
    known, unknown = (statistics.median(column) for column in zip(*pairs, strict=True))
    assert 0.8 < unknown / known < 1.25
