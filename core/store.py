"""A workspace's folder: immutable files, and a manifest that says which ones count.

    MANIFEST.json                         replaced in one rename, after what it names
    raw/<object>/<import_id>-<n>.parquet  rows as imported, never changed
    rejects/<import_id>.parquet           rows that could not be kept
    built/<version>/<table>.parquet       what the figures are computed from
    incoming/                             uploads and work in progress
    lock                                  held while somebody imports; says who
    key                                   the secret of the workspace's pseudonyms

Whatever kills an import, the manifest names the old state or the new one. What it
does not name is swept away when the next import starts.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from core import manifest as manifests
from core.errors import CannotWrite, DataDamaged, ImportRunning
from core.manifest import ImportRecord, Manifest, Stored

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
UPLOAD_HOURS = 24
_BLOCK = 1024 * 1024
_CANNOT_WRITE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES)


@dataclass(frozen=True)
class Upload:
    """A file given by somebody: where it is, and the name they know it by."""

    path: Path
    label: str


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Have the disk hold a file, or a folder's list of names, before going on."""
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _make_folder(folder: Path) -> None:
    # mkdir's own parents=True gives them the mode of the process.
    if not folder.parent.exists():
        _make_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Replace a small file in one step that survives a power cut."""
    beside = path.with_name(path.name + ".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with open(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


class Store:
    """The folder of one workspace, for any number of readers and one import."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when something is first written."""
        self.folder = folder
        self.incoming = folder / "incoming"

    def manifest(self) -> Manifest:
        """Return the state that counts now; raises DataDamaged if it is unreadable."""
        try:
            text = (self.folder / manifests.NAME).read_text("utf-8")
        except FileNotFoundError:
            if any((self.folder / kind).exists() for kind in ("raw", "built")):
                raise DataDamaged(file=manifests.NAME) from None
            return Manifest()
        except UnicodeDecodeError as error:
            raise DataDamaged(file=manifests.NAME) from error
        return manifests.from_json(text)

    def raw(self, manifest: Manifest | None = None) -> dict[str, list[Path]]:
        """Return the raw files of each object, in the order of their imports."""
        found: dict[str, list[Path]] = {}
        for name in sorted((manifest or self.manifest()).files):
            kind, _, rest = name.partition("/")
            if kind == "raw":
                found.setdefault(rest.partition("/")[0], []).append(self.folder / name)
        return found

    def raw_files(self, name: str) -> list[Path]:
        """Return the raw files of one object, in the order of their imports."""
        return self.raw().get(name, [])

    def rejects(self, import_id: str) -> Path | None:
        """Return the file of the rows that an import could not keep, if any."""
        name = f"rejects/{import_id}.parquet"
        return self.folder / name if name in self.manifest().files else None

    def verify(self, manifest: Manifest, *kinds: str) -> None:
        """Raise DataDamaged unless the stored files are there and as written.

        ``kinds`` are folders, as ``built`` or ``raw/login``.
        """
        folders = tuple(f"{kind}/" for kind in kinds) or ""
        for name in filter(lambda name: name.startswith(folders), manifest.files):
            path, stored = self.folder / name, manifest.files[name]
            is_there = path.is_file() and path.stat().st_size == stored.size
            if not is_there or sha256(path) != stored.sha256:
                raise DataDamaged(file=name)

    def key(self) -> bytes:
        """Return the workspace's own secret, made at the first call."""
        path = self.folder / "key"
        with suppress(FileNotFoundError):
            return path.read_bytes()
        _make_folder(self.folder)
        beside = path.with_name(f"key.{secrets.token_hex(8)}")
        _write(beside, secrets.token_bytes(32))
        # Two first readers at once must agree: the second link fails.
        with suppress(FileExistsError):
            os.link(beside, path)
        beside.unlink()
        return path.read_bytes()

    def receive(self, label: str, content: BinaryIO) -> Upload:
        """Keep an upload in ``incoming`` until it is imported, a day at most."""
        _make_folder(self.incoming)
        path = self.incoming / f"upload-{secrets.token_hex(16)}"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        try:
            with open(handle, "wb") as file, self._writing():
                shutil.copyfileobj(content, file, _BLOCK)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Upload(path, label)

    def discard(self, uploads: Sequence[Upload]) -> None:
        """Delete uploads kept in ``incoming``; files from elsewhere are left alone."""
        for upload in uploads:
            if upload.path.parent == self.incoming:
                upload.path.unlink(missing_ok=True)

    def running(self) -> tuple[str, datetime] | None:
        """Return who imports now and since when (UTC), or None."""
        try:
            handle = os.open(self.folder / "lock", os.O_RDONLY)
        except FileNotFoundError:
            return None
        with open(handle) as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return self._holder()
        return None

    def _holder(self) -> tuple[str, datetime]:
        # Between taking the lock and signing it there is a moment without a name.
        for _ in range(20):
            with suppress(ValueError, KeyError, OSError):
                entry = json.loads((self.folder / "lock").read_text("utf-8"))
                return entry["who"], datetime.fromisoformat(entry["since"])
            time.sleep(0.01)
        return "?", datetime.now(UTC)

    @contextmanager
    def importing(self, who: str) -> Iterator[Staging]:
        """Hold the workspace for one change and give the folder to prepare it in.

        Raises ImportRunning when somebody else holds it, CannotWrite when the disk
        is full or closed to writing. Nothing changes without `Staging.commit`.
        """
        with self._writing():
            _make_folder(self.folder)
            handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
            try:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError as error:
                    holder, since = self._holder()
                    raise ImportRunning(who=holder, since=since) from error
                now = datetime.now(UTC).isoformat()
                os.truncate(handle, 0)
                os.write(handle, json.dumps({"who": who, "since": now}).encode())
                manifest = self.manifest()
                if not (self.folder / manifests.NAME).exists():
                    # From now on, data without a manifest means that one was lost.
                    _write(self.folder / manifests.NAME, manifest.to_json().encode())
                self._sweep(manifest)
                staging = Staging(self, manifest)
                _make_folder(staging.folder)
                try:
                    yield staging
                finally:
                    shutil.rmtree(staging.folder, ignore_errors=True)
            finally:
                os.close(handle)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in _CANNOT_WRITE:
                raise
            free = 0
            with suppress(OSError):
                free = shutil.disk_usage(self.folder).free // (1024 * 1024)
            raise CannotWrite(free=free) from error

    def _sweep(self, manifest: Manifest) -> None:
        """Delete what no manifest names: remains of imports, uploads of yesterday."""
        yesterday = time.time() - UPLOAD_HOURS * 3600
        for path in self.folder.glob("incoming/*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.stat().st_mtime < yesterday:
                path.unlink(missing_ok=True)
        for kind in ("raw", "rejects", "built"):
            for path in (self.folder / kind).rglob("*"):
                name = path.relative_to(self.folder).as_posix()
                if path.is_file() and name not in manifest.files:
                    path.unlink(missing_ok=True)
        for path in self.folder.glob("built/*"):
            with suppress(OSError):
                path.rmdir()


class Staging:
    """A change in preparation; ``folder`` is emptied whatever happens."""

    def __init__(self, store: Store, manifest: Manifest) -> None:
        """Prepare the change that follows ``manifest``."""
        self.store = store
        self.manifest = manifest
        self.folder = store.incoming / f"import-{secrets.token_hex(8)}"
        self.sequence = manifest.sequence + 1
        self.import_id = f"{self.sequence:06d}"

    def commit(
        self,
        *,
        built: Path,
        fingerprint: str,
        record: ImportRecord | None = None,
        files: Mapping[str, Path] | None = None,
        dropped: str | None = None,
    ) -> Manifest:
        """Switch to a new state, whole, and return its manifest.

        ``built`` is the folder of built tables; ``files`` are new files by the path
        they get; ``record`` describes the import they come with; ``dropped`` is the
        import that is undone.
        """
        old, folder = self.manifest, self.store.folder
        version = old.version + 1
        moves = dict(files or {})
        for path in sorted(built.iterdir()):
            moves[f"built/{version:06d}/{path.name}"] = path
        kept = {n: s for n, s in old.files.items() if stays(n, dropped)}
        for name, path in moves.items():
            path.chmod(PRIVATE_FILE)
            _sync(path)
            kept[name] = Stored(path.stat().st_size, sha256(path))
            target = folder / name
            _make_folder(target.parent)
            path.replace(target)
        for name in moves:
            for above in Path(name).parents:
                _sync(folder / above)
        imports = tuple(r for r in old.imports if r.import_id != dropped)
        new = replace(
            old,
            version=version,
            state=secrets.token_hex(8),
            sequence=self.sequence if record else old.sequence,
            imports=(*imports, record) if record else imports,
            files=kept,
            built=f"built/{version:06d}",
            fingerprint=fingerprint,
        )
        _write(folder / manifests.NAME, new.to_json().encode())
        if dropped:
            for name in old.files.keys() - new.files.keys():
                if not name.startswith("built/"):
                    (folder / name).unlink(missing_ok=True)
        self.manifest = new
        return new


def stays(name: str, dropped: str | None) -> bool:
    """Tell whether a stored file outlives a change; built tables never do."""
    kind, _, rest = name.partition("/")
    if kind == "built":
        return False
    number = Path(rest).stem.partition("-")[0]
    return dropped is None or number != dropped
