"""Tickets, sessions, how long they last, and what the database keeps of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.accounts import people, sessions, workspaces

PASSWORD = "la pluie tombe sur le toit"


@pytest.fixture
def account() -> str:
    """Return an account that can sign in."""
    return people.first_admin("chef@example.fr", "Chef", PASSWORD)


def _open(account: str | None) -> str:
    token = sessions.claim(sessions.ticket(account), "Firefox")
    assert token is not None
    return token


def test_ticket_works_once(account: str) -> None:
    ticket = sessions.ticket(account)
    assert sessions.claim(ticket) is not None
    assert sessions.claim(ticket) is None


def test_ticket_lasts_a_minute(account: str, pass_time: Callable[[int], None]) -> None:
    ticket = sessions.ticket(account)
    pass_time(61)
    assert sessions.claim(ticket) is None


@pytest.mark.parametrize("token", [None, "", "x", "some_key", "é" * 50])
def test_unknown_tokens(token: str | None) -> None:
    assert sessions.find(token) is None


def test_who(account: str) -> None:
    visitor = sessions.find(_open(account))
    assert visitor is not None
    assert (visitor.email, visitor.role) == ("chef@example.fr", "admin")
    assert not visitor.is_demo


def test_demo_reads_only_the_demo() -> None:
    visitor = sessions.find(_open(None))
    assert visitor is not None
    assert (visitor.is_demo, visitor.role) == (True, "director")
    sessions.enter(visitor.session_id, "another")
    again = sessions.find(_open(None))
    assert again is not None
    assert again.workspace_id == sessions.DEMO_WORKSPACE


def test_idle(account: str, pass_time: Callable[[int], None]) -> None:
    token = _open(account)
    pass_time(sessions.IDLE - 60)
    assert sessions.find(token) is not None
    pass_time(sessions.IDLE - 60 - 3600 * 5)
    assert sessions.find(token) is not None
    pass_time(sessions.IDLE + 1)
    assert sessions.find(token) is None


def test_absolute(account: str, pass_time: Callable[[int], None]) -> None:
    token = _open(account)
    for _ in range(3):
        pass_time(sessions.LONGEST // 4)
        assert sessions.find(token) is not None
    pass_time(sessions.LONGEST // 4)
    assert sessions.find(token) is None


def test_sign_out(account: str) -> None:
    token, other = _open(account), _open(account)
    visitor = sessions.find(token)
    assert visitor is not None
    assert len(sessions.open_sessions(account)) == 2
    sessions.end(visitor.session_id)
    assert sessions.find(token) is None
    assert sessions.find(other) is not None
    assert [s.agent for s in sessions.open_sessions(account)] == ["Firefox"]


def test_tokens_are_not_in_the_database(account: str, tmp_path: Path) -> None:
    ticket = sessions.ticket(account)
    token = _open(account)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("state.sqlite*"))
    assert token.encode() not in stored
    assert ticket.encode() not in stored
    assert PASSWORD.encode() not in stored


def test_database_is_ours_alone(account: str, tmp_path: Path) -> None:
    assert (tmp_path / "state.sqlite").stat().st_mode & 0o077 == 0


def test_sweep_removes_old(account: str, pass_time: Callable[[int], None]) -> None:
    _open(account)
    pass_time(sessions.LONGEST + 1)
    sessions.sweep()
    assert sessions.open_sessions(account) == []


def test_remembered_workspace(account: str) -> None:
    token = _open(account)
    visitor = sessions.find(token)
    assert visitor is not None
    made = workspaces.create(people.get(account), "A", {})
    sessions.enter(visitor.session_id, made)
    again = sessions.find(token)
    assert again is not None
    assert again.workspace_id == made
