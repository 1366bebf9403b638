"""The reading process: same results, watched, limited, and gone when it must be."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from core.errors import ImportCancelled
from core.sources import child, reader
from core.sources.messages import decode, encode, typed
from core.sources.model import Choices, FileReport, Inspection, Refusal

HEADER = "Id;Name;Industry;CreatedDate\n"
ZONE = "Europe/Paris"


@pytest.fixture
def account(tmp_path: Path) -> Path:
    path = tmp_path / "0"
    path.write_text(HEADER + "1;Énergie;Bois;2026-01-05\n2;Trop;a;b;c\n", "utf-8")
    return path


def big(folder: Path, rows: int) -> Path:
    path = folder / "big"
    body = "".join(f"{n};Compte {n};Bois;2026-01-05\n" for n in range(rows))
    path.write_text(HEADER + body, "utf-8")
    return path


def test_inspects_as_the_reader_does(account: Path) -> None:
    here = reader.inspect(account, "Account.csv", remembered={}, timezone=ZONE)
    there = child.inspect([(account, "Account.csv")], timezone=ZONE)
    assert there == here
    assert isinstance(there[0], Inspection)


def test_reads_as_the_reader_does(account: Path, tmp_path: Path) -> None:
    here = reader.read(account, "Account.csv", {}, tmp_path / "here", ZONE)
    there = child.read([(account, "Account.csv")], {}, tmp_path / "there", ZONE)
    assert there == here
    for path in sorted((tmp_path / "here").iterdir()):
        other = pq.read_table(tmp_path / "there" / path.name)
        assert other.equals(pq.read_table(path))


def test_files_of_one_object_and_their_rejects_are_all_kept(
    account: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    pairs = [(account, "Account.csv"), (account, "Account 2.csv")]
    reports, refusals = child.read(pairs, {}, out, ZONE)
    assert [report.rows_kept for report in reports] == [1, 1]
    assert refusals == []
    names = sorted(path.name for path in out.iterdir())
    assert names == ["account-1.parquet", "account-2.parquet", "rejects.parquet"]
    assert pq.read_table(out / "rejects.parquet").column("file").to_pylist() == [
        "Account.csv",
        "Account 2.csv",
    ]


def test_a_file_beyond_the_memory_is_refused_alone(
    account: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greedy = """
from core.sources import reader, worker
inspect = reader.inspect
def heavy(path, label, **options):
    return bytearray(4 << 30) if "Heavy" in label else inspect(path, label, **options)
reader.inspect = heavy
worker.main()
"""
    monkeypatch.setattr("core.sources.child.COMMAND", ("-c", greedy))
    labels = ("Account.csv", "Heavy.csv", "Account 2.csv")
    found = child.inspect([(account, label) for label in labels], timezone=ZONE)
    assert [each.file for each in found] == list(labels)
    assert found[1] == Refusal("Heavy.csv", "file_too_heavy")
    assert isinstance(found[0], Inspection) and isinstance(found[2], Inspection)


@pytest.mark.parametrize(
    ("code", "cause"), [(-9, "file_too_heavy"), (-11, "file_damaged")]
)
def test_a_dead_process_refuses_the_file_it_was_on(
    account: Path, monkeypatch: pytest.MonkeyPatch, code: int, cause: str
) -> None:
    worker = f"import os,sys; sys.stdin.readline(); os.kill(os.getpid(), {-code})"
    monkeypatch.setattr("core.sources.child.COMMAND", ("-c", worker))
    found = child.inspect([(account, "Account.csv")], timezone=ZONE)
    assert found == [Refusal("Account.csv", cause)]


def test_a_bug_is_not_blamed_on_the_file(
    account: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = 'import sys; sys.stdin.readline(); print(\'["bug", 0, "Traceback"]\')'
    monkeypatch.setattr("core.sources.child.COMMAND", ("-c", worker))
    with pytest.raises(child.ReadingError, match="Traceback"):
        child.inspect([(account, "Account.csv")], timezone=ZONE)


def test_progress_grows_to_the_end(tmp_path: Path) -> None:
    path = big(tmp_path, 300_000)
    told: list[child.Reading] = []
    child.read([(path, "Account.csv")], {}, tmp_path / "out", ZONE, told.append)
    done = [each.bytes_done for each in told]
    assert len(done) > 2
    assert done == sorted(done)
    assert done[-1] == told[-1].bytes_total == path.stat().st_size
    assert {(each.file, each.number, each.files) for each in told} == {
        ("Account.csv", 1, 1)
    }


def test_cancel_ends_the_process_and_leaves_nothing(tmp_path: Path) -> None:
    path, cancel, out = big(tmp_path, 600_000), child.Cancel(), tmp_path / "out"
    timer = threading.Timer(0.8, cancel.cancel)
    timer.start()
    began = time.monotonic()
    with pytest.raises(ImportCancelled):
        child.read([(path, "Account.csv")] * 20, {}, out, ZONE, cancel=cancel)
    timer.join()
    assert time.monotonic() - began < 5
    assert list(out.iterdir()) == []


def test_the_reading_process_has_no_network_and_starts_nothing() -> None:
    tries = """
import socket, subprocess, sys
from core.sources.worker import Limits, confine
confine(Limits(memory=1 << 31, file=1 << 30, seconds=60))
for work in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("example.org", 80),
    lambda: subprocess.run(["true"]),
):
    try:
        work()
    except PermissionError:
        print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", tries], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["refused"] * 3


def test_messages_come_back_as_they_were() -> None:
    choices = {
        "a": Choices(
            object="account",
            bindings={0: "account_id", 3: None},
            values={"stage": {"Gagné": "won", "?": None}},
            date_order="dmy",
        )
    }
    assert decode(Mapping[str, Choices], encode(choices)) == choices  # type: ignore[type-abstract]
    refused = Refusal("a", "no_rows", line=3, values={"columns": "é"}, skipped=True)
    assert decode(Refusal, encode(refused)) == refused


@pytest.mark.parametrize(
    "content",
    [{}, {"file": 1, "cause": "x"}, [], "x", {"__reduce__": "os.system"}, None],
)
def test_messages_of_another_shape_are_refused(content: object) -> None:
    with pytest.raises(ValueError, match="fit"):
        typed(FileReport, content)
