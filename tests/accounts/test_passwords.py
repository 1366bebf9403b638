"""Which passwords are refused, and that hashing loses none of a long one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts import passwords
from core.errors import InvalidSetting

GOOD = "la pluie tombe sur le toit"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "password_short"),
        ("elevenchars", "password_short"),
        ("é" * 129, "password_long"),
        ("aaaaaaaaaaaaaaaa", "password_common"),
        ("ababababababab", "password_common"),
        ("1234567890123456", "password_common"),
        ("abcdefghijklmnop", "password_common"),
        ("Password1234!", "password_common"),
        ("P@ssw0rd2026!!", "password_common"),
        ("motdepasse123", "password_common"),
        ("azertyuiop12", "password_common"),
        ("Salesforce2026", "password_common"),
        ("jeanne.martin1", "password_common"),
        ("Jeanne Martin 75", "password_common"),
    ],
)
def test_refused(password: str, why: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        passwords.check(password, "jeanne.martin@example.fr", "Jeanne Martin")
    assert refused.value.context["setting"] == why


@pytest.mark.parametrize(
    "password",
    [GOOD, "correct horse battery", "Zorglub-mange-7-kiwis", "日本語の合言葉" * 2],
)
def test_accepted(password: str) -> None:
    passwords.check(password, "jeanne.martin@example.fr", "Jeanne Martin")


def test_hash_sees_every_character() -> None:
    long = "x" * 100
    kept = passwords.hashed(long + "1")
    assert passwords.matches(long + "1", kept)
    assert not passwords.matches(long + "2", kept)
    assert long not in kept


@pytest.mark.usefixtures("real_hashes")
def test_hash_is_slow_to_guess() -> None:
    kept = passwords.hashed(GOOD)
    assert kept.startswith("$2b$12$")
    assert passwords.matches(GOOD, kept)


def test_same_letters_however_typed() -> None:
    assert passwords.matches("cafe\u0301 du matin", passwords.hashed("café du matin"))


def test_nobody_has_no_password() -> None:
    assert not passwords.matches("", passwords.nobody())


@given(st.text(max_size=200))
def test_check_never_fails_otherwise(password: str) -> None:
    try:
        passwords.check(password, "a@b.fr", "A")
    except InvalidSetting:
        return
    assert 12 <= len(password) <= 128
