"""Templates as consultants have them, made by hand."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Inches


def saved(presentation: Any) -> bytes:
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def themed(presentation: Any, major: str, minor: str, **colours: str) -> None:
    part = presentation.slide_master.part.part_related_by(RT.THEME)
    written = part.blob.decode()
    for slot, colour in colours.items():
        written = re.sub(
            rf"<a:{slot}>.*?</a:{slot}>",
            f'<a:{slot}><a:srgbClr val="{colour}"/></a:{slot}>',
            written,
            flags=re.DOTALL,
        )
    for name, font in (("majorFont", major), ("minorFont", minor)):
        written = re.sub(
            rf'(<a:{name}>\s*<a:latin typeface=")[^"]*', rf"\g<1>{font}", written
        )
    part._blob = written.encode()


def keep_layouts(presentation: Any, *kinds: str) -> None:
    for layout in list(presentation.slide_layouts):
        if layout.element.get("type") not in kinds:
            presentation.slide_layouts.remove(layout)


def classic() -> bytes:
    """Return a 4:3 template with a logo at its foot, and a slide of somebody else."""
    found = Presentation()
    themed(found, "Georgia", "Verdana", accent1="7A1F5C", dk1="221122")
    picture = io.BytesIO()
    Image.new("RGB", (300, 90), "#7A1F5C").save(picture, "PNG")
    master = found.slide_master
    _, relation = master.part.get_or_add_image_part(io.BytesIO(picture.getvalue()))
    place = (int(found.slide_width * 0.8), int(found.slide_height * 0.9))
    master.shapes._spTree.add_pic(
        99, "Logo", "", relation, *place, Inches(1.2), Inches(0.4)
    )
    slide = found.slides.add_slide(found.slide_layouts[0])
    slide.shapes.title.text = "Client secret"
    slide.notes_slide.notes_text_frame.text = "Note secrète"
    found.core_properties.author = "Auteur secret"
    return saved(found)


def dark() -> bytes:
    """Return a wide template, light on dark, whose first accent is hardly seen."""
    found = Presentation()
    found.slide_width, found.slide_height = Inches(13.333), Inches(7.5)
    themed(
        found,
        "Georgia",
        "Arial",
        dk1="FFFFFF",
        lt1="1B1033",
        accent1="2B1A50",
        accent2="F2B705",
    )
    return saved(found)


def without_title_only() -> bytes:
    found = Presentation()
    themed(found, "Arial", "Arial", accent1="0A7D4F")
    keep_layouts(found, "obj", "blank", "vertTitleAndTx")
    return saved(found)


def without_titles() -> bytes:
    found = Presentation()
    keep_layouts(found, "blank")
    return saved(found)


def with_part(payload: bytes, name: str, content: bytes) -> bytes:
    """Return the file with a part replaced, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(payload)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def part(payload: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        return archive.read(name)
