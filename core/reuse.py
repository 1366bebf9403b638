"""Which built tables are still true: nothing they are made from has changed.

A build leaves beside its tables the print of each: a digest of the model's text and
of the prints of all it reads, down to the raw files and the inputs. Raw files never
change and their names are never given twice in a workspace, so a name and a size tell
one. The next build takes over the tables whose print is the same and makes the others.
"""

from __future__ import annotations

import graphlib
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from core.models import Model
from core.sources.objects import objects

FILE = "prints.json"


@dataclass(frozen=True)
class Plan:
    """What a build does.

    ``made`` are the models to run, each after those it reads; ``kept`` the tables that
    the build leaves, ``taken`` those of them that ``previous``, the folder of the build
    before, holds already; ``prints`` what each kept table is made from. ``shared`` are
    models that several of ``made`` read, ``raw`` the objects whose files they read,
    ``inputs`` the inputs that marts ask for.
    """

    made: tuple[Model, ...]
    kept: frozenset[str]
    taken: frozenset[str]
    prints: Mapping[str, str]
    shared: frozenset[str]
    raw: frozenset[str]
    inputs: frozenset[str]
    previous: Path | None

    def take(self, out: Path) -> None:
        """Give ``out`` the tables that are still true: the same files, by a link."""
        for name in sorted(self.taken):
            assert self.previous is not None
            source, target = (f / f"{name}.parquet" for f in (self.previous, out))
            try:
                os.link(source, target)
            except OSError:
                # Some disks have no links; a copy that fails says why.
                shutil.copyfile(source, target)

    def sign(self, out: Path) -> None:
        """Leave in ``out`` what its tables were made from, for the next build."""
        (out / FILE).write_text(json.dumps(self.prints), "utf-8")


def _digest(*parts: str) -> str:
    # A length before each part: what ends one cannot begin the next.
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def _raw_print(name: str, paths: Sequence[Path]) -> str:
    files = [f"{path.name} {path.stat().st_size}" for path in paths]
    return _digest(str(objects()[name].schema()), *files)


def _input_print(table: pa.Table) -> str:
    columns = table.to_pydict()
    return _digest(str(table.schema), repr(columns))


def _signed(folder: Path | None) -> dict[str, str]:
    """Return the prints that a build left; none if it was of an earlier release."""
    if folder is None or not (folder / FILE).is_file():
        return {}
    prints: dict[str, str] = json.loads((folder / FILE).read_text("utf-8"))
    return {n: p for n, p in prints.items() if (folder / f"{n}.parquet").is_file()}


def order(
    models: Mapping[str, Model], readings: Mapping[str, frozenset[str]]
) -> list[Model]:
    """Return staging and intermediate models, each after those it reads."""
    found = {n: m for n, m in models.items() if m.layer != "marts"}
    graph = {name: readings[name] & found.keys() for name in found}
    return [found[name] for name in graphlib.TopologicalSorter(graph).static_order()]


def plan(
    models: Mapping[str, Model],
    readings: Mapping[str, frozenset[str]],
    raw: Mapping[str, Sequence[Path]],
    inputs: Mapping[str, pa.Table],
    previous: Path | None,
    engine: str,
) -> Plan:
    """Return what to make of ``models``; ``readings`` names the tables each reads.

    ``engine`` stands for all else that decides what is written.
    """
    found = order(models, readings)
    marts = [name for name, model in models.items() if model.layer == "marts"]
    asked = frozenset[str]().union(*(readings[name] for name in marts))
    prints = {name: _input_print(table) for name, table in inputs.items()}
    prints |= {f"raw_{name}": _raw_print(name, raw.get(name, ())) for name in objects()}
    for model in found:
        read = sorted(readings[model.name])
        below = [part for name in read for part in (name, prints[name])]
        prints[model.name] = _digest(engine, model.text, *below)
    kept = {m.name for m in found if m.layer == "intermediate" or m.name in asked}
    signed = _signed(previous)
    taken = {name for name in kept if signed.get(name) == prints[name]}
    wanted = kept - taken
    for model in reversed(found):
        if model.name in wanted:
            wanted |= readings[model.name] - taken
    made = tuple(model for model in found if model.name in wanted)
    readers = Counter(name for model in made for name in readings[model.name])
    return Plan(
        made=made,
        kept=frozenset(kept),
        taken=frozenset(taken),
        prints={name: prints[name] for name in sorted(kept)},
        shared=frozenset(name for name, count in readers.items() if count > 1),
        raw=frozenset(n for n in objects() if readers[f"raw_{n}"]),
        inputs=asked & inputs.keys(),
        previous=previous,
    )
