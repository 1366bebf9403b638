"""The folder of a workspace: states, locks, damage."""

from __future__ import annotations

import errno
import io
import os
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core import manifest as manifests
from core.errors import CannotWrite, DataDamaged, ImportRunning
from core.manifest import ImportRecord, Manifest, Receipt
from core.sources.model import FileReport, Refusal
from core.store import Store, Upload


def report(name: str = "login", period: tuple[str, str] | None = None) -> FileReport:
    return FileReport(
        file="é.csv",
        vendor=None,
        object=name,
        rows_read=2,
        rows_kept=1,
        rows_rejected=1,
        reasons={"login.login_at.unreadable": 1},
        warnings={},
        lines_skipped={},
        encoding="utf-8",
        delimiter=",",
        date_order=None,
        timezone="UTC",
        period=period,
        sha256="0" * 64,
        signature="s",
        bindings={"Id": "login_id"},
        unknown_columns=("x",),
    )


def record(import_id: str, *reports: FileReport) -> ImportRecord:
    return ImportRecord(
        import_id=import_id,
        at=datetime(2026, 3, 1, tzinfo=UTC),
        who="ana",
        reports=reports or (report(),),
        refusals=(Refusal("b.csv", "empty", values={"n": 1}),),
        rows_new=1,
        receipts=(Receipt("é.csv", "0" * 64, "1"),),
    )


def change(store: Store, content: str, dropped: str | None = None) -> Manifest:
    """Commit one import whose raw file and built table hold ``content``."""
    with store.importing("ana") as staging:
        built = staging.folder / "built"
        built.mkdir()
        (built / "int_x.parquet").write_text(content)
        raw = staging.folder / "new.parquet"
        raw.write_text(content)
        name = f"raw/login/{staging.import_id}-0000.parquet"
        return staging.commit(
            built=built,
            fingerprint="f",
            record=None if dropped else record(staging.import_id),
            files={} if dropped else {name: raw},
            dropped=dropped,
        )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "workspace")


def files(store: Store) -> set[str]:
    return {
        path.relative_to(store.folder).as_posix()
        for path in store.folder.rglob("*")
        if path.is_file()
    }


def test_a_new_folder_is_empty_and_untouched(store: Store) -> None:
    assert store.manifest() == Manifest()
    assert store.raw() == {}
    assert not store.folder.exists()


def test_a_commit_is_read_back(store: Store) -> None:
    made = change(store, "one")
    assert store.manifest() == made
    assert made.version == 1
    assert made.imports == (record("000001"),)
    assert [path.read_text() for path in store.raw_files("login")] == ["one"]
    assert (store.folder / str(made.built) / "int_x.parquet").read_text() == "one"


def test_files_are_private(store: Store) -> None:
    change(store, "one")
    store.key()
    for path in store.folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_what_a_change_replaces_goes_with_the_next(store: Store) -> None:
    change(store, "one")
    change(store, "two")
    assert "built/000001/int_x.parquet" in files(store)  # somebody may still read it
    change(store, "three")
    assert files(store) == {
        "MANIFEST.json",
        "lock",
        "raw/login/000001-0000.parquet",
        "raw/login/000002-0000.parquet",
        "raw/login/000003-0000.parquet",
        "built/000002/int_x.parquet",
        "built/000003/int_x.parquet",
    }


def test_without_commit_nothing_stays(store: Store) -> None:
    old = change(store, "one")
    with pytest.raises(ZeroDivisionError), store.importing("bob") as staging:
        (staging.folder / "half.parquet").write_text("x")
        raise ZeroDivisionError
    assert store.manifest() == old
    assert list(store.incoming.iterdir()) == []


def test_an_import_can_be_dropped(store: Store) -> None:
    change(store, "one")
    change(store, "two")
    made = change(store, "", dropped="000001")
    assert [found.import_id for found in made.imports] == ["000002"]
    assert [path.read_text() for path in store.raw_files("login")] == ["two"]
    assert "raw/login/000001-0000.parquet" not in files(store)
    assert change(store, "three").imports[-1].import_id == "000003"


def test_the_second_import_is_told_who_and_since_when(store: Store) -> None:
    before = datetime.now(UTC)
    with store.importing("ana"):
        assert store.running() is not None
        with pytest.raises(ImportRunning) as caught, Store(store.folder).importing("b"):
            pass
    assert caught.value.context["who"] == "ana"
    assert before <= caught.value.context["since"] <= datetime.now(UTC)
    assert store.running() is None
    change(store, "free again")


def test_only_one_of_many_threads_holds_the_folder(store: Store) -> None:
    held: list[int] = []
    most: list[int] = []

    def work() -> None:
        for _ in range(20):
            try:
                with store.importing("t"):
                    held.append(1)
                    most.append(len(held))
                    time.sleep(0.001)
                    held.pop()
            except ImportRunning:
                time.sleep(0.001)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}


def _delete(path: Path) -> None:
    path.unlink()


def _shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [_delete, _shorten, _flip])
@pytest.mark.parametrize("kind", ["raw", "built"])
def test_damage_is_seen(store: Store, harm, kind: str) -> None:  # type: ignore[no-untyped-def]
    made = change(store, "content")
    store.verify(made)
    name = next(name for name in made.files if name.startswith(kind))
    harm(store.folder / name)
    with pytest.raises(DataDamaged) as caught:
        store.verify(made, kind)
    assert caught.value.context == {"file": name}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": 2}', '{"schema": 1}', "ÿ"])
def test_a_manifest_that_is_none_is_damage(store: Store, text: str) -> None:
    change(store, "one")
    (store.folder / "MANIFEST.json").write_text(text, "latin-1")
    with pytest.raises(DataDamaged):
        store.manifest()
    with pytest.raises(DataDamaged), store.importing("ana"):
        pass
    assert "raw/login/000001-0000.parquet" in files(store)


def test_a_lost_manifest_is_damage_not_an_empty_workspace(store: Store) -> None:
    change(store, "one")
    (store.folder / "MANIFEST.json").unlink()
    with pytest.raises(DataDamaged):
        store.manifest()


def test_every_byte_of_a_manifest_survives(store: Store) -> None:
    made = change(store, "one")
    assert manifests.from_json(made.to_json()) == made


def test_the_key_is_one_for_good(store: Store, tmp_path: Path) -> None:
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(Store(store.folder).key()))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found[0]) == 32
    assert Store(tmp_path / "other").key() != found[0]
    assert {path.name for path in store.folder.iterdir()} == {"key"}


def test_uploads_wait_a_day_at_most(store: Store) -> None:
    old = store.receive("a.csv", io.BytesIO(b"old"))
    new = store.receive("a.csv", io.BytesIO(b"new"))
    os.utime(old.path, (time.time() - 25 * 3600,) * 2)
    change(store, "one")
    assert not old.path.exists()
    assert new.path.read_bytes() == b"new"
    store.discard([new])
    assert not new.path.exists()


def test_files_from_elsewhere_are_left_alone(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("x")
    store.discard([Upload(path, "mine.csv")])
    assert path.exists()


def test_an_upload_that_fails_leaves_nothing(store: Store) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(CannotWrite) as caught:
        store.receive("a.csv", Broken())
    assert isinstance(caught.value.context["free"], int)
    assert list(store.incoming.iterdir()) == []


def test_the_period_is_that_of_traces_up_to_the_import(store: Store) -> None:
    def of(*reports: FileReport) -> tuple[date, date] | None:
        return Manifest(imports=(record("000001", *reports),)).period

    contact = report("contact", ("2009-01-01", "2026-02-28"))
    assert of(contact) == (date(2009, 1, 1), date(2026, 2, 28))
    login = report("login", ("2025-01-05", "2026-01-31"))
    planned = report("activity", ("2025-02-01", "2027-12-31"))
    assert of(contact, login) == (date(2025, 1, 5), date(2026, 1, 31))
    assert of(contact, login, planned) == (date(2025, 1, 5), date(2026, 3, 1))
    assert of(report()) is None
