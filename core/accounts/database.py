"""The accounts database: SQLite in the data folder, or PostgreSQL by its URL."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session

from core import settings
from core.accounts.models import Base

_WRITING = "aplomb_writing"
_making = threading.Lock()


def now() -> int:
    """Return the present moment, in seconds since 1970 UTC."""
    return int(time.time())


def _prepare_sqlite(engine: Engine) -> None:
    """Make SQLite keep to transactions, wait for its turn and survive a crash."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=wal", "synchronous=normal", "foreign_keys=on"):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING)
        connection.exec_driver_sql("begin immediate" if writing else "begin")


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": 15} if url.startswith("sqlite") else {},
        pool_pre_ping=not url.startswith("sqlite"),
    )
    if url.startswith("sqlite"):
        _prepare_sqlite(engine)
    with engine.execution_options(**{_WRITING: True}).begin() as connection:
        Base.metadata.create_all(connection)
    return engine


def engine() -> Engine:
    """Return the engine of the present settings, its tables made if they are not."""
    url = settings.value("APLOMB_DATABASE_URL")
    if not url:
        folder = settings.data_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = folder / "state.sqlite"
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        url = f"sqlite:///{file}"
    with _making:
        return _engine(url)


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session that only reads."""
    with Session(engine()) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """Open a session committed at the end; on SQLite one writer at a time."""
    bind = engine().execution_options(**{_WRITING: True})
    with Session(bind, expire_on_commit=False) as session, session.begin():
        yield session


def is_well() -> bool:
    """Tell whether the database answers."""
    try:
        with engine().connect() as connection:
            connection.execute(text("select 1"))
    except Exception:  # any failure of any driver means the same here
        return False
    return True
