"""The figures of a workspace that the portfolio shows, and how they are kept.

They tell of the whole company only. Computed once, they stay in a file of the
workspace's folder until its data, its settings or this program change.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from core.manifest import Manifest
from core.sentences import Sentence
from core.settings import ROOT
from core.severity import IN_TEAMS
from core.store import PRIVATE_FILE, Store
from core.workspace import Rights, Workspace, WorkspaceSettings

Kind = Literal["told", "hidden", "no_people", "empty", "damaged", "failed"]
FILE = "portfolio.json"
# The share of habitual people is read on one day of so many months, the last included.
POINTS = 7
BACK = 3
# A habit is told of twelve weeks.
_HABIT_DAYS = 84
# Sentences that name teams, and those that say the same of the company.
_WHOLE = {
    "headline.range.team": "headline.range.below",
    "headline.range.teams": "headline.range.below",
    "headline.range.half_team": "headline.range.half",
    "headline.change.team": "headline.change.down",
    **dict.fromkeys(IN_TEAMS, "headline.symptom.blunted_tool"),
}


@dataclass(frozen=True)
class Figures:
    """What one workspace's data say of the company on the day ``as_of``.

    ``kind`` is "told", or why nothing is: too few people for the privacy chosen
    (hidden), no trace of anybody (no_people), nothing imported (empty), files that are
    not as written (damaged), an error of ours (failed). ``habit`` are the shares of
    habitual people among open accounts, a month apart, the oldest first. ``asleep``
    are the licences not used and ``cost`` their price a month. ``symptoms`` are the
    codes of those present, the gravest first; None where they cannot be told. Counts
    are None where they are not known or would tell of too few people.
    """

    kind: Kind
    state: str = "not_enough_data"
    headline: Sentence | None = None
    as_of: date | None = None
    licensed: int | None = None
    active: int | None = None
    habit: tuple[float | None, ...] = ()
    asleep: int | None = None
    cost: float | None = None
    symptoms: tuple[str, ...] | None = None
    step: Sentence | None = None
    step_code: str = ""

    @property
    def share(self) -> float | None:
        """Return the share of habitual people now."""
        return self.habit[-1] if self.habit else None

    @property
    def before(self) -> float | None:
        """Return the share of habitual people three months before."""
        return self.habit[-1 - BACK] if len(self.habit) > BACK else None

    @property
    def trend(self) -> float | None:
        """Return the change of that share in three months, 0.1 is ten points."""
        if self.share is None or self.before is None:
            return None
        return self.share - self.before

    def to_json(self) -> dict[str, Any]:
        """Return the figures as values that JSON holds."""
        return {**asdict(self), "as_of": self.as_of and self.as_of.isoformat()}

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Figures:
        """Return the figures that `to_json` gave; raises what a wrong entry raises."""
        values = dict(entry)
        for name in ("headline", "step"):
            if values[name] is not None:
                values[name] = Sentence(**values[name])
        if values["as_of"] is not None:
            values["as_of"] = date.fromisoformat(values["as_of"])
        if values["symptoms"] is not None:
            values["symptoms"] = tuple(values["symptoms"])
        values["habit"] = tuple(values["habit"])
        return cls(**values)


def of_company(sentence: Sentence) -> Sentence:
    """Return a verdict's sentence without the teams that it names."""
    if sentence.key not in _WHOLE:
        return sentence
    kept = {n: v for n, v in sentence.values.items() if n not in _PARTS}
    return replace(sentence, key=_WHOLE[sentence.key], values=kept)


_PARTS = ("team", "teams", "part")


def _told(count: int, whole: int, workspace: Workspace) -> int | None:
    """Return a count, None where it or its rest are too few people to tell of."""
    few = (count, whole - count)
    is_few = any(0 < people < workspace.settings.k for people in few)
    return None if workspace.privacy == "teams" and is_few else count


def _counts(workspace: Workspace, day: date) -> tuple[int, int, int] | None:
    """Return the open accounts, the active and the habitual; None where untold."""
    row = workspace.query("mart_adoption", as_of=day.isoformat()).iloc[0]
    if row["is_suppressed"] or not row["licensed"]:
        return None
    return int(row["licensed"]), int(row["active"]), int(row["habitual"])


def _first_day(workspace: Workspace) -> pd.Timestamp | None:
    """Return the day from which all kinds of traces are known, None without any."""
    row = workspace.query("mart_period").iloc[0]
    starts = [row[name] for name in ("first_login_day", "first_activity_day")]
    known = [day for day in starts if not pd.isna(day)]
    if known:
        return pd.Timestamp(max(known))
    return None if pd.isna(row["first_day"]) else pd.Timestamp(row["first_day"])


def measure(workspace: Workspace, day: date) -> Figures:
    """Return the open accounts, the active and the habitual share of each month."""
    found = Figures("told", as_of=day)
    start, now = _first_day(workspace), _counts(workspace, day)
    if now is None or start is None:
        return found
    licensed, active, _ = now
    shares: list[float | None] = []
    for back in reversed(range(POINTS)):
        then = pd.Timestamp(day) - pd.DateOffset(months=back)
        is_known = (then - start).days >= _HABIT_DAYS - 1
        counts = _counts(workspace, then.date()) if is_known else None
        habitual = None if counts is None else _told(counts[2], counts[0], workspace)
        shares.append(None if habitual is None else habitual / (counts or now)[0])
    return replace(
        found,
        licensed=licensed,
        active=_told(active, licensed, workspace),
        habit=tuple(shares),
    )


@functools.cache
def release() -> str:
    """Return what tells this program from another that may compute otherwise."""
    found = hashlib.sha256()
    for folder, kind in (("core", "*.py"), ("core", "rules.toml"), ("sql", "*.sql")):
        for path in sorted((ROOT / folder).rglob(kind)):
            found.update(path.read_bytes())
    return found.hexdigest()


def key(manifest: Manifest, settings: WorkspaceSettings, rights: Rights) -> str:
    """Return what the figures depend on: other figures have another key."""
    seen = (rights.can_see_names, rights.can_see_contacts)
    stated = [release(), manifest.state, settings.to_json(), seen]
    text = json.dumps(stated, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(store: Store, manifest: Manifest) -> bool:
    """Tell whether the built files are there with their sizes: a look, not a proof."""
    folder = str(store.folder)
    for name, stored in manifest.files.items():
        if name.startswith("built/"):
            try:
                size = os.stat(f"{folder}/{name}").st_size
            except OSError:
                return False
            if size != stored.size:
                return False
    return True


def kept(folder: Path, asked: str) -> Figures | None:
    """Return the figures kept under the key ``asked``, None without any."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        entry = json.loads((folder / FILE).read_text("utf-8"))
        if entry["key"] == asked:
            return Figures.from_json(entry["figures"])
    return None


def keep(folder: Path, asked: str, found: Figures) -> None:
    """Keep figures for the next time; where it cannot be, they are computed again."""
    beside = folder / f"{FILE}.{secrets.token_hex(4)}"
    content = json.dumps({"key": asked, "figures": found.to_json()})
    with suppress(OSError):
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        with open(handle, "w", encoding="utf-8") as file:
            file.write(content)
        beside.replace(folder / FILE)
