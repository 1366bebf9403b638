"""kill -9, read-only folders, full disks: the old state or the new one, always."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from core import imports
from core.errors import CannotWrite
from core.store import Store, Upload, sha256
from core.workspace import WorkspaceSettings
from tests.faults import worker_import
from tests.unit.tiny import SQL, days, logins, write_sql

pytestmark = pytest.mark.slow

SETTINGS = WorkspaceSettings(privacy="names")
ROUNDS = 24
Start = Callable[[Store, Path, str], "Importer"]


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sql(tmp_path_factory.mktemp("sql"), SQL)


def load(store: Store, sql: Path, path: Path) -> int:
    """Import a file here and return the version."""
    uploads = [Upload(path, path.name)]
    return imports.run(
        store, SETTINGS, uploads, {}, "ana", isolate=False, sql=sql
    ).version


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, sql: Path) -> Store:
    """A workspace that holds a first month."""
    folder = tmp_path_factory.mktemp("company")
    store = Store(folder / "workspace")
    load(store, sql, logins(folder / "one.csv", "u1 u2 u3 " * 200, first=1))
    return store


@dataclass(frozen=True)
class Importer:
    """A process that imports a file once told to."""

    process: ForkServerProcess
    pipe: Connection

    def go(self) -> None:
        """Let it begin."""
        self.pipe.send("go")

    def end(self) -> tuple[Any, ...]:
        """Wait for the process and return what it said."""
        self.process.join(60)
        said: tuple[Any, ...] = self.pipe.recv()
        return said


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Start processes that need not read the libraries again: forks of a clean one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", worker_import.__name__])
    return context


@pytest.fixture
def start(processes: ForkServerContext, sql: Path) -> Start:
    """Return a function that starts a process ready to import a file."""

    def starting(store: Store, file: Path, who: str) -> Importer:
        here, there = processes.Pipe()
        process = processes.Process(
            target=worker_import.main, args=(there, store.folder, sql, file, who)
        )
        process.start()
        there.close()
        assert here.recv() == "ready"
        return Importer(process, here)

    return starting


def figures(store: Store, sql: Path) -> dict[str, int]:
    """Return the figures, once every file is known to be whole."""
    store.verify(store.manifest())
    return days(store, sql, SETTINGS)


def content(folder: Path) -> str:
    """Return a digest of every file below a folder and of its name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = [f"{path.relative_to(folder)} {sha256(path)}" for path in files]
    return hashlib.sha256("\n".join(named).encode()).hexdigest()


def moments(seconds: float) -> Iterator[float]:
    """Yield moments to kill at, spread over the import, some in its very end."""
    draw = random.Random(20)
    for number in range(ROUNDS):
        yield seconds * (number + draw.random()) / ROUNDS * 1.1


def test_an_import_killed_at_any_moment_is_whole_or_not_there(
    company: Store, sql: Path, tmp_path: Path, start: Start
) -> None:
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 2000, first=700)
    old = figures(company, sql)
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    importer = start(trial, second, "ana")
    began = time.monotonic()
    importer.go()
    assert importer.end() == ("done",)
    seconds = time.monotonic() - began
    new = figures(trial, sql)
    assert new != old
    seen: list[int] = []
    for moment in moments(seconds):
        shutil.rmtree(trial.folder)
        shutil.copytree(company.folder, trial.folder)
        importer = start(trial, second, "ana")
        importer.go()
        time.sleep(moment)
        importer.process.kill()
        importer.process.join()
        version = trial.manifest().version
        seen.append(version)
        assert figures(trial, sql) == {1: old, 2: new}[version]
        assert trial.running() is None
        # The next import works, brings what was lost, and sweeps what was left.
        load(trial, sql, second)
        assert figures(trial, sql) == new
        assert list(trial.incoming.iterdir()) == []
        named = trial.manifest().files.keys()
        raw = {
            path.relative_to(trial.folder).as_posix()
            for path in trial.folder.glob("raw/*/*")
        }
        assert raw == {name for name in named if name.startswith("raw/")}
    assert seen.count(1) >= 5  # most were killed before the switch


def test_between_files_in_place_and_the_switch(
    company: Store, sql: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Die at every write of the disk in turn: the n-th, for all n."""
    second = logins(tmp_path / "two.csv", "u1 u4", first=700)
    old = figures(company, sql)
    number = 0
    while True:
        number += 1
        trial = Store(tmp_path / f"trial-{number}")
        shutil.copytree(company.folder, trial.folder)
        calls = 0

        def fail(path: Path, last: int = number) -> None:
            nonlocal calls
            calls += 1
            if calls == last:
                raise KeyboardInterrupt

        monkeypatch.setattr("core.store._sync", fail)
        try:
            load(trial, sql, second)
        except KeyboardInterrupt:
            is_done = False
        else:
            is_done = True
        monkeypatch.undo()
        found = figures(trial, sql)
        assert (found == old) is (trial.manifest().version == 1)
        load(trial, sql, second)
        assert trial.manifest().version == 2
        assert figures(trial, sql) != old
        if is_done:
            break
    assert number > 10


def test_a_stopped_server_stops_at_once(
    company: Store, sql: Path, tmp_path: Path, start: Start
) -> None:
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 5000, first=700)
    importer = start(trial, second, "ana")
    importer.go()
    time.sleep(0.2)
    importer.process.terminate()
    importer.process.join(10)
    assert not importer.process.is_alive()
    figures(trial, sql)
    assert trial.running() is None


def test_two_processes_at_once_one_is_told(
    company: Store, sql: Path, tmp_path: Path, start: Start
) -> None:
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 10000, first=700)
    pair = [start(trial, second, who) for who in ("ana", "bob")]
    for importer in pair:
        importer.go()
    said = [importer.end() for importer in pair]
    assert sorted(words[0] for words in said) == ["done", "told"]
    winner = ("ana", "bob")[[words[0] for words in said].index("done")]
    told = next(words for words in said if words[0] == "told")
    assert told[1] == winner
    assert abs((datetime.now(UTC) - told[2]).total_seconds()) < 60
    assert trial.manifest().version == 2
    assert [record.who for record in trial.manifest().imports] == ["ana", winner]


def test_a_copy_taken_at_any_moment_opens(
    company: Store, sql: Path, tmp_path: Path, start: Start
) -> None:
    """A power cut is a copy of the folder as it was."""
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 5000, first=700)
    old = figures(trial, sql)
    importer = start(trial, second, "ana")
    importer.go()
    copies: dict[str, Store] = {}
    while importer.process.is_alive() and len(copies) < 200:
        copy = Store(tmp_path / f"copy-{time.monotonic_ns()}")
        copy.folder.mkdir()
        # The manifest first: what it names must have been there before it.
        shutil.copy(trial.folder / "MANIFEST.json", copy.folder)
        for kind in ("raw", "rejects", "built"):
            if (trial.folder / kind).exists():
                shutil.copytree(trial.folder / kind, copy.folder / kind)
        # Two copies of one moment would prove the same.
        copies[content(copy.folder)] = copy
        time.sleep(0.02)
    importer.process.join()
    new = figures(trial, sql)
    assert copies
    for copy in copies.values():
        assert figures(copy, sql) == {1: old, 2: new}[copy.manifest().version]


def test_a_reader_sees_one_state_while_another_is_made(
    company: Store, sql: Path, tmp_path: Path, start: Start
) -> None:
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 5000, first=700)
    importer = start(trial, second, "ana")
    states = {1: figures(trial, sql)}
    importer.go()
    seen: list[dict[str, int]] = []
    while importer.process.is_alive():
        seen.append(days(trial, sql, SETTINGS))
    importer.process.join()
    states[2] = figures(trial, sql)
    assert all(found in states.values() for found in seen)


def test_a_folder_closed_to_writing_can_be_read(
    company: Store, sql: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    real = os.open

    def closed(path: str, flags: int, *more: object, **rest: object) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and str(trial.folder) in str(path):
            raise OSError(30, "Read-only file system")
        return real(path, flags, *more, **rest)  # type: ignore[arg-type]

    # Tests may run as root, whom a mode does not stop.
    monkeypatch.setattr(os, "open", closed)
    assert days(trial, sql, SETTINGS)
    with pytest.raises(CannotWrite):
        load(trial, sql, logins(tmp_path / "two.csv", "u9", first=700))
    monkeypatch.undo()
    assert trial.manifest() == company.manifest()


@pytest.mark.parametrize("kilobytes", [1, 4, 16, 64])
def test_a_disk_that_fills_up_changes_nothing(
    company: Store, sql: Path, tmp_path: Path, kilobytes: int
) -> None:
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    before = trial.manifest()
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 20000, first=700)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, hard))
    try:
        with pytest.raises(CannotWrite):
            load(trial, sql, second)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert trial.manifest() == before
    figures(trial, sql)
    assert load(trial, sql, second) == 2
