"""Figures from files: building, asking, and what is refused."""

from __future__ import annotations

import errno
import resource
import signal
import threading
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core import warehouse
from core.errors import ImportCancelled, NoData, TooSlow
from core.sources.objects import objects
from core.warehouse import Warehouse

SQL = {
    "staging/stg_login.sql": """-- Logins.
-- grain: record_key
with
latest as (
    select *, row_number() over (
        partition by record_key order by import_seq desc, source_line desc
    ) as place
    from raw_login
)
select
    record_key,
    "user" as user_id,
    timezone(setting.timezone, login_at at time zone 'UTC') as moment
from latest cross join setting
where place = 1
""",
    "staging/stg_unread.sql": "select * from raw_contact\n",
    "intermediate/int_user_day.sql": """select
    user_id, cast(moment as date) as day, count(*) as login_count
from stg_login group by all order by user_id, day
""",
    "intermediate/int_user.sql": """select distinct user_id
from stg_login order by user_id
""",
    "marts/mart_user_day.sql": """-- Days of each user.
-- grain: user_id, day
-- params: user_id
-- persons: user_id
select user_id, day, login_count from int_user_day where user_id = $user_id
""",
    "marts/mart_setting.sql": """-- The settings.
select timezone from setting
""",
    "marts/mart_slow.sql": """-- Never ends.
select sum(a.range * b.range) as total
from range(100000000) as a cross join range(1000000) as b
""",
    "marts/mart_unbuilt.sql": "select login_id from stg_missing\n",
}


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny folder of models."""
    folder = tmp_path_factory.mktemp("sql")
    for name, text in SQL.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


def write_logins(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    """Write logins (key, user, moment in UTC) as the reader does."""
    schema = objects()["login"].schema()
    table = pa.Table.from_pylist(
        [
            {
                "record_key": key,
                "user": user,
                "login_at": pa.scalar(at).cast(pa.timestamp("us")).as_py(),
                "source_line": line,
            }
            for line, (key, user, at) in enumerate(rows)
        ],
        schema=schema,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path)
    return path


INPUTS = {"setting": pa.table({"timezone": ["Europe/Paris"]})}


@pytest.fixture
def built(tmp_path: Path, sql: Path) -> Path:
    """Two imports of logins, built; the second corrects a row of the first."""
    first = write_logins(
        tmp_path / "raw/000001-0.parquet",
        [("a", "u1", "2026-01-01 23:30:00"), ("b", "u2", "2026-01-01 09:00:00")],
    )
    second = write_logins(
        tmp_path / "raw/000002-0.parquet", [("b", "u2", "2026-01-05 09:00:00")]
    )
    out = tmp_path / "out"
    Warehouse.build({"login": [first, second]}, INPUTS, out, sql=sql)
    return out


def test_models_come_after_those_they_read(sql: Path) -> None:
    names = [model.name for model in warehouse.order(sql)]
    assert names.index("stg_login") < names.index("int_user_day")
    assert set(names) == {"stg_login", "stg_unread", "int_user_day", "int_user"}


def test_build_keeps_only_what_a_mart_can_ask(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == {
        "int_user.parquet",
        "int_user_day.parquet",
        "prints.json",
        "setting.parquet",
    }
    assert {path.stat().st_mode & 0o777 for path in built.iterdir()} == {0o600}


def test_the_later_import_wins_and_days_are_local(built: Path, sql: Path) -> None:
    found = Warehouse.open(built, sql=sql)
    late = found.query("mart_user_day", user_id="u1").to_pylist()
    assert [str(row["day"]) for row in late] == ["2026-01-02"]  # 00:30 in Paris
    corrected = found.query("mart_user_day", user_id="u2").to_pylist()
    assert [str(row["day"]) for row in corrected] == ["2026-01-05"]


def test_objects_without_a_file_are_empty_and_typed(tmp_path: Path, sql: Path) -> None:
    Warehouse.build({}, INPUTS, tmp_path / "out", sql=sql)
    rows = Warehouse.open(tmp_path / "out", sql=sql).query("mart_user_day", user_id="x")
    assert rows.num_rows == 0
    assert rows.schema.field("day").type == pa.date32()


def test_columns_an_older_file_lacks_are_null(tmp_path: Path, sql: Path) -> None:
    old = tmp_path / "raw/000001-0.parquet"
    old.parent.mkdir()
    table = {"record_key": ["a"], "user": ["u"], "source_line": [1]}
    pq.write_table(pa.table(table), old)
    Warehouse.build({"login": [old]}, INPUTS, tmp_path / "out", sql=sql)
    rows = Warehouse.open(tmp_path / "out", sql=sql).query("mart_user_day", user_id="u")
    assert rows.column("day").to_pylist() == [None]


@pytest.mark.parametrize("params", [{}, {"user": "u1"}, {"user_id": "u1", "day": 1}])
def test_parameters_must_be_the_marts(
    built: Path, sql: Path, params: dict[str, object]
) -> None:
    with pytest.raises(TypeError):
        Warehouse.open(built, sql=sql).query("mart_user_day", **params)


def test_a_parameter_is_a_value_never_sql(built: Path, sql: Path) -> None:
    found = Warehouse.open(built, sql=sql)
    assert not found.query("mart_user_day", user_id="x' or 'a' = 'a").num_rows
    assert not found.query("mart_user_day", user_id="'; drop table int_user;").num_rows
    assert found.values("int_user", "user_id") == ["u1", "u2"]


def test_a_staging_model_is_not_a_mart(built: Path, sql: Path) -> None:
    for name in ("stg_login", "mart_none"):
        with pytest.raises(KeyError):
            Warehouse.open(built, sql=sql).query(name)


def test_a_table_that_was_not_built_is_said(built: Path, sql: Path) -> None:
    with pytest.raises(NoData):
        Warehouse.open(built, sql=sql).query("mart_unbuilt")


def test_a_slow_figure_stops_and_others_go_on(
    built: Path, sql: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warehouse, "QUERY_SECONDS", 0.3)
    found = Warehouse.open(built, sql=sql)
    start = time.monotonic()
    with pytest.raises(TooSlow):
        found.query("mart_slow")
    assert time.monotonic() - start < 3
    assert found.query("mart_setting").to_pylist() == [{"timezone": "Europe/Paris"}]


def test_a_build_can_be_stopped(tmp_path: Path, sql: Path) -> None:
    with pytest.raises(ImportCancelled):
        Warehouse.build(
            {},
            INPUTS,
            tmp_path / "out",
            sql=_with_slow_model(tmp_path, sql),
            cancelled=lambda: True,
        )


def test_a_disk_that_fills_up_is_told_from_a_bug(tmp_path: Path, sql: Path) -> None:
    rows = [(f"k{n}", f"u{n}", "2026-01-01 09:00:00") for n in range(20_000)]
    raw = write_logins(tmp_path / "raw/000001-0.parquet", rows)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(OSError) as caught:
            Warehouse.build({"login": [raw]}, INPUTS, tmp_path / "out", sql=sql)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.errno == errno.ENOSPC


def _with_slow_model(tmp_path: Path, sql: Path) -> Path:
    folder = tmp_path / "sql"
    for path in sql.rglob("*.sql"):
        copy = folder / path.relative_to(sql)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text())
    slow = folder / "intermediate/int_slow.sql"
    slow.write_text(SQL["marts/mart_slow.sql"])
    return folder


def test_the_same_question_is_answered_once(built: Path, sql: Path) -> None:
    found = Warehouse.open(built, sql=sql)
    first = found.query("mart_user_day", user_id="u1")
    assert found.query("mart_user_day", user_id="u1") is first
    assert found.query("mart_user_day", user_id="u2") is not first


def test_results_kept_are_bounded(
    built: Path, sql: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warehouse, "CACHED_ANSWERS", 10)
    found = Warehouse.open(built, sql=sql)
    for number in range(50):
        found.query("mart_user_day", user_id=f"u{number}")
    assert len(found._answers) == 10


def test_threads_share_a_warehouse(built: Path, sql: Path) -> None:
    found = Warehouse.open(built, sql=sql)
    wrong: list[object] = []

    def ask(user: str) -> None:
        for number in range(40):
            rows = found._run(found.model("mart_user_day"), {"user_id": user})
            if rows.column("user_id").to_pylist() != [user]:
                wrong.append((number, user))

    threads = [threading.Thread(target=ask, args=(f"u{1 + n % 2}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


OUTSIDE = [
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/hostname')",
    "select * from read_blob('/etc/passwd')",
    "select * from read_parquet('../../../etc/passwd')",
    "select * from glob('/etc/*')",
    "select * from '/etc/passwd'",
    "copy (select 1) to '/tmp/aplomb-out.csv'",
    "copy (select 1) to '/tmp/aplomb-out.parquet'",
    "export database '/tmp/aplomb-out'",
    "import database '/tmp'",
    "attach '/tmp/aplomb-other.db'",
    "attach 'http://127.0.0.1:1/x.db'",
    "select * from read_parquet('https://127.0.0.1:1/x.parquet')",
    "install httpfs",
    "load httpfs",
    "load '/tmp/x.duckdb_extension'",
    "install spatial from community",
    "set enable_external_access = true",
    "set allowed_directories = ['/']",
    "set lock_configuration = false",
    "set memory_limit = '100GB'",
    "set threads = 64",
    "reset memory_limit",
    "pragma threads = 4",
    "create persistent secret s (type s3)",
    "select * from pandas_variable",
]


@pytest.mark.parametrize("statement", OUTSIDE)
def test_an_instance_reaches_nothing_else(
    built: Path, sql: Path, statement: str
) -> None:
    pandas_variable = pa.table({"a": [1]})  # noqa: F841
    connection = Warehouse.open(built, sql=sql)._con
    with pytest.raises(duckdb.Error):
        connection.execute(statement).fetchall()


def test_a_link_does_not_lead_outside(built: Path, sql: Path) -> None:
    (built / "link.csv").symlink_to("/etc/passwd")
    connection = Warehouse.open(built, sql=sql)._con
    for path in (built / "link.csv", built / "../../../../../../etc/passwd"):
        with pytest.raises(duckdb.Error):
            connection.execute("select * from read_text($p)", {"p": str(path)})


def test_known_rows_are_counted_by_key(tmp_path: Path) -> None:
    at = "2026-01-01 09:00:00"
    earlier = [
        write_logins(tmp_path / "a/1.parquet", [("a", "u", at), ("b", "u", at)]),
        write_logins(tmp_path / "a/2.parquet", [("b", "u", at)]),
    ]
    new = [
        write_logins(tmp_path / "b/3.parquet", [("b", "u", at), ("c", "u", at)]),
        write_logins(tmp_path / "b/4.parquet", [("a", "u", at)]),
    ]
    assert warehouse.count_known(new, earlier) == 2
    assert warehouse.count_known(new, []) == 0
