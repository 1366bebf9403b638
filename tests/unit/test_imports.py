"""From files to figures: new and known rows, repeats, undo, settings, jobs."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from core import imports
from core.errors import CannotWrite, ImportCancelled, ImportRunning
from core.imports import ImportJob, ImportOutcome, Progress
from core.sources.child import Cancel
from core.sources.model import Choices
from core.store import Store, Upload
from core.workspace_settings import Absence, Licence, WorkspaceSettings
from tests.unit.tiny import SQL, days, logins, write_sql

SETTINGS = WorkspaceSettings(privacy="names")


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sql(tmp_path_factory.mktemp("sql"), SQL)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "workspace")


def load(store: Store, sql: Path, *paths: Path, **more: object) -> ImportOutcome:
    uploads = [Upload(path, path.name) for path in paths]
    choices: dict[str, Choices] = {}
    settings = more.pop("settings", SETTINGS)
    return imports.run(
        store, settings, uploads, choices, "ana", isolate=False, sql=sql, **more
    )


def test_a_file_becomes_figures(store: Store, sql: Path, tmp_path: Path) -> None:
    outcome = load(store, sql, logins(tmp_path / "a.csv", "u1 u2 u1", first=1))
    assert (outcome.rows_new, outcome.rows_known, outcome.version) == (3, 0, 1)
    assert outcome.refusals == ()
    assert [report.rows_kept for report in outcome.reports] == [3]
    assert days(store, sql, SETTINGS) == {"u1": 2, "u2": 1}


def test_the_same_files_again_change_nothing(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    path = logins(tmp_path / "a.csv", "u1 u2", first=1)
    load(store, sql, path)
    before = store.manifest()
    renamed = path.rename(tmp_path / "a (1).csv")
    outcome = load(store, sql, renamed)
    assert outcome.already_imported == ("a (1).csv",)
    assert (outcome.version, outcome.reports) == (1, ())
    assert store.manifest() == before


def test_twice_the_same_file_at_once_counts_once(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    one = logins(tmp_path / "a.csv", "u1 u2", first=1)
    two = tmp_path / "b.csv"
    two.write_bytes(one.read_bytes())
    outcome = load(store, sql, one, two)
    assert outcome.already_imported == ("b.csv",)
    assert outcome.rows_new == 2


def test_other_choices_read_a_file_anew(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    path = logins(tmp_path / "a.csv", "u1 u2", first=1)
    load(store, sql, path)
    outcome = imports.run(
        store,
        SETTINGS,
        [Upload(path, "a.csv")],
        {"a.csv": Choices(timezone="America/New_York")},
        "ana",
        isolate=False,
        sql=sql,
    )
    assert outcome.already_imported == ()
    assert (outcome.rows_new, outcome.rows_known, outcome.version) == (0, 2, 2)
    assert days(store, sql, SETTINGS) == {"u1": 1, "u2": 1}


def test_rows_held_already_are_known(store: Store, sql: Path, tmp_path: Path) -> None:
    load(store, sql, logins(tmp_path / "a.csv", "u1 u1 u1", first=1))
    outcome = load(store, sql, logins(tmp_path / "b.csv", "u1 u1 u2", first=2))
    assert (outcome.rows_new, outcome.rows_known) == (1, 2)
    assert days(store, sql, SETTINGS) == {"u1": 3, "u2": 1}


def test_months_in_any_order_give_the_same_figures(sql: Path, tmp_path: Path) -> None:
    files = [logins(tmp_path / f"{n}.csv", "u1 u2", first=2 * n) for n in range(3)]
    found = []
    for number, order in enumerate([(0, 1, 2), (2, 0, 1)]):
        store = Store(tmp_path / f"w{number}")
        for place in order:
            load(store, sql, files[place])
        found.append(days(store, sql, SETTINGS))
    together = Store(tmp_path / "together")
    load(together, sql, *files)
    assert found == [days(together, sql, SETTINGS)] * 2


def test_a_refused_file_does_not_stop_the_others(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    outcome = load(store, sql, bad, logins(tmp_path / "a.csv", "u1", first=1))
    assert [refusal.file for refusal in outcome.refusals] == ["bad.csv"]
    assert outcome.version == 1
    assert [r.label for r in store.manifest().imports[0].receipts] == ["a.csv"]


def test_nothing_readable_changes_nothing(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    outcome = load(store, sql, bad)
    assert (outcome.version, outcome.reports) == (0, ())
    assert store.manifest().imports == ()


def test_rejected_rows_are_kept_to_be_seen(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    path = logins(tmp_path / "a.csv", "u1 u2", first=1)
    path.write_text(path.read_text() + "L99,u3,never\n")
    outcome = load(store, sql, path)
    report = outcome.reports[0]
    assert (report.rows_kept, report.rows_rejected) == (2, 1)
    rejects = store.rejects("000001")
    assert rejects is not None
    rows = pq.read_table(rejects).to_pylist()
    assert ("a.csv", 4) in {(row["file"], row["line"]) for row in rows}


def test_undo_is_as_if_it_had_never_been(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    load(store, sql, logins(tmp_path / "a.csv", "u1 u2", first=1))
    before = days(store, sql, SETTINGS)
    path = logins(tmp_path / "b.csv", "u1 u3", first=10)
    load(store, sql, path)
    made = imports.undo(store, SETTINGS, "000002", "ana", sql=sql)
    assert days(store, sql, SETTINGS) == before
    assert len(made.imports) == 1
    assert len(store.raw_files("login")) == 1
    assert load(store, sql, path).rows_new == 2  # and it can be imported again
    with pytest.raises(KeyError):
        imports.undo(store, SETTINGS, "000002", "ana", sql=sql)


def test_the_last_import_can_be_undone(store: Store, sql: Path, tmp_path: Path) -> None:
    load(store, sql, logins(tmp_path / "a.csv", "u1 u2", first=1))
    imports.undo(store, SETTINGS, "000001", "ana", sql=sql)
    assert store.manifest().objects == ()
    assert days(store, sql, SETTINGS) == {}


def test_settings_that_figures_depend_on_rebuild(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    late = tmp_path / "a.csv"
    late.write_text(
        "Login Id,User,Login Time\n"
        "L1,u1,2026-01-01T12:00:00Z\nL2,u1,2026-01-01T23:30:00Z\n"
    )
    load(store, sql, late, settings=replace(SETTINGS, timezone="UTC"))
    assert days(store, sql, SETTINGS) == {"u1": 1}
    paris = replace(SETTINGS, timezone="Europe/Paris")
    assert imports.refresh(store, paris, "ana", sql=sql)
    assert days(store, sql, SETTINGS) == {"u1": 2}
    assert store.manifest().version == 2
    shown = replace(
        paris,
        privacy="teams",
        k=9,
        licences=(Licence(None, 4, 3.0),),
        overrides={"u1": "field"},
        rules={"rhythm.field.low": 2},
    )
    assert not imports.refresh(store, shown, "ana", sql=sql)
    for other in (
        replace(paris, country="DE"),
        replace(paris, programs={"u1": False}),
        replace(paris, work_shares={"u1": 0.8}),
        replace(paris, absences=(Absence("u1", date(2026, 1, 1), date(2026, 1, 2)),)),
    ):
        assert imports.refresh(store, other, "ana", sql=sql)
    assert store.manifest().version == 6


def test_nothing_imported_needs_no_rebuild(store: Store, sql: Path) -> None:
    assert not imports.refresh(store, SETTINGS, "ana", sql=sql)


def test_uploads_go_once_imported(store: Store, sql: Path, tmp_path: Path) -> None:
    content = logins(tmp_path / "a.csv", "u1", first=1).read_bytes()
    upload = store.receive("a.csv", io.BytesIO(content))
    imports.run(store, SETTINGS, [upload], {}, "ana", isolate=False, sql=sql)
    assert list(store.incoming.iterdir()) == []


def test_progress_goes_through_its_steps(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    seen: list[Progress] = []
    path = logins(tmp_path / "a.csv", "u1 u2", first=1)
    imports.run(
        store, SETTINGS, [Upload(path, "a.csv")], {}, "ana", seen.append, sql=sql
    )
    steps = [progress.step for progress in seen]
    assert sorted(set(steps), key=steps.index) == ["reading", "building", "saving"]
    building = [p.models_done for p in seen if p.step == "building"]
    assert building == sorted(building)
    assert building[-1] == seen[-2].models_total > 0


def test_a_cancelled_import_changes_nothing(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    load(store, sql, logins(tmp_path / "a.csv", "u1", first=1))
    before = store.manifest()
    for step in ("building", "saving"):
        cancel = Cancel()

        def stop(progress: Progress, at: str = step, token: Cancel = cancel) -> None:
            if progress.step == at:
                token.cancel()

        path = logins(tmp_path / f"{step}.csv", "u5", first=50)
        if step == "building":
            with pytest.raises(ImportCancelled):
                load(store, sql, path, progress=stop, cancel=cancel)
            assert store.manifest() == before
            assert list(store.incoming.iterdir()) == []
        else:  # too late: it is done
            assert load(store, sql, path, progress=stop, cancel=cancel).version == 2


def test_a_full_disk_is_said_and_changes_nothing(
    store: Store, sql: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, sql, logins(tmp_path / "a.csv", "u1", first=1))
    before = store.manifest()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.store._sync", full)
    with pytest.raises(CannotWrite):
        load(store, sql, logins(tmp_path / "b.csv", "u2", first=9))
    monkeypatch.undo()
    assert store.manifest() == before
    assert load(store, sql, tmp_path / "b.csv").version == 2


def test_a_job_is_found_again_and_forgotten(store: Store, tmp_path: Path) -> None:
    path = logins(tmp_path / "a.csv", "u1 u2", first=1)
    assert ImportJob.find(store) is None
    job = ImportJob.start(store, SETTINGS, [Upload(path, "a.csv")], {}, "ana")
    assert ImportJob.find(Store(store.folder)) is job
    assert job.result(60).rows_new == 2
    assert ImportJob.find(store) is job
    ImportJob.forget(store)
    assert ImportJob.find(store) is None


def test_a_job_tells_who_when_there_is_one(store: Store, tmp_path: Path) -> None:
    path = logins(tmp_path / "a.csv", "u1", first=1)
    with store.importing("bob"):
        with pytest.raises(ImportRunning) as caught:
            ImportJob.start(store, SETTINGS, [Upload(path, "a.csv")], {}, "ana")
        assert caught.value.context["who"] == "bob"
    assert ImportJob.find(store) is None


def test_two_jobs_at_once_are_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    monkeypatch.setattr(imports, "run", lambda *_: go.wait(10))
    job = ImportJob.start(store, SETTINGS, [], {}, "ana")
    with pytest.raises(ImportRunning) as caught:
        ImportJob.start(store, SETTINGS, [], {}, "bob")
    assert caught.value.context == {"who": "ana", "since": job.since}
    ImportJob.forget(store)
    assert ImportJob.find(store) is job
    go.set()
    job.result(10)
    ImportJob.forget(store)


def test_a_job_can_be_cancelled(store: Store, tmp_path: Path) -> None:
    path = logins(tmp_path / "a.csv", "u1 u2 " * 20_000, first=1)
    job = ImportJob.start(store, SETTINGS, [Upload(path, "a.csv")], {}, "ana")
    job.cancel()
    with pytest.raises(ImportCancelled):
        job.result(60)
    assert store.manifest().version == 0
    ImportJob.forget(store)
