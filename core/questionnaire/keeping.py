"""Where the notes of a workspace are kept: the accounts database, or memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from core.accounts import audit, database
from core.accounts.models import Base
from core.accounts.questionnaire_tables import TABLES
from core.errors import InvalidSetting
from core.questionnaire.model import MOST

Opening = Callable[[], AbstractContextManager[Session]]


class Memory:
    """A place of their own for notes that nobody keeps, such as those of a demo."""

    def __init__(self) -> None:
        """Make the tables, empty."""
        self._engine = create_engine(
            "sqlite://",
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
        )
        self._lock = threading.RLock()
        Base.metadata.create_all(self._engine, tables=TABLES)

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Open a session, one at a time, committed at the end."""
        with (
            self._lock,
            Session(self._engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session


class Keeping:
    """The notes of one workspace, where ``memory`` is None in the database."""

    def __init__(self, workspace_id: str, memory: Memory | None = None) -> None:
        """Open the notes of a workspace."""
        self.workspace_id = workspace_id
        self._reading: Opening = memory.open if memory else database.reading
        self._writing: Opening = memory.open if memory else database.writing
        self._is_journaled = memory is None

    def _tell(self, session: Session, who: str, what: str, **detail: Any) -> None:
        """Write a line of the journal: identifiers and counts, never a name."""
        if self._is_journaled:
            audit.add(session, who, what, self.workspace_id, **detail)

    def _bounded(self, session: Session, table: type[Any]) -> None:
        """Raise InvalidSetting where the workspace has as many rows as it may."""
        query = select(table).where(table.workspace_id == self.workspace_id)
        if len(session.scalars(query).all()) >= MOST:
            raise InvalidSetting(setting="audit_many", value=MOST)
