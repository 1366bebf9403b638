"""What the exports say beside a criterion: a figure, its period, and where to see more.

A figure never changes an answer. Which criterion has which is ``evidence.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from core.practices.reading import ENOUGH_PEOPLE, is_few
from core.rules import Rules
from core.workspace import Workspace

_FILE = Path(__file__).with_name("evidence.toml")
_HELD = ("account", "contact", "lead", "opportunity")
_FEWEST_MANAGERS = 3
_FEWEST_TEAMS = 2


@dataclass(frozen=True)
class Sign:
    """A figure beside a criterion: ``part`` of ``whole``, up to ``day``.

    Its words are the text ``score.evidence.<figure>``; ``page`` tells more.
    """

    criterion: str
    figure: str
    page: str
    part: int
    whole: int
    day: date


@dataclass(frozen=True)
class _Seen:
    """What figures are made of: people judged, their weeks since the launch."""

    workspace: Workspace
    kind: str
    judged: pd.DataFrame
    rows: pd.DataFrame
    day: date
    rules: Rules


Counts = tuple[int, int] | None


@cache
def entries() -> Mapping[str, Mapping[str, str]]:
    """Return which figure stands beside which criterion."""
    return tomllib.loads(_FILE.read_text("utf-8"))


def signs(
    workspace: Workspace,
    kind: str,
    judged: pd.DataFrame,
    rows: pd.DataFrame,
    day: date,
    rules: Rules,
) -> tuple[Sign, ...]:
    """Return what may be told beside the criteria of a feature.

    ``judged`` are the people of `core.scorecards.measured.habits`, ``rows`` their weeks
    of ``mart_feature_week``. What tells of few people is left out.
    """
    known = rows[rows["user_id"].isin(judged["user_id"])]
    seen = _Seen(workspace, kind, judged, known, day, rules)
    found = []
    for criterion, entry in entries().items():
        counts = _FIGURES[entry["figure"]](seen)
        if counts is not None:
            figure, page = entry["figure"], entry["page"]
            found.append(Sign(criterion, figure, page, *counts, _until(seen, figure)))
    return tuple(found)


def _until(seen: _Seen, figure: str) -> date:
    """Return the day that a figure goes to: records are read as they are last known."""
    period = seen.workspace.period
    return period[1] if figure == "fresh" and period else seen.day


def _of_people(seen: _Seen, part: int, whole: int, fewest: int) -> Counts:
    if whole < fewest or is_few(seen.workspace, whole, part, whole - part):
        return None
    return part, whole


def _kept(seen: _Seen) -> Counts:
    """Of those who ever used it, how many did in their last worked weeks."""
    until = seen.rows[seen.rows["week"] <= pd.Timestamp(seen.day)]
    tried = set(until.loc[until["is_used"], "user_id"])
    still = seen.judged[seen.judged["weeks_used"] > 0]
    again = len(tried & set(still["user_id"]))
    return _of_people(seen, again, len(tried), ENOUGH_PEOPLE)


def _without(seen: _Seen) -> Counts:
    """Of those active in their last worked weeks, how many did without it."""
    active = seen.judged[seen.judged["active_days"] > 0]
    without = int(active["weeks_used"].eq(0).sum())
    return _of_people(seen, without, len(active), ENOUGH_PEOPLE)


def _managers(seen: _Seen) -> Counts:
    """Of the managers it is meant for, how many used it in their last worked weeks."""
    judged = seen.judged
    led = judged[judged["user_id"].isin(judged["manager_id"].dropna())]
    using = int(led["weeks_used"].gt(0).sum())
    return _of_people(seen, using, len(led), _FEWEST_MANAGERS)


def _early(seen: _Seen) -> Counts:
    """Of those it is meant for, how many used it in the first weeks."""
    first = (
        seen.rows["week"]
        .drop_duplicates()
        .nsmallest(int(seen.rules["score.retro.weeks"]))
    )
    early = seen.rows[seen.rows["week"].isin(first) & seen.rows["is_used"]]
    users = early["user_id"].nunique()
    return _of_people(seen, users, len(seen.judged), ENOUGH_PEOPLE)


def _teams(seen: _Seen) -> Counts:
    """Of the teams large enough, in how many it is not rejected."""
    k = seen.workspace.settings.k if seen.workspace.privacy == "teams" else 0
    teams = seen.judged.groupby("team")["is_user"].agg(["size", "sum"])
    teams = teams[teams["size"] >= max(k, ENOUGH_PEOPLE)]
    if len(teams) < _FEWEST_TEAMS or any(
        is_few(seen.workspace, used, size - used)
        for size, used in zip(teams["size"], teams["sum"], strict=True)
    ):
        return None
    share = teams["sum"] / teams["size"]
    return int((share >= seen.rules["score.retro.rejected"]).sum()), len(teams)


def _fresh(seen: _Seen) -> Counts:
    """Of the records of the object, how many moved in the last twelve months."""
    name = seen.kind.removeprefix("field:").partition(".")[0]
    if name not in _HELD or seen.workspace.period is None:
        return None
    last = seen.workspace.period[1].isoformat()
    rows = seen.workspace.derive("mart_freshness", as_of=last)
    rows = rows[rows["object"] == name]
    records = int(rows["record_count"].sum())
    if not records or is_few(seen.workspace, rows["owner_id"].nunique()):
        return None
    return int(rows["fresh_count"].sum()), records


_FIGURES: Mapping[str, Callable[[_Seen], Counts]] = {
    "kept": _kept,
    "without": _without,
    "managers": _managers,
    "fresh": _fresh,
    "teams": _teams,
    "early": _early,
}
