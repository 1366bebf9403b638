"""Which characters the bytes of a text file stand for, and its bytes made regular.

Order of trust: byte-order mark, UTF-16 seen by its zero bytes, UTF-8,
then one byte a character: Windows-1252, or its French neighbours when the letters say
so. Whatever the file, what comes out is UTF-8 with "\\n" at the end of lines.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

BLOCK = 4 * 1024 * 1024
HEAD = 1024 * 1024
_SCAN_AT_MOST = 4 * 1024 * 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Letters and signs of French and its neighbours, by how they are written in 1 byte.
_EXPECTED = frozenset("éèêëàâçùûüôöîïÉÈÊËÀÂÇÙÛÔÎÏœŒæÆñß€’‘“”«»°–—…áíóúäÄÖÜ\u00a0")
_LATIN9_LIGATURE = re.compile(rb"[A-Za-z][\xbc\xbd][A-Za-z]|\xbd[a-z]")
# Sequences that look like UTF-8 but are forbidden: too long, or half of a pair.
_FORBIDDEN_UTF8 = re.compile(
    rb"[\xc0\xc1][\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]"
    rb"|\xf0[\x80-\x8f][\x80-\xbf]{2}|[\xf5-\xf7][\x80-\xbf]{3}"
)


class Readable(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes; b"" at the end."""


@dataclass(frozen=True)
class Encoding:
    """A Python codec, and whether letters alone spoke for it (``guessed``)."""

    name: str
    guessed: bool = False


@dataclass
class Mends:
    """How often the bytes of a file had to be mended, by kind of warning."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, count: int) -> None:
        """Count ``count`` more mends of a kind."""
        if count:
            self.counts[kind] = self.counts.get(kind, 0) + count

    def take(self) -> dict[str, int]:
        """Return what was counted since the last call."""
        taken, self.counts = self.counts, {}
        return taken


def detect(stream: Readable, *, seekable: bool) -> Encoding:
    """Return the encoding of a text, from its head and its first unusual bytes.

    A file may be plain for a gigabyte before its first accent: plain files are scanned
    for it (``seekable``), compressed ones are only judged by their head, and the lines
    that then are not UTF-8 are mended one by one.
    """
    head = stream.read(HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if wide := _utf16_without_mark(head):
        return Encoding(wide)
    scanned = len(head)
    while head.isascii() and seekable and scanned < _SCAN_AT_MOST:
        block = stream.read(BLOCK)
        if not block:
            break
        scanned += len(block)
        if not block.isascii():
            head = block
    return Encoding("utf-8") if head.isascii() else _by_letters(head)


def _utf16_without_mark(head: bytes) -> str | None:
    sample = head[: len(head) // 2 * 2][:65536]
    if len(sample) < 8:
        return None
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > pairs * 0.4 and even < pairs * 0.1:
        return "utf-16-le"
    if even > pairs * 0.4 and odd < pairs * 0.1:
        return "utf-16-be"
    return None


def _by_letters(sample: bytes) -> Encoding:
    # A block may start and end inside a character: judge whole lines only.
    lines = [line for line in sample.splitlines() if not line.isascii()]
    inner = lines[1:-1] if len(lines) > 4 else lines
    wrong = sum(not _is_utf8(line) for line in inner)
    if wrong == 0 or (wrong == 1 and len(lines) == 1 and _is_cut_utf8(inner[0])):
        return Encoding("utf-8")
    if wrong <= len(inner) - wrong:
        return Encoding("utf-8")
    text = b"\n".join(inner)
    scores = {name: _expected(text, name) for name in ("cp1252", "mac_roman")}
    if scores["mac_roman"] > 2 * scores["cp1252"]:
        return Encoding("mac_roman", guessed=True)
    plain = not any(0x80 <= byte <= 0x9F for byte in set(text))
    if plain and (b"\xa4" in text or _LATIN9_LIGATURE.search(text)):
        return Encoding("iso-8859-15", guessed=True)
    return Encoding("cp1252")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_cut_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start > 0
    return True


def _expected(text: bytes, name: str) -> int:
    decoded = text.decode(name, errors="replace")
    return sum(decoded.count(letter) for letter in _EXPECTED)


def mended(record: bytes) -> bytes | None:
    """Return a record that is not UTF-8 as the UTF-8 of its Windows-1252 reading.

    None when it cannot be told: forbidden UTF-8 sequences (too long ones can smuggle a
    delimiter, lone surrogates stand for nothing) or bytes that stand for nothing.
    """
    if _FORBIDDEN_UTF8.search(record):
        return None
    try:
        return record.decode("cp1252").encode("utf-8")
    except UnicodeDecodeError:
        return None


def regular_blocks(
    stream: Readable, encoding: Encoding, mends: Mends, read: list[int]
) -> Iterator[bytes]:
    """Yield the text as blocks of UTF-8, "\\n" line ends, no byte-order mark, no NUL.

    Bytes of a file said to be UTF-8 are passed on unchecked: records are checked one
    block at a time by who splits them. ``read[0]`` grows by the bytes consumed.
    """
    name = encoding.name
    utf8 = name in ("utf-8", "utf-8-sig")
    decoder = None if utf8 else codecs.getincrementaldecoder(name)("replace")
    held, first = b"", True
    while True:
        block = stream.read(BLOCK)
        read[0] += len(block)
        last = not block
        if decoder is not None:
            text = decoder.decode(block, final=last)
            mends.add("encoding_repaired", text.count("\ufffd"))
            block = text.encode("utf-8", errors="replace")
        block = held + block
        if first and block:
            block = block.removeprefix(codecs.BOM_UTF8)
            first = False
        held = b""
        if b"\r" in block:
            # The two characters of one line end may be in two blocks.
            if not last and block.endswith(b"\r"):
                block, held = block[:-1], b"\r"
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if block:
            yield block
        if last:
            return
