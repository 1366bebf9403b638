"""From the files somebody gives to figures that everybody sees, in one switch.

Files are read in a process of their own; rows and built tables are prepared beside the
data that counts and take its place together, or not at all.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from core import intake, store
from core.errors import DataDamaged, ImportCancelled, ImportRunning
from core.inputs import fingerprint, inputs
from core.intake import Progress as Progress
from core.intake import Report
from core.manifest import ImportRecord, Manifest
from core.models import SQL
from core.sources.child import Cancel
from core.sources.model import Choices, FileReport, Refusal
from core.store import PRIVATE_FOLDER, Staging, Store, Upload
from core.warehouse import Warehouse
from core.workspace import WorkspaceSettings

_jobs: dict[Path, ImportJob] = {}
_jobs_lock = threading.Lock()


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did.

    ``rows_known`` counts kept rows of records that were held already, ``rows_new`` the
    others; ``already_imported`` names the files that had been imported before, with
    the same choices; ``version`` is the state that counts now.
    """

    reports: tuple[FileReport, ...]
    refusals: tuple[Refusal, ...]
    rows_new: int
    rows_known: int
    already_imported: tuple[str, ...]
    version: int


def _build(
    staging: Staging,
    settings: WorkspaceSettings,
    manifest: Manifest,
    raw: Mapping[str, Sequence[Path]],
    sql: Path,
    report: Report,
    cancel: Cancel,
) -> Path:
    store, old = staging.store, staging.manifest
    beside = inputs(manifest, settings)
    plan = Warehouse.plan(raw, beside, _earlier(store, old), sql=sql)
    store.verify(old, *(f"raw/{name}" for name in plan.raw))
    built = staging.folder / "built"
    built.mkdir(mode=PRIVATE_FOLDER)
    Warehouse.build(
        raw,
        beside,
        built,
        sql=sql,
        plan=plan,
        cancelled=lambda: cancel.cancelled,
        step=lambda done, of: report(
            Progress("building", models_done=done, models_total=of)
        ),
    )
    if cancel.cancelled:
        raise ImportCancelled
    report(Progress("saving"))
    return built


def _earlier(store: Store, manifest: Manifest) -> Path | None:
    """Return the folder of the tables that count now, if they are whole."""
    try:
        store.verify(manifest, "built")
    except DataDamaged:
        return None
    return store.folder / manifest.built if manifest.built else None


def run(
    target: Store,
    settings: WorkspaceSettings,
    uploads: Sequence[Upload],
    choices: Mapping[str, Choices],
    who: str,
    progress: Report | None = None,
    cancel: Cancel | None = None,
    *,
    isolate: bool = True,
    sql: Path = SQL,
) -> ImportOutcome:
    """Import files into a workspace, wholly or not at all.

    ``choices`` are keyed by `Inspection.file`. With ``isolate`` files are read in a
    process of their own. Raises ImportRunning, ImportCancelled, CannotWrite and
    DataDamaged; a file that cannot be read is a refusal, and the others go on.
    """
    report = progress or (lambda _: None)
    cancel = cancel or Cancel()
    with target.importing(who) as staging:
        old = staging.manifest
        fresh, again = intake.sort(uploads, choices, settings, old)
        out = staging.folder / "read"
        out.mkdir(mode=PRIVATE_FOLDER)
        reports, refusals = intake.read(
            list(fresh.values()), choices, out, settings, report, cancel, isolate
        )
        useful = {r.sha256 for r in reports if r.rows_kept}
        record = ImportRecord(
            import_id=staging.import_id,
            at=datetime.now(UTC),
            who=who,
            reports=tuple(reports),
            refusals=tuple(refusals),
            receipts=tuple(r for r in fresh if r.sha256 in useful),
        )
        version = old.version
        if useful:
            files = intake.name(staging, out)
            earlier, added = target.raw(old), intake.by_object(files)
            rows, known = intake.count(added, earlier)
            record = replace(record, rows_new=rows - known, rows_known=known)
            after = replace(old, imports=(*old.imports, record))
            raw = {
                name: [*earlier.get(name, ()), *added.get(name, ())]
                for name in earlier.keys() | added.keys()
            }
            version = staging.commit(
                built=_build(staging, settings, after, raw, sql, report, cancel),
                fingerprint=fingerprint(settings, sql),
                record=record,
                files=files,
            ).version
    target.discard(uploads)
    return ImportOutcome(
        reports=record.reports,
        refusals=record.refusals,
        rows_new=record.rows_new,
        rows_known=record.rows_known,
        already_imported=again,
        version=version,
    )


def refresh(
    target: Store, settings: WorkspaceSettings, who: str, *, sql: Path = SQL
) -> bool:
    """Build the tables anew if settings or models changed since; tell whether so."""
    if not _is_stale(target.manifest(), settings, sql):
        return False
    with target.importing(who) as staging:
        # Somebody may have done it while this one waited for the lock.
        if _is_stale(staging.manifest, settings, sql):
            _rebuild(staging, settings, sql)
    return True


def _is_stale(manifest: Manifest, settings: WorkspaceSettings, sql: Path) -> bool:
    changed = manifest.fingerprint != fingerprint(settings, sql)
    return manifest.built is not None and changed


def undo(
    target: Store,
    settings: WorkspaceSettings,
    import_id: str,
    who: str,
    *,
    sql: Path = SQL,
) -> Manifest:
    """Take an import back: its files go, figures are as if it had never been.

    Raises KeyError when the workspace holds no such import.
    """
    with target.importing(who) as staging:
        if import_id not in {r.import_id for r in staging.manifest.imports}:
            raise KeyError(import_id)
        return _rebuild(staging, settings, sql, import_id)


def _rebuild(
    staging: Staging, settings: WorkspaceSettings, sql: Path, dropped: str | None = None
) -> Manifest:
    old = staging.manifest
    kept = tuple(r for r in old.imports if r.import_id != dropped)
    files = {n: f for n, f in old.files.items() if store.stays(n, dropped)}
    after = replace(old, imports=kept, files=files)
    raw = staging.store.raw(after)
    built = _build(staging, settings, after, raw, sql, lambda _: None, Cancel())
    return staging.commit(
        built=built, fingerprint=fingerprint(settings, sql), dropped=dropped
    )


class ImportJob:
    """One import at work, or the last one until somebody has seen its end."""

    def __init__(self, who: str) -> None:
        """Describe a job that ``who`` starts; `start` makes it run."""
        self.who = who
        self.since = datetime.now(UTC)
        self._progress = Progress()
        self._cancel = Cancel()
        self._end: Future[ImportOutcome] = Future()

    @classmethod
    def start(
        cls,
        target: Store,
        settings: WorkspaceSettings,
        uploads: Sequence[Upload],
        choices: Mapping[str, Choices],
        who: str,
    ) -> ImportJob:
        """Start an import in the background; raises ImportRunning while one runs."""
        job = cls(who)
        with _jobs_lock:
            other = _jobs.get(target.folder.resolve())
            if other is not None and not other.done:
                raise ImportRunning(who=other.who, since=other.since)
            if holder := target.running():
                raise ImportRunning(who=holder[0], since=holder[1])
            _jobs[target.folder.resolve()] = job
        # A daemon: a server that stops need not wait, nothing is ever half done.
        threading.Thread(
            target=job._work, args=(target, settings, uploads, choices), daemon=True
        ).start()
        return job

    @classmethod
    def find(cls, target: Store) -> ImportJob | None:
        """Return the workspace's job that runs, or whose end nobody has seen yet."""
        with _jobs_lock:
            return _jobs.get(target.folder.resolve())

    @classmethod
    def forget(cls, target: Store) -> None:
        """Drop the workspace's job once its end has been shown."""
        with _jobs_lock:
            job = _jobs.get(target.folder.resolve())
            if job is not None and job.done:
                del _jobs[target.folder.resolve()]

    def _work(
        self,
        target: Store,
        settings: WorkspaceSettings,
        uploads: Sequence[Upload],
        choices: Mapping[str, Choices],
    ) -> None:
        try:
            outcome = run(
                target, settings, uploads, choices, self.who, self._tell, self._cancel
            )
        except BaseException as error:
            self._end.set_exception(error)
        else:
            self._end.set_result(outcome)

    def _tell(self, progress: Progress) -> None:
        self._progress = progress

    def progress(self) -> Progress:
        """Return how far the job is."""
        return self._progress

    def cancel(self) -> None:
        """Ask the job to stop; it ends with ImportCancelled unless it was done."""
        self._cancel.cancel()

    @property
    def done(self) -> bool:
        """Tell whether the job has ended, well or not."""
        return self._end.done()

    def result(self, seconds: float | None = None) -> ImportOutcome:
        """Return the outcome, waiting for it; raises what the import raised."""
        return self._end.result(seconds)
