"""Where scorecards are kept: the accounts database, or a demo visit's own memory.

Somebody who tries the demo may play with everything, and writes nothing that others
see: each visit gets an SQLite of its own, in memory, which a restart or the least
recent use ends. The code above it is the same.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from core.accounts import database
from core.accounts.models import Base

MOST_VISITS = 200
Opening = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Place:
    """How to open a session that reads, and one that writes."""

    reading: Opening
    writing: Opening


SHARED = Place(database.reading, database.writing)
"""The accounts database."""

_visits: OrderedDict[str, Place] = OrderedDict()
_making = threading.Lock()


def _in_memory() -> Place:
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    Base.metadata.create_all(engine)
    # One connection for all: two windows of a visit take turns.
    turn = threading.Lock()

    @contextmanager
    def opened() -> Iterator[Session]:
        with turn, Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    return Place(opened, opened)


def of_visit(session_id: str) -> tuple[Place, bool]:
    """Return the memory of a demo visit, and whether it was made just now."""
    with _making:
        found = _visits.get(session_id)
        place = found or _in_memory()
        _visits[session_id] = place
        _visits.move_to_end(session_id)
        while len(_visits) > MOST_VISITS:
            _visits.popitem(last=False)
    return place, found is None
