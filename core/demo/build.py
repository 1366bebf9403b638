"""The demo workspaces: kept there and fresh, by the same import as everybody's."""

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
from core.demo import companies, generate
from core.demo.companies import Company
from core.portfolio.project import KEY
from core.store import Store, Upload

VALOMBRE = companies.first()


def ensure_demo(data_folder: Path | None = None, *, today: date | None = None) -> bool:
    """Make the demo workspace, or make it anew once it is a month old.

    ``data_folder`` is that of the settings unless given; ``today`` is for tests.
    Several processes may call it at once: one works, the others wait. Returns whether
    anything was built.
    """
    folder = data_folder or settings.data_folder()
    last_day = generate.last_complete_month(today or date.today())
    with _alone(folder):
        return _ensure(VALOMBRE, folder, last_day, folder / "demo.json")


def ensure_companies(
    data_folder: Path | None = None, *, today: date | None = None
) -> tuple[str, ...]:
    """Make the other companies of the demo likewise; return the codes of those built.

    They are apart from the first one: whoever starts the demo does not wait for them.
    """
    folder = data_folder or settings.data_folder()
    last_day = generate.last_complete_month(today or date.today())
    built = []
    for company in companies.others():
        with _alone(folder):
            stamp = folder / f"{company.workspace_id}.json"
            if _ensure(company, folder, last_day, stamp):
                built.append(company.code)
    return tuple(built)


def _ensure(company: Company, folder: Path, last_day: date, stamp: Path) -> bool:
    """Make a company where ``stamp`` does not say that it is there and fresh."""
    wanted = {"version": generate.VERSION, "last_day": last_day.isoformat()}
    home = folder / "workspaces" / company.workspace_id
    is_there = home.is_dir() and stamp.is_file()
    is_fresh = is_there and json.loads(stamp.read_text()) == wanted
    if not is_fresh:
        _rebuild(company, home, last_day)
        stamp.write_text(json.dumps(wanted))
    # Last: whoever finds the workspace finds its data.
    if workspaces.get(company.workspace_id) is None:
        project = company.project(last_day.year, last_day.month)
        chosen = {**company.settings.to_json(), KEY: project.to_json()}
        workspaces.create(None, company.name, chosen, company.workspace_id)
    return not is_fresh


def _rebuild(company: Company, home: Path, last_day: date) -> None:
    """Import the generated files beside ``home``, then take its place."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".demo-", dir=home.parent) as scratch:
        paths = generate.generate(Path(scratch) / "exports", last_day, company)
        store = Store(Path(scratch) / "workspace")
        uploads = [Upload(path, path.name) for path in paths]
        imports.run(store, company.settings, uploads, {}, "aplomb")
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
