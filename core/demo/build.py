"""The demo workspace: kept there and fresh, by the same import as everybody's."""

from __future__ import annotations

import fcntl
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from core import imports, settings
from core.accounts import workspaces
from core.accounts.sessions import DEMO_WORKSPACE
from core.demo import generate
from core.portfolio.project import KEY, Project
from core.store import Store, Upload
from core.workspace_settings import Licence, WorkspaceSettings

NAME = "Valombre"
_AGE = 16  # months since the project started
# Invented people may be shown; prices are examples.
SETTINGS = WorkspaceSettings(privacy="names", licences=(Licence(None, 130, 80.0),))


def ensure_demo(data_folder: Path | None = None, *, today: date | None = None) -> bool:
    """Make the demo workspace, or make it anew once it is a month old.

    ``data_folder`` is that of the settings unless given; ``today`` is for tests.
    Several processes may call it at once: one works, the others wait. Returns whether
    anything was built.
    """
    folder = data_folder or settings.data_folder()
    last_day = generate.last_complete_month(today or date.today())
    wanted = {"version": generate.VERSION, "last_day": last_day.isoformat()}
    with _alone(folder):
        home = folder / "workspaces" / DEMO_WORKSPACE
        stamp = folder / "demo.json"
        if workspaces.get(DEMO_WORKSPACE) is None:
            chosen = {**SETTINGS.to_json(), KEY: _project(last_day).to_json()}
            workspaces.create(None, NAME, chosen, workspace_id=DEMO_WORKSPACE)
        if (
            home.is_dir()
            and stamp.is_file()
            and json.loads(stamp.read_text()) == wanted
        ):
            return False
        _rebuild(home, last_day)
        stamp.write_text(json.dumps(wanted))
    return True


def _project(last_day: date) -> Project:
    """Return what is said of the demo company's project: an old tool replaced."""
    year, month = divmod(last_day.year * 12 + last_day.month - _AGE, 12)
    return Project("replacement", f"{year}-{month + 1:02d}")


def _rebuild(home: Path, last_day: date) -> None:
    """Import the generated files beside ``home``, then take its place."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".demo-", dir=home.parent) as scratch:
        paths = generate.generate(Path(scratch) / "exports", last_day)
        store = Store(Path(scratch) / "workspace")
        uploads = [Upload(path, path.name) for path in paths]
        imports.run(store, SETTINGS, uploads, {}, "aplomb")
        if home.exists():
            home.rename(Path(scratch) / "former")
        store.folder.rename(home)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the demo's lock: whoever comes second waits, then finds the work done."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
