"""A read-only link over a live server: a cookie for a secret, its scope, its end."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest

from core.accounts import audit, database, people, sessions, workspaces
from core.i18n import text
from core.pages import PAGES
from core.shares import keeping
from core.shares.model import Share, Terms
from core.web import share as route

from .conftest import Answer, Server

_PASSWORD = "la pluie tombe sur le toit"
_EMAIL = "chef@example.fr"
_HOME = Terms(frozenset({"home"}), query={"month": "2026-10"})
NAMES = [spec.name for spec in PAGES]


@contextmanager
def _accounts_of(server: Server) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APLOMB_DATA", str(server.data))
        yield
        database.engine().dispose()


@pytest.fixture(scope="module")
def server(start: Callable[..., Server]) -> Server:
    """Return a fresh process that nobody asked for a page yet."""
    running = start(forked=True)
    with _accounts_of(running):
        admin = people.get(people.first_admin(_EMAIL, "Ada Chef", _PASSWORD))
        workspaces.create(admin, "Canari Alpha", {"privacy": "names"})
        workspaces.create(admin, "Canari Beta", {"privacy": "names"})
    return running


def _made(server: Server, terms: Terms = _HOME) -> tuple[Share, str]:
    with _accounts_of(server):
        admin = people.find(_EMAIL)
        assert admin
        info = workspaces.open_to(admin.account_id)[0]
        made = keeping.make(admin.account_id, info.workspace_id, terms)
        token = keeping.token(made.share_id)
    assert token
    return made, token


def _opened(server: Server, token: str, **headers: str) -> Answer:
    """Ask for a link as a browser does, and follow nothing."""
    host = server.url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=30)
    try:
        connection.request("GET", f"/s/{token}", headers=headers)
        got = connection.getresponse()
        found = {name.lower(): value for name, value in got.getheaders()}
        cookies = [v for k, v in got.getheaders() if k.lower() == "set-cookie"]
        found["set-cookie"] = "\n".join(cookies)
        return Answer(got.status, found, got.read())
    finally:
        connection.close()


def _held(answer: Answer) -> str:
    return answer.headers["set-cookie"].split("aplomb_share=")[1].split(";")[0]


@pytest.mark.parametrize("given", ["home", "adoption"])
@pytest.mark.parametrize("name", NAMES)
def test_every_page_and_every_link(server: Server, name: str, given: str) -> None:
    terms = Terms(frozenset({given}), page=given)
    _, token = _made(server, terms)
    link = _held(_opened(server, token))
    seen = server.run_page("" if name == "home" else name, link=link)
    assert (text("share.refused", "fr") in seen) == (name != given)
    assert _EMAIL not in seen
    assert "Canari Beta" not in seen
    assert text("page.sign_in.password", "fr") not in seen


def test_the_cookie_and_the_address(server: Server) -> None:
    _, token = _made(server)
    answer = _opened(server, token)
    assert answer.status == 303
    assert answer.headers["location"] == "/?month=2026-10"
    assert token not in answer.headers["location"] + answer.headers["set-cookie"]
    assert answer.headers["referrer-policy"] in ("no-referrer", "same-origin")
    assert answer.headers["cache-control"] == "no-store"
    line = next(
        one for one in answer.headers["set-cookie"].split("\n") if "aplomb_share" in one
    )
    assert "HttpOnly" in line
    assert "samesite=lax" in line.lower()
    assert "path=/" in line.lower()


@pytest.mark.parametrize("wrong", ["", "a", "A" * 43, "..%2f..%2fetc", "%00", "é"])
def test_a_wrong_secret_opens_nothing(server: Server, wrong: str) -> None:
    answer = _opened(server, quote(wrong, safe="%"))
    # Nothing at all after /s/ is no link either: it leads home, to the sign-in.
    assert answer.status in ((404, 303) if not wrong else (400, 404))
    assert "aplomb_share" not in answer.headers["set-cookie"]


def test_a_revoked_link_ends_for_whoever_is_in(server: Server) -> None:
    made, token = _made(server)
    link = _held(_opened(server, token))
    assert "Lecture seule" in server.run_page(link=link)
    held = {"Cookie": f"aplomb_share={link}"}
    assert server.ask("/media/x.csv", headers=held).status == 404
    with _accounts_of(server):
        keeping.revoke(_EMAIL, made.workspace_id, [made.share_id])
    seen = server.run_page(link=link)
    assert text("share.ended.revoked", "fr") in seen
    assert "Ada Chef" in seen
    assert "Lecture seule" not in seen
    assert server.ask("/media/x.csv", headers=held).status == 401
    answer = _opened(server, token)
    assert answer.status == 410
    assert b"Ada Chef" in answer.body
    assert "aplomb_share" not in answer.headers["set-cookie"]


def test_an_expired_link(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    present = database.now()
    monkeypatch.setattr(keeping, "now", lambda: present - 8 * 86400)
    _, token = _made(server)
    assert _opened(server, token).status == 410


def test_a_link_signs_nobody_out(server: Server) -> None:
    _, token = _made(server)
    with _accounts_of(server):
        admin = people.find(_EMAIL)
        assert admin
        cookie = sessions.claim(sessions.ticket(admin.account_id))
    held = {"Cookie": f"aplomb_session={cookie}"}
    answer = _opened(server, token, **held)
    assert answer.status == 200
    assert b"Ada Chef" in answer.body
    assert "aplomb_s" not in answer.headers["set-cookie"]
    path = f"/s/{token}/open"
    assert server.ask(path, b"", held).status == 403
    foreign = {**held, "Origin": "http://evil.example"}
    assert server.ask(path, b"", foreign).status == 403
    with _accounts_of(server):
        assert sessions.find(cookie)
    # An account goes before a link that the browser holds as well.
    other = _held(_opened(server, token))
    seen = server.run_page(cookie=cookie, link=other)
    assert "Lecture seule" not in seen
    own = {**held, "Origin": server.url}
    server.ask(path, b"", own)
    with _accounts_of(server):
        assert sessions.find(cookie) is None


def test_a_picture_on_another_site_opens_no_session(server: Server) -> None:
    _, token = _made(server)
    answer = _opened(server, token, **{"Sec-Fetch-Dest": "image"})
    assert answer.status == 204
    assert answer.headers["set-cookie"] == ""


def test_a_link_uploads_nothing(server: Server) -> None:
    _, token = _made(server)
    link = _held(_opened(server, token))
    held = {"Cookie": f"aplomb_share={link}", "Origin": server.url}
    assert server.ask("/api/upload", b"x", held).status == 401
    assert server.ask("/media/none.csv", headers=held).status == 404
    # The session behind a link is not an account's.
    assert text("page.sign_in.password", "fr") in server.run_page(cookie=link)


def test_leaving(server: Server) -> None:
    _, token = _made(server)
    link = _held(_opened(server, token))
    held = {"Cookie": f"aplomb_share={link}"}
    assert server.ask("/auth/leave", b"", held).status == 403
    own = {**held, "Origin": server.url}
    assert server.ask("/auth/leave", b"", own).status == 204
    assert text("page.sign_in.password", "fr") in server.run_page(link=link)
    assert _opened(server, token).status == 303


def test_guesses_are_slowed_down(start: Callable[..., Server]) -> None:
    other = start(forked=True)
    burst = int(route._by_address.burst)
    found = [_opened(other, f"guess{n}").status for n in range(burst + 30)]
    assert found[0] == 404
    assert 429 in found[burst - 5 :]


def test_the_journal_of_a_link(server: Server) -> None:
    made, token = _made(server)
    link = _held(_opened(server, token))
    for _ in range(2):
        server.run_page(link=link)
    server.run_page("settings", link=link)
    with _accounts_of(server):
        mine = [
            entry
            for entry in audit.entries(made.workspace_id)
            if made.share_id[:8] in f"{entry.who} {entry.detail}"
        ]
        assert [entry.what for entry in reversed(mine)] == [
            *("share_made", "share_opened", "denied"),
        ]
        assert audit.first_broken() is None
