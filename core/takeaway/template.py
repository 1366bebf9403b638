"""The look that a workspace's decks take: a template given, or a logo and two colours.

Kept in the workspace's folder under ``takeaway``, cleaned before it is written.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from core.charts.tokens import LIGHT, contrast
from core.errors import InvalidTemplate
from core.settings import ROOT
from core.takeaway.blank import Brand
from core.takeaway.cleaning import MOST_BYTES

COMMAND = ("-m", "core.takeaway.cleaning")
MOST_LOGO_BYTES = 4 * 1024 * 1024
_FOLDER, _TEMPLATE, _BRAND, _LOGO = (
    "takeaway",
    "template.pptx",
    "brand.json",
    "logo.png",
)
_NAME = "name.txt"
_SECONDS = 60
_MOST_PIXELS, _LOGO_SIDE = 40_000_000, 1200
_COLOUR = re.compile(r"#[0-9A-F]{6}")
_LEAST_CONTRAST = 3.0
_LONGEST_NAME = 120


def clean(payload: bytes, name: str) -> bytes:
    """Return a template fit to be kept; raises InvalidTemplate with its cause."""
    suffix = Path(name).suffix.lower()
    if suffix in (".pptm", ".potm", ".ppsm"):
        raise InvalidTemplate(cause="template_macros")
    if suffix not in (".pptx", ".potx"):
        raise InvalidTemplate(cause="template_not_a_deck")
    if len(payload) > MOST_BYTES:
        raise InvalidTemplate(cause="template_too_heavy")
    with tempfile.TemporaryDirectory(prefix="aplomb-") as scratch:
        try:
            done = subprocess.run(
                [sys.executable, *COMMAND],
                input=payload,
                cwd=ROOT,
                env={
                    "PATH": os.defpath,
                    "LANG": "C.UTF-8",
                    "TMPDIR": scratch,
                    "PYTHONDONTWRITEBYTECODE": "1",
                },
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise InvalidTemplate(cause="template_too_heavy") from error
    head, _, kept = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise InvalidTemplate(
            cause="template_too_heavy" if done.returncode < 0 else "template_damaged"
        )
    cause = json.loads(head)["cause"]
    if cause:
        raise InvalidTemplate(cause=f"template_{cause}")
    return kept


def keep(workspace: Path, payload: bytes, name: str) -> None:
    """Clean a template and keep it as the workspace's."""
    kept = clean(payload, name)
    _write(workspace / _FOLDER / _TEMPLATE, kept)
    _write(workspace / _FOLDER / _NAME, Path(name).name[:_LONGEST_NAME].encode())


def read(workspace: Path) -> bytes | None:
    """Return the workspace's template, None without one."""
    return _read(workspace / _FOLDER / _TEMPLATE)


def name(workspace: Path) -> str | None:
    """Return the name of the file that the template came from, None without one."""
    if not (workspace / _FOLDER / _TEMPLATE).exists():
        return None
    return (_read(workspace / _FOLDER / _NAME) or b"").decode() or _TEMPLATE


def keep_brand(workspace: Path, brand: Brand) -> None:
    """Keep a logo, two colours and a name; raises InvalidTemplate.

    Text must be readable on white, and so must the mark of a chart be seen.
    """
    colours = {"accent": brand.accent.upper(), "ink": brand.ink.upper()}
    if not all(_COLOUR.fullmatch(colour) for colour in colours.values()):
        raise InvalidTemplate(cause="template_colour")
    if min(contrast(one, "#FFFFFF") for one in colours.values()) < _LEAST_CONTRAST:
        raise InvalidTemplate(cause="template_pale")
    told = {**colours, "name": " ".join(brand.name.split())[:_LONGEST_NAME]}
    if brand.logo:
        _write(workspace / _FOLDER / _LOGO, logo(brand.logo))
    _write(workspace / _FOLDER / _BRAND, json.dumps(told).encode())


def logo(payload: bytes) -> bytes:
    """Return a picture as a PNG of its own pixels only; raises InvalidTemplate."""
    from PIL import Image

    if len(payload) > MOST_LOGO_BYTES:
        raise InvalidTemplate(cause="template_logo_heavy")
    try:
        with Image.open(io.BytesIO(payload), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise InvalidTemplate(cause="template_logo_heavy")
            picture.load()
            drawn = picture.convert("RGBA")
    except InvalidTemplate:
        raise
    # What a picture library says of a crafted file is one thing to its reader.
    except Exception as error:
        raise InvalidTemplate(cause="template_logo") from error
    drawn.thumbnail((_LOGO_SIDE, _LOGO_SIDE))
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def brand(workspace: Path) -> Brand | None:
    """Return the workspace's logo, colours and name, None where nobody gave any."""
    told = _read(workspace / _FOLDER / _BRAND)
    if told is None:
        return None
    try:
        found: dict[str, Any] = json.loads(told)
    except ValueError:
        return None
    return Brand(
        name=str(found.get("name", "")),
        accent=str(found.get("accent", LIGHT.accent)),
        ink=str(found.get("ink", LIGHT.text)),
        logo=_read(workspace / _FOLDER / _LOGO) or b"",
    )


def forget(workspace: Path) -> None:
    """Take the look given away; decks are in our own again."""
    for name in (_TEMPLATE, _NAME, _BRAND, _LOGO):
        (workspace / _FOLDER / name).unlink(missing_ok=True)


def _read(path: Path) -> bytes | None:
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step; nobody but the server reads it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "wb") as file:
        file.write(content)
    beside.replace(path)
