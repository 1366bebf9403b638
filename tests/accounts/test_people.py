"""The first administrator, invitations, roles and their effect on sessions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.accounts import people, sessions
from core.errors import InvalidSetting, NotAllowed, WrongCredentials

PASSWORD = "la pluie tombe sur le toit"
OTHER = "le chat dort sous la table"


def _admin() -> str:
    return people.first_admin("Chef@Example.fr ", "Chloé  Chef", PASSWORD)


def _signed_in(account_id: str) -> str:
    token = sessions.claim(sessions.ticket(account_id))
    assert token is not None
    return token


def test_first_admin_once() -> None:
    assert people.nobody_yet()
    account = people.get(_admin())
    assert (account.email, account.name) == ("chef@example.fr", "Chloé Chef")
    assert account.role == "admin"
    assert not people.nobody_yet()
    with pytest.raises(NotAllowed):
        people.first_admin("other@example.fr", "Other", PASSWORD)


def test_first_admin_race() -> None:
    def attempt(number: int) -> bool:
        try:
            people.first_admin(f"a{number}@example.fr", "A", PASSWORD)
        except NotAllowed:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 1
    assert len(people.everyone()) == 1


@pytest.mark.parametrize(
    "email", ["", "a", "a@", "@b.fr", "a b@c.fr", "a@b@c", "<a@b.c>"]
)
def test_bad_email(email: str) -> None:
    with pytest.raises(InvalidSetting):
        people.first_admin(email, "A", PASSWORD)
    assert people.nobody_yet()


def test_admin_from_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APLOMB_ADMIN_EMAIL", "ops@example.fr")
    monkeypatch.setenv("APLOMB_ADMIN_PASSWORD", PASSWORD)
    people.first_admin_from_environment()
    people.first_admin_from_environment()
    assert [p.email for p in people.everyone()] == ["ops@example.fr"]


def test_weak_password_from_environment_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("APLOMB_ADMIN_EMAIL", "ops@example.fr")
    monkeypatch.setenv("APLOMB_ADMIN_PASSWORD", "admin")
    with pytest.raises(InvalidSetting):
        people.first_admin_from_environment()
    assert people.nobody_yet()


def test_invitation_works_once(pass_time: Callable[[int], None]) -> None:
    _admin()
    account, token = people.invite("chef@example.fr", "m@example.fr", "Max", "viewer")
    owner = people.link_owner(token)
    assert owner is not None
    assert not owner.has_password
    with pytest.raises(InvalidSetting):
        people.use_link(token, "short")
    assert people.use_link(token, OTHER) == account
    assert people.link_owner(token) is None
    with pytest.raises(WrongCredentials):
        people.use_link(token, PASSWORD)


def test_invitation_expires(pass_time: Callable[[int], None]) -> None:
    _admin()
    _, token = people.invite("chef@example.fr", "m@example.fr", "Max", "viewer")
    pass_time(7 * 86400 + 1)
    assert people.link_owner(token) is None


def test_new_link_replaces_the_earlier() -> None:
    _admin()
    account, first = people.invite("chef@example.fr", "m@example.fr", "Max", "viewer")
    second = people.reset_link("chef@example.fr", account)
    assert people.link_owner(first) is None
    assert people.link_owner(second) is not None


def test_same_email_twice() -> None:
    _admin()
    with pytest.raises(InvalidSetting) as refused:
        people.invite("chef@example.fr", "CHEF@example.fr", "Twin", "viewer")
    assert refused.value.context["setting"] == "email_taken"


@pytest.mark.parametrize("change", ["password", "role", "deactivate", "reset"])
def test_sessions_end_when_rights_change(change: str) -> None:
    _admin()
    account, link = people.invite("chef@example.fr", "m@example.fr", "Max", "viewer")
    people.use_link(link, PASSWORD)
    token = _signed_in(account)
    pending = sessions.ticket(account)
    assert sessions.find(token) is not None
    match change:
        case "password":
            people.change_password(account, PASSWORD, OTHER)
        case "role":
            people.change_role("chef@example.fr", account, "director")
        case "deactivate":
            people.set_active("chef@example.fr", account, False)
        case "reset":
            people.use_link(people.reset_link("chef@example.fr", account), OTHER)
    assert sessions.find(token) is None
    assert sessions.claim(pending) is None


def test_wrong_present_password() -> None:
    account = _admin()
    with pytest.raises(WrongCredentials):
        people.change_password(account, OTHER, OTHER)


@pytest.mark.parametrize("act", ["role", "deactivate"])
def test_last_admin_stays(act: str) -> None:
    account = _admin()
    people.invite("chef@example.fr", "m@example.fr", "Max", "admin")
    with pytest.raises(InvalidSetting) as refused:
        if act == "role":
            people.change_role("chef@example.fr", account, "viewer")
        else:
            people.set_active("chef@example.fr", account, False)
    assert refused.value.context["setting"] == "last_admin"
    assert people.get(account).role == "admin"


def test_unknown_and_deactivated_compare_with_nobody() -> None:
    account = _admin()
    own = people.kept_hash("chef@example.fr")
    assert people.kept_hash("nobody@example.fr") != own
    second, link = people.invite("chef@example.fr", "b@example.fr", "B", "admin")
    people.use_link(link, OTHER)
    people.set_active("b@example.fr", account, False)
    assert people.kept_hash("chef@example.fr") == people.kept_hash("nobody@example.fr")
    assert second != account
