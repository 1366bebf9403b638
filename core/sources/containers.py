"""Bytes of a file or of a member of an archive, read within limits."""

from __future__ import annotations

import gzip
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol

from core.settings import mebibytes
from core.sources.tables import MEBIBYTE, unreadable

# Deflate reaches 1 032; a CSV of machine-made rows 30.
MAX_RATIO = 100
# Smaller contents do no harm, and exports full of empty columns pack very well.
HARMLESS = 64 * MEBIBYTE
HARMLESS_WORKBOOK = 8 * MEBIBYTE
_NAME_SHOWN = 160
_DAMAGE = (EOFError, OSError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error)


class _Closing(Protocol):
    def read(self, size: int, /) -> bytes | None: ...

    def close(self) -> None: ...


class Limited:
    """A stream that may not give more than allowed; what goes wrong becomes a cause."""

    def __init__(
        self, file: str, stream: _Closing, limit: int, packed: int | None
    ) -> None:
        """Read ``stream``, which is ``packed`` bytes large if it is packed at all."""
        self._file, self._stream, self._limit = file, stream, limit
        self._packed, self._given = packed, 0

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; b"" at the end."""
        try:
            block = self._stream.read(size) or b""
        except NotImplementedError as error:
            raise unreadable(self._file, "archive_method") from error
        except _DAMAGE as error:
            raise unreadable(self._file, "file_damaged") from error
        self._given += len(block)
        if self._given > self._limit:
            limit = self._limit // MEBIBYTE
            raise unreadable(self._file, "archive_too_large", limit=limit)
        if self._packed is not None and is_bomb(self._given, self._packed):
            raise unreadable(self._file, "archive_bomb", ratio=MAX_RATIO)
        return block

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()

    def __enter__(self) -> Limited:
        """Return the stream itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the stream."""
        self.close()


@dataclass(frozen=True)
class Source:
    """Bytes that can be read from the start as often as needed.

    ``file`` is the name shown, ``member`` the name inside an archive; ``plain`` tells
    that reading far ahead is cheap, since nothing has to be unpacked.
    """

    file: str
    member: str | None
    open: Callable[[], Limited]
    plain: bool

    def head(self, size: int) -> bytes:
        """Return the first ``size`` bytes, or all there are."""
        with self.open() as stream:
            found = b""
            while len(found) < size and (block := stream.read(size - len(found))):
                found += block
        return found


def is_bomb(unpacked: int, packed: int, harmless: int = HARMLESS) -> bool:
    """Tell whether so many bytes from so few can only be meant to fill a disk."""
    return unpacked > harmless and unpacked > MAX_RATIO * max(packed, 1)


def plain_source(path: Path, label: str) -> Source:
    """Return the source of a file that is not wrapped in anything."""
    limit = mebibytes("APLOMB_UPLOAD_MB")
    if path.stat().st_size > limit:
        raise unreadable(label, "file_too_large", limit=limit // MEBIBYTE)

    def opened() -> Limited:
        return Limited(label, io.FileIO(path), limit, None)

    return Source(label, None, opened, plain=True)


def gzip_source(path: Path, label: str) -> Source:
    """Return the source of what a gzip file holds."""
    limit, packed = mebibytes("APLOMB_UNPACKED_MB"), path.stat().st_size

    def opened() -> Limited:
        return Limited(label, gzip.open(path), limit, packed)

    return Source(label, None, opened, plain=False)


def member_source(path: Path, label: str, entry: zipfile.ZipInfo, name: str) -> Source:
    """Return the source of one file of an archive."""
    file = f"{label} › {name}"
    limit, number = mebibytes("APLOMB_UNPACKED_MB"), entry.header_offset

    def opened() -> Limited:
        archive = zipfile.ZipFile(path)
        try:
            found = next(e for e in archive.infolist() if e.header_offset == number)
            stream = archive.open(found)
        except NotImplementedError as error:
            archive.close()
            raise unreadable(file, "archive_method") from error
        except _DAMAGE as error:
            archive.close()
            raise unreadable(file, "file_damaged") from error
        # ZipFile closes its own file once the last stream of it is closed.
        archive.close()
        return Limited(file, stream, limit, max(entry.compress_size, 1))

    return Source(file, name, opened, plain=False)


def shown_name(name: str) -> str:
    """Return a file name fit to be shown: no invisible marks, not endless."""
    kept = "".join(
        letter
        for letter in name
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    kept = " ".join(kept.split()) or "?"
    if len(kept) <= _NAME_SHOWN:
        return kept
    half = _NAME_SHOWN // 2
    return f"{kept[:half]}…{kept[-half + 1 :]}"
