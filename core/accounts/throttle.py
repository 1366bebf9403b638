"""Slow down guessing of passwords, without ever locking anybody out for good.

A try is counted before the password is looked at, so that tries sent together count
too. After the free tries each further one must wait 1, 2, 4 … up to 60 seconds. The
count is kept in the database and forgotten after a quarter of an hour without a try.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import delete

from core.accounts.database import now, writing
from core.accounts.models import Throttle
from core.errors import TooManyTries

LONGEST_WAIT = 60
FORGOTTEN_AFTER = 15 * 60
FREE_TRIES = {"pair": 5, "address": 8, "account": 20}
"""Tries without waiting: by an address on an account, by an address on any account,
and on an account from anywhere, where only a spread-out attack comes so far."""


def _subjects(email: str, address: str) -> dict[str, str]:
    parts = {"pair": f"{email} {address}", "address": address, "account": email}
    return {
        kind: hashlib.sha256(f"{kind} {part}".encode()).hexdigest()
        for kind, part in parts.items()
    }


def admit(email: str, address: str) -> None:
    """Count one try, or raise TooManyTries with the ``seconds`` left to wait."""
    moment = now()
    with writing() as session:
        rows: list[tuple[int, Throttle]] = []
        for kind, subject in _subjects(email, address).items():
            row = session.get(Throttle, subject)
            if row is None:
                row = Throttle(subject=subject, tries=0, last_at=0, closed_until=0)
                session.add(row)
            elif row.last_at < moment - FORGOTTEN_AFTER:
                row.tries, row.closed_until = 0, 0
            rows.append((FREE_TRIES[kind], row))
        wait = max(row.closed_until for _, row in rows) - moment
        if wait <= 0:
            for free, row in rows:
                row.tries += 1
                row.last_at = moment
                if row.tries >= free:
                    late = min(row.tries - free, 6)
                    row.closed_until = moment + min(2**late, LONGEST_WAIT)
    if wait > 0:
        raise TooManyTries(seconds=wait)


def forgive(email: str, address: str) -> None:
    """Forget the tries on an account, after the right password.

    Those of the address stay: one known account must not buy tries on the others.
    """
    subjects = _subjects(email, address)
    with writing() as session:
        for kind in ("pair", "account"):
            session.execute(delete(Throttle).where(Throttle.subject == subjects[kind]))


def sweep() -> None:
    """Remove the counts that no longer matter."""
    with writing() as session:
        session.execute(
            delete(Throttle).where(Throttle.last_at < now() - FORGOTTEN_AFTER)
        )
