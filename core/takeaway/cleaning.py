"""What is kept of a template: its masters, layouts and theme, and nothing else.

A template comes from anywhere, so it is opened in a process of its own, under limits
(``python -m core.takeaway.cleaning``: the file on the standard input, a line of JSON
and the clean file on the standard output). Slides, notes, comments, the picture of the
first slide and the names of its authors are taken out; macros, embedded objects and
whatever is fetched from elsewhere are refused.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from datetime import UTC, datetime
from typing import Any

MOST_BYTES = 40 * 1024 * 1024
_MOST_UNPACKED = 250 * 1024 * 1024
_MOST_PARTS = 3000
_MEMORY, _SECONDS = 1024 * 1024 * 1024, 40
_MACROS = ("vbaproject", "macroenabled")
_TEMPLATE_TYPE = b"presentationml.template.main+xml"
_DECK_TYPE = b"presentationml.presentation.main+xml"
_KEPT = ("slideMaster", "theme", "presProps", "viewProps", "tableStyles")
_ACTIVE = ("oleObject", "package", "control", "vbaProject", "attachedTemplate")
_LEAST, _MOST = 4 * 914400, 56 * 914400


class Refused(ValueError):
    """A template that cannot be used; its only argument is the code of the cause."""


def cleaned(payload: bytes) -> bytes:
    """Return a template without anything but its look; raises Refused."""
    from pptx import Presentation

    parts = _unpacked(payload)
    try:
        found = Presentation(io.BytesIO(_as_deck(parts)))
        _strip(found)
        _check(found)
        out = io.BytesIO()
        found.save(out)
    except Refused:
        raise
    except MemoryError as error:
        raise Refused("too_heavy") from error
    # Whatever python-pptx stumbles over in a crafted file is a damaged template.
    except Exception as error:
        raise Refused("damaged") from error
    return out.getvalue()


def _unpacked(payload: bytes) -> dict[str, bytes]:
    """Return the parts of the file by name, once it is seen to be harmless."""
    if len(payload) > MOST_BYTES:
        raise Refused("too_heavy")
    if payload.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("old_format")
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS or _total(entries) > _MOST_UNPACKED:
                raise Refused("too_heavy")
            if len({entry.filename for entry in entries}) < len(entries):
                raise Refused("damaged")
            parts = {e.filename: archive.read(e) for e in entries if not e.is_dir()}
    except Refused:
        raise
    except Exception as error:
        raise Refused("not_a_deck") from error
    types = parts.get("[Content_Types].xml", b"")
    known = (types.lower(), *(name.lower().encode() for name in parts))
    if any(word.encode() in held for held in known for word in _MACROS):
        raise Refused("macros")
    if b"presentationml" not in types:
        raise Refused("not_a_deck")
    for name, held in parts.items():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in held[:4096]:
            raise Refused("damaged")
    return parts


def _total(entries: list[zipfile.ZipInfo]) -> int:
    return sum(entry.file_size for entry in entries)


def _as_deck(parts: dict[str, bytes]) -> bytes:
    """Return the parts as a presentation, were they those of a .potx."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in parts.items():
            if name == "[Content_Types].xml":
                held = held.replace(_TEMPLATE_TYPE, _DECK_TYPE)
            archive.writestr(name, held)
    return out.getvalue()


def _strip(found: Any) -> None:
    """Take out slides and all that tells of who made the file."""
    from pptx.oxml.ns import qn

    presentation = found.part
    root = presentation._element
    for name in ("p:sldIdLst", "p:custShowLst", "p:notesMasterIdLst", "p:extLst"):
        for held in root.findall(qn(name)):
            root.remove(held)
    for name in ("p:handoutMasterIdLst", "p:embeddedFontLst", "p:custDataLst"):
        for held in root.findall(qn(name)):
            root.remove(held)
    _drop(presentation.rels, lambda kind: kind not in _KEPT)
    package = presentation.package
    _drop(package._rels, lambda kind: kind not in ("officeDocument", "core-properties"))
    told = found.core_properties
    for name in ("author", "last_modified_by", "title", "subject", "keywords"):
        setattr(told, name, "")
    for name in ("comments", "category", "content_status", "identifier", "version"):
        setattr(told, name, "")
    told.created = told.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def _drop(relations: Any, unwanted: Any) -> None:
    for key in list(relations):
        if unwanted(relations[key].reltype.rsplit("/", 1)[-1]):
            relations.pop(key)


def _check(found: Any) -> None:
    """Refuse what is fetched or run; forget links; see that there is a layout."""
    from pptx.oxml.ns import qn

    if not _LEAST <= min(found.slide_width or 0, found.slide_height or 0) <= _MOST:
        raise Refused("damaged")
    layouts = [layout for m in found.slide_masters for layout in m.slide_layouts]
    if not layouts:
        raise Refused("no_layout")
    for part in found.part.package.iter_parts():
        for key in list(part.rels):
            relation = part.rels[key]
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in _ACTIVE:
                raise Refused("active")
            if not relation.is_external:
                continue
            if kind != "hyperlink":
                raise Refused("elsewhere")
            for link in list(part._element.iter()):
                if link.get(qn("r:id")) == key:
                    link.getparent().remove(link)
            part.rels.pop(key)


def main() -> None:
    """Clean the file of the standard input, in a process that may do nothing else."""
    from core.sources.worker import Limits, confine

    payload = sys.stdin.buffer.read(MOST_BYTES + 1)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    confine(Limits(memory=_MEMORY, file=0, seconds=_SECONDS))
    try:
        kept, cause = cleaned(payload), ""
    except Refused as refused:
        kept, cause = b"", str(refused)
    answers.write(json.dumps({"cause": cause}).encode() + b"\n" + kept)
    answers.flush()


if __name__ == "__main__":
    main()
