"""kill -9, read-only folders, full disks: the old state or the new one, always."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import imports
from core.errors import CannotWrite
from core.settings import ROOT
from core.store import Store, Upload
from core.workspace import WorkspaceSettings
from tests.unit.tiny import SQL, days, logins, write_sql

pytestmark = pytest.mark.slow

SETTINGS = WorkspaceSettings(privacy="names")
ROUNDS = 24
WORKER = Path(__file__).with_name("worker_import.py")


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


def start(store: Store, sql: Path, file: Path, who: str) -> subprocess.Popen[str]:
    """Start a process ready to import; it begins when told."""
    process = subprocess.Popen(
        [sys.executable, str(WORKER), str(store.folder), str(sql), str(file), who],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    """Let it begin."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def end(process: subprocess.Popen[str]) -> str:
    """Wait for the process and return what it said."""
    said, _ = process.communicate(timeout=60)
    return said


def figures(store: Store, sql: Path) -> dict[str, int]:
    """Return the figures, once every file is known to be whole."""
    store.verify(store.manifest())
    return days(store, sql, SETTINGS)


def moments(seconds: float) -> Iterator[float]:
    """Yield moments to kill at, spread over the import, some in its very end."""
    draw = random.Random(20)
    for number in range(ROUNDS):
        yield seconds * (number + draw.random()) / ROUNDS * 1.1


def test_an_import_killed_at_any_moment_is_whole_or_not_there(
    company: Store, sql: Path, tmp_path: Path
) -> None:
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 2000, first=700)
    old = figures(company, sql)
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    process = start(trial, sql, second, "ana")
    began = time.monotonic()
    go(process)
    assert end(process) == "done\n"
    seconds = time.monotonic() - began
    new = figures(trial, sql)
    assert new != old
    seen: list[int] = []
    for moment in moments(seconds):
        shutil.rmtree(trial.folder)
        shutil.copytree(company.folder, trial.folder)
        process = start(trial, sql, second, "ana")
        go(process)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate()
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
    company: Store, sql: Path, tmp_path: Path
) -> None:
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 5000, first=700)
    process = start(trial, sql, second, "ana")
    go(process)
    time.sleep(0.2)
    process.terminate()
    process.communicate(timeout=10)
    figures(trial, sql)
    assert trial.running() is None


def test_two_processes_at_once_one_is_told(
    company: Store, sql: Path, tmp_path: Path
) -> None:
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 10000, first=700)
    pair = [start(trial, sql, second, who) for who in ("ana", "bob")]
    for process in pair:
        go(process)
    said = [end(process).split() for process in pair]
    assert sorted(words[0] for words in said) == ["done", "told"]
    winner = ("ana", "bob")[[words[0] for words in said].index("done")]
    told = next(words for words in said if words[0] == "told")
    assert told[1] == winner
    since = datetime.fromisoformat(" ".join(told[2:]))
    assert abs((datetime.now(UTC) - since).total_seconds()) < 60
    assert trial.manifest().version == 2
    assert [record.who for record in trial.manifest().imports] == ["ana", winner]


def test_a_copy_taken_at_any_moment_opens(
    company: Store, sql: Path, tmp_path: Path
) -> None:
    """A power cut is a copy of the folder as it was."""
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 5000, first=700)
    old = figures(trial, sql)
    process = start(trial, sql, second, "ana")
    go(process)
    copies: list[Store] = []
    while process.poll() is None and len(copies) < 200:
        copy = Store(tmp_path / f"copy-{len(copies)}")
        copy.folder.mkdir()
        # The manifest first: what it names must have been there before it.
        shutil.copy(trial.folder / "MANIFEST.json", copy.folder)
        for kind in ("raw", "rejects", "built"):
            if (trial.folder / kind).exists():
                shutil.copytree(trial.folder / kind, copy.folder / kind)
        copies.append(copy)
        time.sleep(0.02)
    process.communicate()
    new = figures(trial, sql)
    assert copies
    for copy in copies:
        assert figures(copy, sql) == {1: old, 2: new}[copy.manifest().version]


def test_a_reader_sees_one_state_while_another_is_made(
    company: Store, sql: Path, tmp_path: Path
) -> None:
    trial = Store(tmp_path / "trial")
    shutil.copytree(company.folder, trial.folder)
    second = logins(tmp_path / "two.csv", "u1 u4 u5 " * 5000, first=700)
    process = start(trial, sql, second, "ana")
    states = {1: figures(trial, sql)}
    go(process)
    seen: list[dict[str, int]] = []
    while process.poll() is None:
        seen.append(days(trial, sql, SETTINGS))
    process.communicate()
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
