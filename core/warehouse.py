"""Figures from files: the only module that talks to DuckDB.

An instance lives in memory, is locked down before it meets a query, and reads nothing
outside the folders it was given. `Warehouse.build` turns raw Parquet into the tables of
``sql/staging`` and ``sql/intermediate``; a `Warehouse` answers ``sql/marts`` with them.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from core import models, parts, reuse
from core.answers import Answers
from core.errors import ImportCancelled, NoData, TooSlow
from core.models import SQL, Model
from core.ranges import meeting
from core.reuse import Plan
from core.settings import mebibytes
from core.sources.objects import objects
from core.stopping import Stop, stoppable

QUERY_SECONDS = 20.0
CACHED_ANSWERS = 512
CACHED_BYTES = 128 * 1024 * 1024
_THREADS = min(os.cpu_count() or 1, 4)

# Without the first two, a query that wants an extension waits for a network.
_LOCKS = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set python_enable_replacements = false",
    "set allow_persistent_secrets = false",
    "set enable_progress_bar = false",
    "set TimeZone = 'UTC'",
)
# The number that opens a raw file's name is the import it came with.
_RAW_COLUMNS = r"""
    * exclude (filename, times),
    coalesce(try_cast(regexp_extract(filename, '(\d+)-[^/]*$', 1) as bigint), 0)
        as import_seq,
    times is not null as is_repeated
"""

_PARAMETER = re.compile(r"\$\w+")
Step = Callable[[int, int], None]
_Connection = duckdb.DuckDBPyConnection


def _lock(con: _Connection) -> None:
    for statement in _LOCKS:
        con.execute(statement)


def _connect(spill: Path, folders: Iterable[Path], threads: int) -> _Connection:
    """Return an instance that reads and writes below ``folders`` only, for good."""
    memory = mebibytes("APLOMB_QUERY_MEMORY_MB")
    con = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{memory}B",
            "threads": threads,
            "temp_directory": str(spill),
            "max_temp_directory_size": f"{10 * memory}B",
        },
    )
    _lock(con)
    # The folders come before the door is shut, the lock comes last.
    con.execute(
        "set allowed_directories = $folders",
        {"folders": [f"{folder.resolve()}/" for folder in folders]},
    )
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


@lru_cache(maxsize=8)
def _readings(sql: Path) -> dict[str, frozenset[str]]:
    """Return the tables each model below ``sql`` reads."""
    # On an instance of its own: beside views, DuckDB 2.0 refuses to name the tables.
    with duckdb.connect(":memory:") as con:
        _lock(con)
        return {
            # It takes no parameter either; which one stands there changes no table.
            name: frozenset(con.get_table_names(_PARAMETER.sub("null", model.text)))
            for name, model in models.read(sql).items()
        }


def order(sql: Path = SQL) -> list[Model]:
    """Return staging and intermediate models, each after those it reads."""
    return reuse.order(models.read(sql), _readings(sql))


def _load(
    con: _Connection,
    raw: Mapping[str, Sequence[Path]],
    inputs: Mapping[str, pa.Table],
    scratch: Path,
    plan: Plan,
) -> None:
    """Give ``con`` the raw views that the plan reads, and the inputs."""
    for name in sorted(plan.raw):
        known = objects()[name]
        # The empty file gives every column its type even where no export has it.
        empty = scratch / f"raw_{name}.parquet"
        pq.write_table(known.schema().empty_table(), empty)
        paths = raw.get(name, ())
        rows = _parquet(con, [empty, *paths], filename=True)
        if shared := meeting(paths):
            con.register(f"repeated_{name}", _repeated(con, shared))
            rows = rows.join(con.table(f"repeated_{name}"), "record_key", how="left")
        else:
            rows = rows.project("*, null as times")
        rows.project(_RAW_COLUMNS).create_view(f"raw_{name}")
    for name, table in inputs.items():
        con.register(name, table)


def _parquet(
    con: _Connection, paths: Sequence[Path], filename: bool = False
) -> duckdb.DuckDBPyRelation:
    names: Any = [str(path.resolve()) for path in paths]
    return con.read_parquet(names, union_by_name=True, filename=filename)


def _repeated(con: _Connection, paths: Sequence[Path]) -> pa.Table:
    """Return the keys of records that several files tell of, and how many times."""
    keys = _parquet(con, paths).aggregate("record_key, count(*) as times", "record_key")
    return keys.filter("times > 1").to_arrow_table()


def _make_all(
    con: _Connection,
    inputs: Mapping[str, pa.Table],
    out: Path,
    step: Step,
    plan: Plan,
) -> None:
    """Run the models of the plan and keep in ``out`` what a mart can ask for.

    A staging model that several models read is written once, unless its header says
    not to; one that a single model reads streams.
    """
    for name in plan.inputs:
        pq.write_table(inputs[name], out / f"{name}.parquet", compression="zstd")
    plan.take(out)
    for name in sorted(plan.taken):
        _parquet(con, [out / f"{name}.parquet"]).create_view(name)
    for done, model in enumerate(plan.made):
        step(done, len(plan.made))
        rows = con.sql(model.text)
        kept = model.name in plan.kept
        if kept or (model.name in plan.shared and model.stored):
            path = (out if kept else out / "scratch") / f"{model.name}.parquet"
            rows.write_parquet(str(path), compression="zstd")
            rows = _parquet(con, [path])
        rows.create_view(model.name)
    plan.sign(out)
    step(len(plan.made), len(plan.made))


def count_known(new: Sequence[Path], earlier: Sequence[Path]) -> int:
    """Return how many rows of ``new`` have the record_key of a row of ``earlier``."""
    earlier = [path for path in earlier if path in meeting([path, *new])]
    if not new or not earlier:
        return 0
    folders = {path.resolve().parent for path in (*new, *earlier)}
    with (
        tempfile.TemporaryDirectory(prefix="aplomb-") as spill,
        _connect(Path(spill), folders, _THREADS) as con,
    ):
        held = _parquet(con, earlier).project("record_key").set_alias("held")
        rows = _parquet(con, new).project("record_key").set_alias("rows")
        known = rows.join(held, "record_key", how="semi")
        return int(known.aggregate("count(*)").fetchall()[0][0])


class Warehouse:
    """The tables of one version of a workspace, and the marts they answer.

    Safe to share between threads: each query has a cursor of its own, a time limit,
    and its result is kept for whoever asks the same thing.
    """

    @staticmethod
    def plan(
        raw: Mapping[str, Sequence[Path]],
        inputs: Mapping[str, pa.Table],
        previous: Path | None = None,
        *,
        sql: Path = SQL,
    ) -> Plan:
        """Return what `build` would do; ``previous`` is a folder that it filled."""
        engine, read = f"{duckdb.__version__} {_RAW_COLUMNS}", models.read(sql)
        return reuse.plan(read, _readings(sql), raw, inputs, previous, engine)

    @staticmethod
    def build(
        raw: Mapping[str, Sequence[Path]],
        inputs: Mapping[str, pa.Table],
        out: Path,
        *,
        sql: Path = SQL,
        plan: Plan | None = None,
        cancelled: Stop | None = None,
        step: Step | None = None,
    ) -> None:
        """Build every table that the marts read into the new folder ``out``.

        ``raw`` gives the Parquet files of each object (a view ``raw_<object>`` exists
        without a file too), ``inputs`` further tables by name, ``plan`` what may be
        taken from an earlier build. ``step`` is told how many models of how many are
        done. Raises ImportCancelled when ``cancelled`` turns true, OSError when the
        disk is full; ``out`` is then half full.
        """
        plan = plan or Warehouse.plan(raw, inputs, sql=sql)
        scratch = out / "scratch"
        scratch.mkdir(mode=0o700, parents=True)
        folders = {path.resolve().parent for files in raw.values() for path in files}
        con = _connect(scratch / "spill", [out, *folders], _THREADS)
        try:
            with stoppable(con.interrupt, cancelled or (lambda: False)):
                _load(con, raw, inputs, scratch, plan)
                _make_all(con, inputs, out, step or (lambda done, of: None), plan)
        except duckdb.InterruptException as error:
            raise ImportCancelled from error
        except duckdb.IOException as error:
            # What is read was verified before: it is the writing that failed.
            raise OSError(errno.ENOSPC, str(error)) from error
        finally:
            con.close()
            shutil.rmtree(scratch, ignore_errors=True)
        for path in out.iterdir():
            path.chmod(0o600)

    @classmethod
    def open(
        cls, built: Path, *, sql: Path = SQL, team: str | None = None
    ) -> Warehouse:
        """Open a folder that `build` filled, or what it holds of one ``team``."""
        return cls(built, sql, team)

    def __init__(self, built: Path, sql: Path, team: str | None) -> None:
        """Lock an instance down on ``built``."""
        self._sql = sql
        self._answers: Answers[pa.Table] = Answers(
            CACHED_ANSWERS, CACHED_BYTES, lambda rows: int(rows.nbytes)
        )
        spill = Path(tempfile.mkdtemp(prefix="aplomb-"))
        weakref.finalize(self, shutil.rmtree, spill, ignore_errors=True)
        # One thread a query: measured faster than two, alone and in a crowd.
        self._con = _connect(spill, [built], 1)
        self.tables = parts.load(self._con, built, team)

    def holds(self, mart: str) -> bool:
        """Tell whether every table that a mart reads is there."""
        return _readings(self._sql)[mart] <= self.tables

    def model(self, mart: str) -> Model:
        """Return the mart's file and declarations; KeyError when there is none."""
        model = models.read(self._sql)[mart]
        if model.layer != "marts":
            raise KeyError(mart)
        return model

    def values(self, table: str, column: str) -> list[object]:
        """Return the distinct values of one column of a built table, sorted."""
        if table not in self.tables:
            return []
        rows = self._con.cursor().table(table)
        found = rows.select(duckdb.ColumnExpression(column)).distinct().fetchall()
        return sorted(row[0] for row in found if row[0] is not None)

    def query(self, mart: str, **params: object) -> pa.Table:
        """Return the rows of a mart.

        Raises TypeError when a parameter is missing or not the mart's, NoData when a
        table it reads was not built, TooSlow after QUERY_SECONDS.
        """
        model = self.model(mart)
        if set(params) != set(model.params):
            raise TypeError(f"{mart} takes {model.params}, not {tuple(params)}")
        key = (mart, tuple(sorted(params.items())))
        return self._answers.get(key, lambda: self._run(model, params))

    def _run(self, model: Model, params: Mapping[str, object]) -> pa.Table:
        missing = _readings(self._sql)[model.name] - self.tables
        if missing:
            raise NoData(unlock=sorted(missing)[0])
        cursor = self._con.cursor()
        timer = threading.Timer(QUERY_SECONDS, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            rows = cursor.sql(model.text, params=dict(params) or None)
            return rows.to_arrow_table()
        except duckdb.InterruptException as error:
            raise TooSlow(figure=model.name, seconds=QUERY_SECONDS) from error
        finally:
            timer.cancel()
            with suppress(duckdb.Error):
                cursor.close()
