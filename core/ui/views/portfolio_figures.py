"""The figures of each workspace, as its Home would say them, computed one at a time.

A workspace whose figures are kept is read at once. The others wait for the one thread
that computes, so that sixty of them never hold a page; what fails is told of one
workspace and stops no other.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core import judgement, licences
from core.accounts import workspaces
from core.accounts.workspaces import WorkspaceInfo
from core.errors import CrmError, DataDamaged, GroupTooSmall
from core.portfolio import figures, project
from core.portfolio.figures import Figures
from core.portfolio.rows import Row, row
from core.rules import Rules
from core.scene import Scene, unfiltered
from core.store import Store
from core.symptoms import Symptom
from core.ui import opening
from core.visit import Visit
from core.workspace import Rights, WorkspaceSettings

_log = logging.getLogger("aplomb")
# How long a page waits before it shows that the rest is being computed.
_PATIENCE = 0.8
# What failed is tried again after this time: files may be back in their place.
_AGAIN = 60.0
_worker = ThreadPoolExecutor(1, thread_name_prefix="portfolio")
_lock = threading.Lock()
_asked: dict[tuple[str, str], Future[Figures]] = {}
_failed: dict[tuple[str, str], tuple[float, Figures]] = {}


@dataclass(frozen=True)
class Asked:
    """The workspaces of a reader, and the figures that are known of them."""

    infos: Sequence[WorkspaceInfo]
    known: Mapping[str, Figures]
    pending: Mapping[str, Future[Figures]]

    @property
    def done(self) -> int:
        """Count the workspaces whose figures are there by now."""
        return len(self.known) + sum(one.done() for one in self.pending.values())


def mine(visit: Visit) -> list[WorkspaceInfo]:
    """Return the workspaces that the reader is a member of; the demo's for a visitor.

    The administrator too sees those only where somebody made them a member.
    """
    account = visit.account.account_id
    if account is None:
        shown = visit.workspace_id and workspaces.get(visit.workspace_id)
        return [shown] if shown else []
    return workspaces.open_to(account)


def ask(visit: Visit) -> Asked:
    """Return what is known of each workspace, and have the rest computed."""
    infos = mine(visit)
    known: dict[str, Figures] = {}
    pending: dict[str, Future[Figures]] = {}
    for info in infos:
        found = _find(visit, info)
        if isinstance(found, Figures):
            known[info.workspace_id] = found
        else:
            pending[info.workspace_id] = found
    if pending:
        wait_for(pending.values(), timeout=_PATIENCE)
    for identifier, future in list(pending.items()):
        if future.done():
            known[identifier] = future.result()
            del pending[identifier]
    return Asked(infos, known, pending)


def rows(asked: Asked) -> list[Row]:
    """Return a row a workspace, as the page shows them."""
    found = []
    for info in asked.infos:
        try:
            settings = WorkspaceSettings.from_json(info.settings)
        except (CrmError, ValueError, TypeError):
            # Its figures say that it failed; the row has the defaults.
            settings = WorkspaceSettings()
        found.append(
            row(
                (info.workspace_id, info.name),
                project.of(info.settings),
                asked.known.get(info.workspace_id),
                Rules.of(settings.rules),
                today=datetime.now(ZoneInfo(settings.timezone)).date(),
                currency=settings.currency,
            )
        )
    return found


def _find(visit: Visit, info: WorkspaceInfo) -> Figures | Future[Figures]:
    try:
        settings = WorkspaceSettings.from_json(info.settings)
        store = Store(workspaces.folder(info.workspace_id))
        manifest = store.manifest()
        if not manifest.objects:
            return Figures("empty")
        if not figures.is_whole(store, manifest):
            return Figures("damaged")
        asked = figures.key(manifest, settings, Rights.of(visit.role))
        found = figures.kept(store.folder, asked)
    except DataDamaged:
        return Figures("damaged")
    except Exception:  # one workspace must not hide the others
        _log.exception("portfolio: workspace %s", info.workspace_id)
        return Figures("failed")
    if found is not None:
        return found
    return _queued(visit, info, asked)


def _queued(visit: Visit, info: WorkspaceInfo, asked: str) -> Figures | Future[Figures]:
    """Have figures computed, once however many ask."""
    which = (info.workspace_id, asked)
    with _lock:
        at, failed = _failed.get(which, (0.0, None))
        if failed is not None and time.monotonic() - at < _AGAIN:
            return failed
        _failed.pop(which, None)
        future = _asked.get(which)
        if future is None:
            future = _asked[which] = _worker.submit(_computed, visit, info, which)
        return future


def _computed(visit: Visit, info: WorkspaceInfo, which: tuple[str, str]) -> Figures:
    try:
        found = compute(visit, info)
    except DataDamaged:
        found = Figures("damaged")
    except Exception:  # one workspace must not hide the others
        _log.exception("portfolio: workspace %s", info.workspace_id)
        found = Figures("failed")
    with _lock:
        if found.kind in ("damaged", "failed"):
            _failed[which] = (time.monotonic(), found)
        _asked.pop(which, None)
    return found


def compute(visit: Visit, info: WorkspaceInfo) -> Figures:
    """Return the figures of one workspace, and keep them beside its data."""
    workspace = opening.opened(info, visit.role)
    seen = replace(visit, workspace=workspace, workspace_id=info.workspace_id)
    one = unfiltered(seen)
    if one is None:
        found = _alone(seen, "no_people")
    elif judgement.is_untold(one):
        found = replace(_alone(seen, "hidden"), as_of=one.period.as_of, headline=None)
    else:
        found = _of_people(one)
    key = figures.key(workspace.manifest, workspace.settings, workspace.rights)
    figures.keep(workspace.store.folder, key, found)
    return found


def _alone(visit: Visit, kind: figures.Kind) -> Figures:
    assert visit.workspace is not None
    it = judgement.judged_alone(visit.workspace)
    first = judgement.first_steps_alone(visit.workspace, it)[0]
    return Figures(
        kind,
        state=it.verdict.state,
        headline=it.verdict.headline,
        as_of=visit.workspace.period[1] if visit.workspace.period else None,
        step=first.what,
        step_code=first.code,
    )


def _of_people(one: Scene) -> Figures:
    it = judgement.judged(one)
    first = judgement.first_steps(one, it)[0]
    asleep, cost = _licences(one)
    return replace(
        figures.measure(one.workspace, one.period.as_of),
        state=it.verdict.state,
        headline=figures.of_company(it.verdict.headline),
        asleep=asleep,
        cost=cost,
        symptoms=_present(it.found, it.facts.symptoms),
        step=None if first.code in ("team", "fall") else first.what,
        step_code=first.code,
    )


def _present(
    found: Sequence[Symptom] | None, present: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Return the symptoms present, None where none of the five can be told."""
    can_tell = found and any(one.state != "not_enough_data" for one in found)
    return present if can_tell else None


def _licences(one: Scene) -> tuple[int | None, float | None]:
    """Return the licences asleep and what they cost a month, None where untold."""
    if not one.workspace.has("user"):
        return None, None
    with suppress(GroupTooSmall):
        held = licences.ladders(one.workspace, one.period.as_of, period=one.gate)
        return held.total.asleep, held.cost
    return None, None
