"""The routes of a workshop behind the guard: open to phones, and to nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from core.accounts import database, workspaces
from core.i18n import text
from core.rules import DEFAULTS
from core.score_usage import KEYS, Sheet
from core.scorecards.board import Board
from core.web import workshop
from core.web.guard import Guard
from core.web.pace import Pace
from core.web.routes import ROUTES
from core.workshops.model import Terms
from core.workshops.room import Rooms

HOST = "http://testserver"
OURS = {"origin": HOST}
SCRIPT = {**OURS, "accept": "application/json"}
APP = Starlette(routes=list(ROUTES), middleware=[Middleware(Guard)])
SHARP = "<script>alert(1)</script>"


class Phone:
    """A browser without an account: it keeps the cookies that it is given."""

    def __init__(self, token: str) -> None:
        self.path, self.cookies = f"/w/{token}", httpx.Cookies()

    def ask(
        self,
        path: str = "",
        form: dict[str, str] | bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        async def send() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(APP), base_url=HOST, cookies=self.cookies
            ) as client:
                content = urlencode(form) if isinstance(form, dict) else form
                method = "GET" if content is None else "POST"
                got = await client.request(
                    method, self.path + path, headers=headers or {}, content=content
                )
                self.cookies = client.cookies
                return got

        return asyncio.run(send())

    def answer(
        self, key: str, value: object, number: object = 1, **headers: str
    ) -> httpx.Response:
        form = {"criterion": key, "round": str(number), "value": str(value)}
        return self.ask("/answer", form, {**SCRIPT, **headers})

    def come_in(self, name: str = "Zoé") -> None:
        assert self.ask("/join", {"name": name}, OURS).status_code == 303


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("APLOMB_DATA", str(tmp_path))
    monkeypatch.setattr(workshop, "_by_address", Pace(400, 60))
    yield
    database.engine().dispose()


@pytest.fixture
def rooms() -> Rooms:
    return Rooms(workspaces.create(None, "Alpha", {}), "chef@example.fr")


@pytest.fixture
def workshop_id(rooms: Rooms) -> str:
    board = Board(rooms.workspace_id, rooms.who, "fr")
    feature_id = board.create(Sheet(name=SHARP, description=f'"{SHARP}'))
    return rooms.open(feature_id, Terms(4, 2, is_named=True), DEFAULTS)


@pytest.fixture
def phone(rooms: Rooms, workshop_id: str) -> Phone:
    return Phone(rooms.token(workshop_id) or "")


def test_from_the_door_to_the_last_answer(
    phone: Phone, rooms: Rooms, workshop_id: str
) -> None:
    door = phone.ask("?lang=fr")
    assert door.status_code == 200
    assert text("workshop.come_in", "fr") in door.text
    joined = phone.ask("/join?lang=fr", {"name": SHARP}, OURS)
    assert joined.status_code == 303
    cookie = joined.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "path=/w/" in cookie.lower()
    assert "secure" not in cookie.lower()
    assert joined.headers["location"].endswith("?lang=fr")
    for value, key in enumerate(KEYS):
        saved = phone.answer(key, value % 4)
        assert (saved.status_code, saved.json()) == (200, {"saved": True})
    page = phone.ask("?lang=en").text
    assert page.count(" checked") == len(KEYS)
    assert '<html lang="en">' in page
    state = phone.ask("/state").json()
    given = {key: value % 4 for value, key in enumerate(KEYS)}
    assert state == {"phase": "open", "round": 1, "answers": given}
    assert rooms.standing(workshop_id).rounds[0].answers == len(KEYS)


def test_what_people_wrote_is_never_html(phone: Phone) -> None:
    door = phone.ask()
    phone.come_in(SHARP)
    for page in (door.text, phone.ask().text):
        assert SHARP not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert page.count("<script") == 1


def test_nobody_else_keeps_or_frames_it(phone: Phone) -> None:
    phone.come_in()
    for path in ("", "/state", "/nothing"):
        headers = phone.ask(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex"
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "script-src 'self'" in headers["content-security-policy"]
        assert (
            "unsafe-inline" not in headers["content-security-policy"].split("style")[0]
        )


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example", "https://x"])
def test_another_site_cannot_post(phone: Phone, origin: str) -> None:
    phone.come_in()
    headers = {"origin": origin, "accept": "application/json"} if origin else {}
    form = {"criterion": "synergie", "round": "1", "value": "0"}
    assert phone.ask("/answer", form, headers).status_code == 403
    assert phone.ask("/join", {"name": "x"}, headers).status_code == 403
    assert phone.ask("/state").json()["answers"] == {}


def test_a_link_that_opens_nothing(
    phone: Phone, rooms: Rooms, workshop_id: str
) -> None:
    phone.come_in()
    for token in ("x", "A" * 27, workshop_id, "%00", "..%2fhealth"):
        other = Phone(token)
        assert other.ask().status_code == 404
        assert other.ask("/state").status_code == 404
        assert other.ask("/join", {}, OURS).status_code == 404
        assert other.answer("synergie", 1).status_code == 404
    rooms.take_link_back(workshop_id)
    assert phone.answer("synergie", 1).status_code == 404
    assert phone.ask("?lang=fr").text.count(text("workshop.refused.missing", "fr")) == 2


def test_what_a_phone_is_refused(phone: Phone, rooms: Rooms, workshop_id: str) -> None:
    assert phone.ask("/state").status_code == 401
    assert phone.answer("synergie", 1).status_code == 401
    phone.come_in()
    for key, value, number in (
        ("synergie", 4, 1),
        ("synergie", "1.0", 1),
        ("synergie", "", 1),
        ("name", 1, 1),
    ):
        assert phone.answer(key, value, number).status_code == 422
    assert phone.answer("synergie", 1, 2).json() == {"error": "late"}
    assert phone.ask("/answer", b"x" * 1025, SCRIPT).status_code == 413
    second, third = Phone(phone.path[3:]), Phone(phone.path[3:])
    second.come_in()
    full = third.ask("/join", {}, OURS)
    assert full.status_code == 409
    assert text("workshop.refused.full", "en") in full.text
    rooms.freeze(workshop_id)
    frozen = phone.answer("synergie", 1)
    assert (frozen.status_code, frozen.json()) == (409, {"error": "frozen"})
    assert "disabled" in phone.ask().text


def test_an_expired_workshop(
    phone: Phone, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.come_in()
    moment = database.now() + 4 * 3600
    monkeypatch.setattr("core.accounts.database.time.time", lambda: moment)
    assert phone.answer("synergie", 1).status_code == 410
    assert phone.ask().status_code == 410
    assert text("workshop.refused.expired", "en") in phone.ask().text


def test_a_phone_without_scripts_is_led_back(phone: Phone) -> None:
    phone.come_in()
    form = {"criterion": "synergie", "round": "1", "value": "2"}
    led = phone.ask("/answer?lang=fr", form, OURS)
    assert led.status_code == 303
    assert led.headers["location"] == f"{phone.path}?lang=fr#synergie"
    assert phone.ask("/state").json()["answers"] == {"synergie": 2}


def test_who_asks_too_fast_waits(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    phone.come_in()
    monkeypatch.setattr(workshop, "_by_phone", Pace(2, 0.01))
    said = [phone.answer("synergie", 1) for _ in range(3)]
    assert [one.status_code for one in said] == [200, 200, 429]
    assert said[2].headers["retry-after"] == "2"
    # Another phone of the same room is not slowed down.
    other = Phone(phone.path[3:])
    other.come_in()
    assert other.answer("synergie", 1).status_code == 200


def test_a_place_in_a_workshop_opens_nothing_else(
    phone: Phone, rooms: Rooms, ask_signed_in: Callable[[Phone], list[int]]
) -> None:
    phone.come_in()
    assert ask_signed_in(phone) == [401, 401, 401]


@pytest.fixture
def ask_signed_in() -> Callable[[Phone], list[int]]:
    """Ask, with a phone's cookies, for what only signed-in people are given."""

    def ask(phone: Phone) -> list[int]:
        held = next(iter(phone.cookies.values()))
        sent = {"cookie": f"aplomb_session={held}; {held}=1", **OURS}
        one = Phone("")
        one.path = ""
        return [
            one.ask("/media/x", None, sent).status_code,
            one.ask("/_stcore/upload_file/a/b", None, sent).status_code,
            one.ask("/api/upload", b"x", sent).status_code,
        ]

    return ask
