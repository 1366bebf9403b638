"""What a file is, by its first bytes, and the files inside it when it holds several."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Source:
    """Bytes that can be read from the start as often as needed.

    ``file`` is the name shown, ``member`` the name inside an archive; ``plain`` tells
    that reading far ahead is cheap, since nothing has to be unpacked.
    """

    file: str
    member: str | None
    open: Callable[[], BinaryIO]
    plain: bool


def plain_source(path: Path, label: str) -> Source:
    """Return the source of a file that is not wrapped in anything."""
    return Source(label, None, lambda: io.FileIO(path), plain=True)
