"""What a file is by its first bytes; its name is never believed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from core.sources.encoding import Encoding, detect

Kind = Literal[
    "empty", "text", "markup", "gzip", "zip", "workbook", "old_workbook",
    "binary_workbook", "open_document", "other_document", "picture", "pdf", "json",
    "xml", "other_archive", "binary",
]  # fmt: skip

HEAD = 64 * 1024
# Why a file of a kind that holds no table is refused.
CAUSES: dict[Kind, str] = {
    "empty": "empty_file",
    "gzip": "archive_nested",
    "zip": "archive_nested",
    "old_workbook": "old_workbook",
    "binary_workbook": "binary_workbook",
    "open_document": "open_document",
    "other_document": "other_document",
    "picture": "picture",
    "pdf": "pdf_file",
    "json": "json_file",
    "xml": "xml_file",
    "other_archive": "other_archive",
    "binary": "not_text",
}
_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"RIFF", "binary"),
    (b"7z\xbc\xaf\x27\x1c", "other_archive"),
    (b"Rar!", "other_archive"),
    (b"\xfd7zXZ", "other_archive"),
    (b"\x28\xb5\x2f\xfd", "other_archive"),
    (b"MZ\x90", "binary"),
    (b"\x7fELF", "binary"),
    (b"PAR1", "binary"),
    (b"SQLite format 3", "binary"),
)
_MARKUP = re.compile(
    r"<(?:!doctype html|html|head|body|table|meta|script|style)\b", re.I
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_CONTROLS = bytes({*range(1, 9), *range(14, 32), 127} - {27})
_FIRST_ENTRIES = re.compile(rb"(?:PK\x03\x04|PK\x05\x06|PK\x07\x08)")


def kind_of(head: bytes) -> Kind:
    """Return what a file is, from its first ``HEAD`` bytes; see also kind_of_zip."""
    if not head.strip(b"\0 \t\r\n"):
        return "binary" if b"\0" in head else "empty"
    if _FIRST_ENTRIES.match(head):
        return "zip"
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    encoding = detect(io.BytesIO(head), seekable=False)
    return _kind_of_text(head, encoding)


def _kind_of_text(head: bytes, encoding: Encoding) -> Kind:
    text = head.decode(encoding.name, errors="replace").lstrip("\ufeff \t\r\n\0")
    if text.startswith("<"):
        if _MARKUP.search(text[:8192]):
            return "markup"
        if text.startswith(("<?xml", "<!")):
            return "xml"
    if _JSON.match(text):
        return "json"
    strange = len(head) - len(head.translate(None, _CONTROLS))
    if not encoding.name.startswith("utf-16") and strange > 0.05 * len(head):
        return "binary"
    return "text"


def kind_of_zip(archive: zipfile.ZipFile) -> Kind:
    """Tell a workbook or a document from an archive of files."""
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "workbook"
    if "xl/workbook.bin" in names:
        return "binary_workbook"
    if "mimetype" in names and "content.xml" in names:
        return "open_document"
    if "[Content_Types].xml" in names:
        return "other_document"
    return "zip"
