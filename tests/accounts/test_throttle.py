"""Guessing is slow, and nobody is locked out for good."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.accounts import throttle
from core.errors import TooManyTries

VICTIM = "chef@example.fr"


def _is_let_through(email: str, address: str) -> bool:
    try:
        throttle.admit(email, address)
    except TooManyTries:
        return False
    return True


def test_waits_grow_and_stop_at_a_minute(pass_time: Callable[[int], None]) -> None:
    waits = []
    for _ in range(16):
        while True:
            try:
                throttle.admit(VICTIM, "10.0.0.1")
            except TooManyTries as refused:
                wait = int(str(refused.context["seconds"]))
                waits.append(wait)
                pass_time(wait)
            else:
                break
    assert waits[:7] == [1, 2, 4, 8, 16, 32, 60]
    assert max(waits) == throttle.LONGEST_WAIT


def test_two_hundred_tries_in_a_minute(pass_time: Callable[[int], None]) -> None:
    checked = 0
    for number in range(240):
        checked += _is_let_through(VICTIM, "10.0.0.1")
        if number % 4 == 3:
            pass_time(1)
    assert checked <= 15


def test_spraying_many_accounts(pass_time: Callable[[int], None]) -> None:
    checked = 0
    for number in range(240):
        checked += _is_let_through(f"p{number}@example.fr", "10.0.0.1")
        if number % 4 == 3:
            pass_time(1)
    assert checked <= 15


def test_victim_still_enters_from_elsewhere() -> None:
    for _ in range(12):
        _is_let_through(VICTIM, "10.0.0.1")
    assert not _is_let_through(VICTIM, "10.0.0.1")
    assert _is_let_through(VICTIM, "192.168.1.7")


def test_tries_sent_together_count() -> None:
    with ThreadPoolExecutor(8) as pool:
        let = pool.map(lambda _: _is_let_through(VICTIM, "10.0.0.1"), range(40))
        assert sum(let) <= throttle.FREE_TRIES["pair"] + 1


def test_right_password_forgives_the_account_not_the_address() -> None:
    for _ in range(7):
        _is_let_through("other@example.fr", "10.0.0.1")
        throttle.forgive("other@example.fr", "10.0.0.1")
    assert _is_let_through(VICTIM, "10.0.0.1")
    assert not _is_let_through(VICTIM, "10.0.0.1")


def test_forgotten_with_time(pass_time: Callable[[int], None]) -> None:
    for _ in range(12):
        _is_let_through(VICTIM, "10.0.0.1")
    pass_time(throttle.FORGOTTEN_AFTER + 61)
    throttle.sweep()
    let = [_is_let_through(VICTIM, "10.0.0.1") for _ in range(5)]
    assert all(let)


@pytest.mark.parametrize("address", ["", "::1", "10.0.0.1"])
def test_any_address(address: str) -> None:
    assert _is_let_through(VICTIM, address)
