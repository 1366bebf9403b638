"""The files inside a zip: which are looked at, which are left, and what is refused.

Nothing is ever unpacked to the disk under a name the archive gives.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from core.settings import mebibytes
from core.sources.containers import (
    MAX_RATIO,
    Source,
    is_bomb,
    member_source,
    shown_name,
)
from core.sources.model import Refusal
from core.sources.tables import MEBIBYTE, unreadable

MAX_MEMBERS = 1000
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_ABSOLUTE = re.compile(r"^(?:[/\\]|[A-Za-z]:)")
# A weekly Salesforce export holds the organisation's documents beside its objects.
_LEFT_FOLDERS = frozenset(
    [
        "documents",
        "document",
        "contentversion",
        "attachments",
        "attachment",
        "staticresource",
        "staticresources",
        "contentnote",
        "chatterfiles",
        "__macosx",
    ]
)
_LEFT_SUFFIXES = frozenset(
    [
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".bmp",
        ".svg",
        ".webp",
        ".ico",
        ".tif",
        ".tiff",
        ".heic",
        ".pdf",
        ".doc",
        ".docx",
        ".ppt",
        ".pptx",
        ".odt",
        ".rtf",
        ".mp3",
        ".mp4",
        ".mov",
        ".wav",
        ".eml",
        ".msg",
        ".ds_store",
        ".ini",
        ".db",
        ".md",
        ".js",
        ".css",
    ]
)


def members(path: Path, label: str) -> Iterator[Source | Refusal]:
    """Yield what the archive holds: files to look at, and counts of those left out.

    Raises UnreadableFile when the whole archive cannot be trusted.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise unreadable(label, "file_damaged") from error
    _check_names(label, entries)
    left: Counter[str] = Counter()
    looked_at: list[zipfile.ZipInfo] = []
    for entry in entries:
        folder = _left_out(_name(entry))
        if folder is None:
            looked_at.append(entry)
        else:
            left[folder] += 1
    _check_sizes(label, looked_at)
    if not entries:
        raise unreadable(label, "empty_archive")
    for folder, count in sorted(left.items()):
        name = f"{label} › {shown_name(folder)}"
        yield Refusal(name, "not_data", values={"count": count}, skipped=True)
    for entry in looked_at:
        yield member_source(path, label, entry, shown_name(_name(entry)))


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; without the mark for UTF-8 many tools write it anyway."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _left_out(name: str) -> str | None:
    """Return the folder (or kind of file) a member is left out with, or None."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    for depth, part in enumerate(parts[:-1]):
        if part.casefold() in _LEFT_FOLDERS:
            return "/".join(parts[: depth + 1]) + "/"
    suffix = PurePosixPath(name).suffix.casefold()
    if suffix in _LEFT_SUFFIXES or parts[-1].startswith("."):
        return "/".join([*parts[:-1], f"*{suffix or parts[-1]}"])
    return None


def _check_names(label: str, entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        path = PurePosixPath(name.replace("\\", "/"))
        link = stat.S_ISLNK(entry.external_attr >> 16)
        if link or _ABSOLUTE.match(name) or ".." in path.parts:
            raise unreadable(label, "archive_unsafe", value=shown_name(name))
        if name in seen:
            raise unreadable(label, "archive_duplicate", value=shown_name(name))
        seen.add(name)


def _check_sizes(label: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_MEMBERS:
        count = len(entries)
        raise unreadable(label, "archive_too_many", count=count, limit=MAX_MEMBERS)
    limit = mebibytes("APLOMB_UNPACKED_MB")
    if sum(entry.file_size for entry in entries) > limit:
        raise unreadable(label, "archive_too_large", limit=limit // MEBIBYTE)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise unreadable(label, "archive_password")
        if is_bomb(entry.file_size, entry.compress_size):
            raise unreadable(label, "archive_bomb", ratio=MAX_RATIO)
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if is_bomb(unpacked, packed):
        raise unreadable(label, "archive_bomb", ratio=MAX_RATIO)
