"""Tables taken from the build before are those a fresh build would make."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core import imports, reuse
from core.inputs import choices, inputs
from core.manifest import Manifest
from core.sources.objects import objects
from core.store import Store, Upload
from core.warehouse import Warehouse
from core.workspace_settings import Absence, WorkspaceSettings
from tests.unit.tiny import SQL, days, logins, write_sql

MORE = {
    "intermediate/int_chosen.sql": """-- What was said by hand.
-- grain: user_id
select int_user.user_id, chosen_user.work_share
from int_user left join chosen_user on int_user.user_id = chosen_user.user_id
order by int_user.user_id
""",
    "intermediate/int_away.sql": """-- Days away.
-- grain: user_id, first_day
select chosen_absence.user_id, chosen_absence.first_day from chosen_absence
order by all
""",
    "intermediate/int_both.sql": """-- Shares of who was away.
-- grain: user_id
select int_chosen.user_id, int_chosen.work_share, int_away.first_day
from int_chosen inner join int_away on int_chosen.user_id = int_away.user_id
order by all
""",
}
SETTINGS = WorkspaceSettings(privacy="names")
AWAY = Absence("u1", date(2026, 1, 5), date(2026, 1, 6))


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sql(tmp_path_factory.mktemp("sql"), SQL | MORE)


@pytest.fixture
def store(tmp_path: Path, sql: Path) -> Store:
    """A workspace with one import."""
    made = Store(tmp_path / "workspace")
    load(made, sql, logins(tmp_path / "a.csv", "u1 u2 u3", first=1), SETTINGS)
    return made


def load(store: Store, sql: Path, path: Path, settings: WorkspaceSettings) -> None:
    uploads = [Upload(path, path.name)]
    imports.run(store, settings, uploads, {}, "ana", isolate=False, sql=sql)


def folder(store: Store) -> Path:
    built = store.manifest().built
    assert built is not None
    return store.folder / built


def files(store: Store) -> dict[str, int]:
    """Return the file on disk that each built table is."""
    return {p.stem: p.stat().st_ino for p in folder(store).glob("*.parquet")}


def tables(built: Path) -> dict[str, pa.Table]:
    return {path.stem: pq.read_table(path) for path in built.glob("*.parquet")}


def fresh(store: Store, settings: WorkspaceSettings, sql: Path, out: Path) -> Path:
    """Build the workspace's tables with nothing taken from an earlier build."""
    manifest = store.manifest()
    Warehouse.build(store.raw(), inputs(manifest, settings), out, sql=sql)
    return out


def test_only_what_reads_a_change_is_made_again(store: Store, sql: Path) -> None:
    before = files(store)
    assert imports.refresh(store, replace(SETTINGS, absences=(AWAY,)), "ana", sql=sql)
    after = files(store)
    assert after.keys() == before.keys()
    anew = {name for name in after if after[name] != before[name]}
    # Inputs that marts read are always written: they are small.
    assert anew - {"setting", "chosen_user"} == {"int_away", "int_both"}


def test_any_history_of_changes_gives_what_a_fresh_build_gives(
    store: Store, sql: Path, tmp_path: Path
) -> None:
    draw = Random(11)
    settings = SETTINGS
    for number in range(14):
        user = f"u{draw.randrange(1, 5)}"
        kind = draw.choice(("away", "share", "zone", "import", "undo", "back"))
        if kind == "away":
            first = date(2026, 1, 1) + timedelta(days=draw.randrange(20))
            settings = replace(
                settings, absences=(*settings.absences, Absence(user, first, first))
            )
        elif kind == "share":
            shares = {**settings.work_shares, user: draw.choice((0.5, 0.8))}
            settings = replace(settings, work_shares=shares)
        elif kind == "zone":
            zone = draw.choice(("UTC", "Pacific/Noumea"))
            settings = replace(settings, timezone=zone)
        elif kind == "back":
            settings = SETTINGS
        if kind == "import":
            path = logins(tmp_path / f"{number}.csv", f"u1 {user}", first=20 + number)
            load(store, sql, path, settings)
        elif kind == "undo" and len(store.manifest().imports) > 1:
            last = store.manifest().imports[-1].import_id
            imports.undo(store, settings, last, "ana", sql=sql)
        else:
            imports.refresh(store, settings, "ana", sql=sql)
        store.verify(store.manifest())
        whole = fresh(store, settings, sql, tmp_path / f"fresh-{number}")
        assert tables(folder(store)) == tables(whole)


def test_a_damaged_table_is_made_again(store: Store, sql: Path) -> None:
    expected = days(store, sql, SETTINGS)
    (folder(store) / "int_user_day.parquet").write_bytes(b"damaged")
    imports.refresh(store, replace(SETTINGS, absences=(AWAY,)), "ana", sql=sql)
    store.verify(store.manifest())
    assert days(store, sql, SETTINGS) == expected


def test_a_disk_without_links_gets_copies(
    store: Store, sql: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, before = days(store, sql, SETTINGS), files(store)

    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("core.reuse.os.link", refuse)
    imports.refresh(store, replace(SETTINGS, absences=(AWAY,)), "ana", sql=sql)
    assert days(store, sql, SETTINGS) == expected
    assert not set(files(store).values()) & set(before.values())


def test_a_build_of_an_earlier_release_is_made_again(store: Store, sql: Path) -> None:
    built = folder(store)
    assert json.loads((built / reuse.FILE).read_text()).keys() == {
        path.stem for path in built.glob("int_*.parquet")
    }
    (built / reuse.FILE).unlink()
    plan = Warehouse.plan(store.raw(), inputs(Manifest(), SETTINGS), built, sql=sql)
    assert plan.taken == frozenset()
    assert {model.name for model in plan.made} >= {"int_user", "int_user_day"}


def test_a_change_dies_anywhere_and_the_old_state_stands(
    store: Store, sql: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Die at every write of the disk in turn while tables are taken over."""
    expected = days(store, sql, SETTINGS)
    chosen = replace(SETTINGS, absences=(AWAY,))
    for number in range(1, 100):
        trial = Store(tmp_path / f"trial-{number}")
        shutil.copytree(store.folder, trial.folder)
        left = number

        def fail(path: Path) -> None:
            nonlocal left
            left -= 1
            if not left:
                raise KeyboardInterrupt

        monkeypatch.setattr("core.store._sync", fail)
        with suppress(KeyboardInterrupt):
            imports.refresh(trial, chosen, "ana", sql=sql)
        monkeypatch.undo()
        trial.verify(trial.manifest())
        assert days(trial, sql, SETTINGS) == expected
        imports.refresh(trial, chosen, "ana", sql=sql)
        trial.verify(trial.manifest())
        assert trial.manifest().version == 2
        # What was left is swept when the next change begins.
        with trial.importing("bob"):
            found = set(trial.folder.glob("built/*/*"))
        assert found == {
            trial.folder / name
            for name in trial.manifest().files
            if name.startswith("built/")
        }
        if left > 0:
            break
    assert 5 < number < 99


def test_what_is_said_of_a_person_reads_no_logins_again(tmp_path: Path) -> None:
    """The product's own models: millions of rows stay unread for one click."""
    schemas = {name: known.schema() for name, known in objects().items()}
    raw = {}
    for name, schema in schemas.items():
        path = tmp_path / name / "000001-0.parquet"
        path.parent.mkdir()
        pq.write_table(schema.empty_table(), path)
        raw[name] = [path]
    beside = inputs(Manifest(), SETTINGS)
    out = tmp_path / "built"
    Warehouse.build(raw, beside, out)

    def read_by(chosen: WorkspaceSettings) -> frozenset[str]:
        plan = Warehouse.plan(raw, beside | choices(chosen), out)
        assert plan.made
        return plan.raw

    assert read_by(WorkspaceSettings(absences=(AWAY,))) <= {"user", "absence"}
    for chosen in (
        WorkspaceSettings(work_shares={"u1": 0.5}),
        WorkspaceSettings(programs={"u1": True}),
    ):
        assert not read_by(chosen) & {"login", "campaign_member"}
