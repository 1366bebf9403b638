"""Import a file into a workspace, as the server does; killed by the tests."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from core import imports
from core.errors import ImportRunning
from core.store import Store, Upload
from core.workspace import WorkspaceSettings


def main(pipe: Connection, folder: Path, sql: Path, file: Path, who: str) -> None:
    """Say that all is ready, wait for a word, import, and say how it went."""
    pipe.send("ready")
    pipe.recv()
    try:
        imports.run(
            Store(folder),
            WorkspaceSettings(privacy="names"),
            [Upload(file, file.name)],
            {},
            who,
            isolate=False,
            sql=sql,
        )
    except ImportRunning as error:
        pipe.send(("told", error.context["who"], error.context["since"]))
    else:
        pipe.send(("done",))
