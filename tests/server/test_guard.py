"""Headers of every answer, who may open a websocket, and what is not served."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from websockets.exceptions import InvalidStatus

from core.web import guard, uploads

from .conftest import Server


@pytest.fixture(scope="module")
def server(start: Callable[..., Server]) -> Server:
    """Return a server without an account."""
    return start()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/adoption",
        "/nowhere",
        "/health",
        "/favicon.png",
        "/assets/claim.js",
        "/assets/none.js",
        "/_stcore/health",
        "/_stcore/metrics",
        "/media/x",
        "/api/upload",
        "/w/none",
        "/w/none/state",
    ],
)
def test_headers_of_every_answer(server: Server, path: str) -> None:
    headers = server.ask(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
    assert "script-src 'self' 'unsafe-inline'" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
        "/assets/..%2Fguard.py",
        "/assets/guard.py",
    ],
)
def test_not_served(server: Server, path: str) -> None:
    assert server.ask(path).status in (400, 404)


def test_health_tells_nothing_about_anybody(server: Server) -> None:
    answer = server.ask("/health")
    assert set(answer.json) == {"status", "database", "disk", "version"}
    assert answer.json["status"] == "ok"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "headers", "spoken"),
    [
        ("?lang=fr", {}, "fr"),
        ("?lang=en", {"Accept-Language": "fr-FR,fr;q=0.9"}, "en"),
        ("", {"Accept-Language": "fr-FR,fr;q=0.9"}, "fr"),
        ("", {"Accept-Language": "de"}, "en"),
        ("", {"Cookie": "aplomb_language=fr", "Accept-Language": "en"}, "fr"),
        ("?lang=%22%3E%3Cscript%3E", {}, "en"),
    ],
)
def test_language_of_the_shell(
    server: Server, query: str, headers: dict[str, str], spoken: str
) -> None:
    answer = server.ask("/adoption" + query, None, headers)
    assert f'<html lang="{spoken}"'.encode() in answer.body
    assert b"<script>alert" not in answer.body
    assert ("set-cookie" in answer.headers) == (query in ("?lang=fr", "?lang=en"))


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://localhost:9",
        "http://127.0.0.1:1",
        "null",
        "https:",
    ],
)
def test_foreign_websocket(server: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        server.run_page("", origin=origin)
    assert refused.value.response.status_code == 403


def test_rebound_name(server: Server) -> None:
    assert server.ask("/", None, {"Host": "evil.example"}).status == 421
    assert server.ask("/health", None, {"Host": "aplomb"}).status == 200


@pytest.mark.parametrize(
    ("path", "is_lost"),
    [
        ("/", False),
        ("/adoption", False),
        ("/settings/", False),
        ("/home", True),
        ("/nowhere", True),
        ("/health", False),
        ("/oauth2callback", False),
        ("/adoption/_stcore/health", False),
        ("/w/none", False),
        ("/w", True),
        ("/manifest.json", False),
    ],
)
def test_addresses_of_no_page(path: str, is_lost: bool) -> None:
    assert guard.is_lost(path) is is_lost


@pytest.mark.parametrize(
    ("host", "is_known"),
    [
        ("localhost:8501", True),
        ("127.0.0.1", True),
        ("[::1]:8501", True),
        ("web:8501", True),
        ("crm.example.fr", False),
        ("", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
    ],
)
def test_known_hosts(host: str, is_known: bool) -> None:
    assert guard.is_known_host(host) is is_known


def test_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APLOMB_PUBLIC_URL", "https://crm.example.fr")
    assert guard.is_known_host("crm.example.fr")
    assert guard.is_own_origin("https://crm.example.fr", "localhost:8501")
    assert not guard.is_own_origin("http://crm.example.fr", "localhost:8501")
    assert not guard.is_own_origin(None, "crm.example.fr")
    assert guard.is_secure({"scheme": "http"})


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Account.csv", "Account.csv"),
        ("dossier\\sous/Tâches.csv", "dossier/sous/Tâches.csv"),
        ("../../etc/passwd", "etc/passwd"),
        ("a\x00b\n.csv", "ab.csv"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_labels(given: str, shown: str) -> None:
    assert uploads.clean_label(given) == shown


def test_old_uploads_are_deleted(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APLOMB_DATA", str(tmp_path))
    part = uploads.new_part("s" * 64)
    part.write_bytes(b"x")
    uploads.accept(part, "a.csv")
    uploads.sweep()
    assert [u.label for u in uploads.arrived("s" * 64)] == ["a.csv"]
    assert uploads.arrived("t" * 64) == ()
    real = uploads.time.time
    monkeypatch.setattr(uploads.time, "time", lambda: real() + 86401)
    uploads.sweep()
    assert uploads.arrived("s" * 64) == ()
    assert not uploads.folder("s" * 64).exists()
