"""Files on their way in: streamed to disk, kept a day at most, seen by their sender.

A file is written as it arrives, so that two gigabytes never sit in memory. Each session
has a folder named after its digest; nothing a person typed is part of a path.
"""

from __future__ import annotations

import json
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from core import settings, store

KEPT_SECONDS = 24 * 3600
SPARE_BYTES = 256 * settings.MEBIBYTE
"""Disk space that uploads leave free, for the database and the figures."""


@dataclass(frozen=True)
class Upload:
    """A file that arrived whole; ``label`` is its name as the person knows it."""

    upload_id: str
    label: str
    path: Path
    size: int

    @property
    def given(self) -> store.Upload:
        """Return the file as an import takes it."""
        return store.Upload(self.path, self.label)


def folder(session_id: str) -> Path:
    """Return the folder of a session's files."""
    return settings.data_folder() / "uploads" / session_id[:32]


def clean_label(label: str) -> str:
    """Return a file's name, with its folders, fit to be shown and stored."""
    parts = [part for part in label.replace("\\", "/").split("/") if part.strip(". ")]
    kept = "/".join("".join(c for c in part if c.isprintable()) for part in parts)
    return kept[-240:] or "file"


def has_room(expected: int, session_id: str) -> bool:
    """Tell whether the disk can take ``expected`` more bytes."""
    place = folder(session_id)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return shutil.disk_usage(place).free - expected > SPARE_BYTES


def new_part(session_id: str) -> Path:
    """Return the path that a file is written to while it arrives."""
    place = folder(session_id)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place / f"{uuid.uuid4().hex}.part"


def accept(part: Path, label: str) -> str:
    """Take a file that arrived whole; return its identifier."""
    upload_id = part.stem
    note = part.with_suffix(".json")
    note.write_text(json.dumps({"label": clean_label(label)}), "utf-8")
    part.rename(part.with_suffix(".file"))
    return upload_id


def arrived(session_id: str) -> tuple[Upload, ...]:
    """Return a session's files that arrived whole, in the order they did."""
    found = []
    for path in folder(session_id).glob("*.file"):
        try:
            label = json.loads(path.with_suffix(".json").read_text("utf-8"))["label"]
            status = path.stat()
        except (OSError, ValueError, KeyError):
            continue
        upload = Upload(path.stem, label, path, status.st_size)
        found.append((status.st_mtime_ns, upload))
    return tuple(upload for _, upload in sorted(found, key=lambda pair: pair[0]))


def remove(session_id: str, *upload_ids: str) -> None:
    """Delete files of a session; every one of them when none is named."""
    for upload in arrived(session_id):
        if not upload_ids or upload.upload_id in upload_ids:
            upload.path.unlink(missing_ok=True)
            upload.path.with_suffix(".json").unlink(missing_ok=True)


def sweep() -> None:
    """Delete what is older than a day, and folders left empty."""
    oldest = time.time() - KEPT_SECONDS
    root = settings.data_folder() / "uploads"
    for path in root.glob("*/*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
    for place in root.glob("*"):
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
