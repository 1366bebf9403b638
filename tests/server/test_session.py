"""Pages, files and uploads over a live server: who gets what, and until when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from core.accounts import database, people, sessions, workspaces
from core.i18n import text
from core.pages import PAGES, allowed
from core.web import cookies

from .conftest import Server

_PASSWORD = "la pluie tombe sur le toit"
_SETTINGS = {"timezone": "Europe/Paris", "country": "FR", "privacy": "teams"}


@pytest.fixture(scope="module")
def server(start: Callable[..., Server]) -> Server:
    """Return a server with an administrator and two sealed workspaces."""
    running = start(APLOMB_UPLOAD_MB="1")
    with _accounts_of(running):
        admin = people.get(people.first_admin("chef@example.fr", "Chef", _PASSWORD))
        workspaces.create(admin, "Espace Alpha", _SETTINGS)
        other, link = people.invite(admin.email, "b@example.fr", "B", "admin")
        people.use_link(link, _PASSWORD)
        workspaces.create(people.get(other), "Canari Beta", _SETTINGS)
    return running


@contextmanager
def _accounts_of(server: Server) -> Iterator[None]:
    """Act on the accounts of a running server, as its administrator's tools would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APLOMB_DATA", str(server.data))
        yield
        database.engine().dispose()


def _cookie(server: Server, email: str | None) -> str:
    """Sign in through the server's own exchange of a ticket for a cookie."""
    with _accounts_of(server):
        person = people.find(email) if email else None
        ticket = sessions.ticket(person.account_id if person else None)
    got = server.ask("/auth/claim", ticket.encode(), {"Origin": server.url})
    assert got.status == 204
    assert (
        server.ask("/auth/claim", ticket.encode(), {"Origin": server.url}).status == 401
    )
    header = got.headers["set-cookie"]
    assert "HttpOnly" in header
    assert "samesite=lax" in header.lower()
    return header.split("aplomb_session=")[1].split(";")[0]


def _with_role(server: Server, role: str) -> str:
    email = f"{role}@example.fr"
    with _accounts_of(server):
        if people.find(email) is None:
            account, link = people.invite("chef@example.fr", email, role, role)
            people.use_link(link, _PASSWORD)
            alpha = workspaces.open_to(people.find("chef@example.fr").account_id)[0]  # type: ignore[union-attr]
            workspaces.admit("chef@example.fr", alpha.workspace_id, account)
    return _cookie(server, email)


@pytest.mark.parametrize("role", people.ROLES)
def test_every_page_for_every_role(server: Server, role: str) -> None:
    cookie = _with_role(server, role)
    refusal = text("error.not_allowed", "fr")
    for spec in PAGES:
        seen = server.run_page(spec.name, cookie)
        assert (refusal in seen) != allowed(spec, role), spec.name
        assert "Canari" not in seen
        assert "Traceback" not in seen
        assert text("common.apology", "fr") not in seen, spec.name


def test_a_refused_page_is_in_the_journal(server: Server) -> None:
    from core.accounts import audit

    server.run_page("adoption", _with_role(server, "marketing"))
    with _accounts_of(server):
        last = audit.entries()[0]
        assert (last.who, last.what) == ("marketing@example.fr", "denied")
        assert last.detail == {"page": "adoption"}
        assert audit.first_broken() is None


def test_an_ended_session_is_out_at_once(server: Server) -> None:
    cookie = _with_role(server, "director")
    assert text("action.sign_out", "fr") in server.run_page("", cookie)
    left = {"Origin": server.url, "Cookie": f"aplomb_session={cookie}"}
    assert server.ask("/auth/leave", b"", left).status == 204
    seen = server.run_page("", cookie)
    assert text("action.sign_out", "fr") not in seen
    assert text("page.sign_in.password", "fr") in seen


def test_a_new_role_ends_the_session(server: Server) -> None:
    cookie = _with_role(server, "viewer")
    with _accounts_of(server):
        viewer = people.find("viewer@example.fr")
        assert viewer is not None
        people.change_role("chef@example.fr", viewer.account_id, "director")
        people.change_role("chef@example.fr", viewer.account_id, "viewer")
    assert text("page.sign_in.password", "fr") in server.run_page("", cookie)


def test_claim_needs_our_own_page(server: Server) -> None:
    for headers in ({}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
        assert server.ask("/auth/claim", b"x", headers).status == 403
    assert server.ask("/auth/claim", b"x", {"Origin": server.url}).status == 401


def _upload(
    server: Server, cookie: str, body: bytes = b"Id\n1\n", **changed: str | None
) -> tuple[int, dict[str, object]]:
    headers: dict[str, str | None] = {
        "Origin": server.url,
        "Cookie": f"aplomb_session={cookie}",
        "X-Upload-Key": cookies.upload_key(cookie),
        "X-File-Name": "dossier/T%C3%A2ches.csv",
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    kept = {name: value for name, value in headers.items() if value is not None}
    got = server.ask("/api/upload", body, kept)
    return got.status, got.json


def _stored(server: Server) -> list[bytes]:
    return [path.read_bytes() for path in server.data.glob("uploads/*/*.file")]


def test_upload_is_written_whole(server: Server) -> None:
    body = b"Id,Name\n" + b"1,x\n" * 5000
    status, answer = _upload(server, _with_role(server, "consultant"), body)
    assert (status, answer["size"]) == (200, len(body))
    assert body in _stored(server)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"Cookie": None}, "signed_out"),
        ({"Cookie": "aplomb_session=forged"}, "signed_out"),
        ({"X_Upload_Key": None}, "not_ours"),
        ({"X_Upload_Key": "0" * 64}, "not_ours"),
        ({"Origin": None}, "not_ours"),
        ({"Origin": "http://evil.example"}, "not_ours"),
    ],
)
def test_upload_refused(
    server: Server, changed: dict[str, str | None], code: str
) -> None:
    before = len(_stored(server))
    status, answer = _upload(server, _with_role(server, "admin"), **changed)
    assert status in (401, 403)
    assert answer == {"error": code}
    assert len(_stored(server)) == before


@pytest.mark.parametrize("role", ["director", "viewer", "demo"])
def test_upload_needs_the_right_role(server: Server, role: str) -> None:
    cookie = _cookie(server, None) if role == "demo" else _with_role(server, role)
    assert _upload(server, cookie) == (403, {"error": "not_allowed"})


def test_upload_too_big(server: Server) -> None:
    before = len(_stored(server))
    cookie = _with_role(server, "admin")
    assert _upload(server, cookie, b"x" * (1 << 20))[0] == 200
    assert _upload(server, cookie, b"x" * ((1 << 20) + 1)) == (
        413,
        {"error": "too_big"},
    )
    assert len(_stored(server)) == before + 1
    assert list(server.data.glob("uploads/*/*.part")) == []


def test_files_made_for_one_person_need_a_session(server: Server) -> None:
    assert server.ask("/media/0123456789abcdef.csv").status == 401
    cookie = {"Cookie": f"aplomb_session={_with_role(server, 'director')}"}
    assert server.ask("/media/0123456789abcdef.csv", None, cookie).status == 404
    put = server.ask("/_stcore/upload_file/a/b", b"x", method="PUT")
    assert put.status == 401
