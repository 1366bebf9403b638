"""An accounts database of its own for each test, and a clock that can be moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.accounts import database


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("APLOMB_DATA", str(tmp_path))
    monkeypatch.delenv("APLOMB_DATABASE_URL", raising=False)
    yield
    database.engine().dispose()


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Stop the clock; return a function that moves it forward by some seconds."""
    moved = 0
    stopped = database.time.time()

    def forward(seconds: int) -> None:
        nonlocal moved
        moved += seconds

    monkeypatch.setattr(database.time, "time", lambda: stopped + moved)
    return forward
