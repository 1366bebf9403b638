"""Open the tables of a file, whatever it is wrapped in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.errors import UnreadableFile
from core.sources.containers import plain_source
from core.sources.delimited import open_delimited
from core.sources.model import Refusal
from core.sources.tables import RowReject, Score, TextBatch, TextTable, refusal

__all__ = ["RowReject", "TextBatch", "TextTable", "open_tables"]


def open_tables(
    path: Path, label: str, *, score: Score
) -> Iterator[TextTable | Refusal]:
    """Yield every table of the file at ``path``, and a Refusal for what is not one.

    ``label`` is the name people know the file by: it is shown and never used as a
    path. ``score`` says how many cells of a row are names of known columns; the row
    of the header is found with it.
    """
    try:
        yield open_delimited(plain_source(path, label), score)
    except UnreadableFile as error:
        yield refusal(error)
