"""Import a file into a workspace, as the server does; killed by the tests."""

from __future__ import annotations

import sys
from pathlib import Path

from core import imports
from core.errors import ImportRunning
from core.store import Store, Upload
from core.workspace import WorkspaceSettings


def main() -> None:
    """Take: workspace folder, models' folder, file, who."""
    folder, sql, file, who = sys.argv[1:]
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        imports.run(
            Store(Path(folder)),
            WorkspaceSettings(privacy="names"),
            [Upload(Path(file), Path(file).name)],
            {},
            who,
            isolate=False,
            sql=Path(sql),
        )
    except ImportRunning as error:
        print("told", error.context["who"], error.context["since"], flush=True)
    else:
        print("done", flush=True)


if __name__ == "__main__":
    main()
