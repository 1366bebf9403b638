"""The demo company as its director may see it, and a round's recipients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.accounts import digests, sessions, workspaces
from core.digest import rounds
from core.store import Store
from core.visit import Visit
from core.workspace import Rights, Workspace, WorkspaceSettings

DEMO = sessions.DEMO_WORKSPACE


@pytest.fixture
def look(demo_data: Path) -> Callable[..., Visit]:
    """Look at the demo company: ``look(privacy="teams", k=8)``."""

    def at(**decided: object) -> Visit:
        info = workspaces.get(DEMO)
        assert info is not None
        settings = WorkspaceSettings.from_json({**info.settings, **decided})
        store = Store(workspaces.folder(DEMO))
        workspace = Workspace(store, settings, Rights.of("director"))
        return rounds.reader(workspace, DEMO, info.name)

    return at


@pytest.fixture
def get_text(demo_data: Path) -> Iterator[Callable[..., str]]:
    """Have somebody get a text of the demo company, until the end of the test."""
    made: list[str] = []

    def add(email: str, **asked: object) -> str:
        given = {
            "kind": "company",
            "about": "",
            "language": "fr",
            "weekday": 0,
            **asked,
        }
        made.append(digests.add("tests", DEMO, email=email, **given))  # type: ignore[arg-type]
        return made[-1]

    yield add
    for identifier in made:
        digests.remove("tests", DEMO, identifier)
