"""Our own presentation, where nobody gave a template: plain, wide, and in our colours.

Its theme holds the colours and the fonts, so that a deck can be given another look
in PowerPoint at once.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from core.charts.tokens import LIGHT
from core.takeaway.theme import OURS, mixed

FONT = "Calibri"
_WIDE, _HIGH = Inches(13.333), Inches(7.5)
_LEFT, _RIGHT = Inches(0.62), Inches(12.71)
_KEPT = ("title", "titleOnly")
_COLOURS = {
    "dk1": LIGHT.text,
    "lt1": "#FFFFFF",
    "dk2": LIGHT.muted,
    "lt2": LIGHT.bg,
    "accent1": LIGHT.accent,
    "accent2": LIGHT.bad_m,
    "accent3": LIGHT.warn_m,
    "accent4": LIGHT.ok_m,
    "accent5": LIGHT.p2,
    "accent6": LIGHT.na_m,
    "hlink": LIGHT.accent,
    "folHlink": LIGHT.muted,
}


@dataclass(frozen=True)
class Brand:
    """A company's look without a template: a logo (PNG), two colours, and its name.

    ``accent`` is for what must be acted on, ``ink`` for titles and text, as #RRGGBB.
    """

    name: str = ""
    accent: str = LIGHT.accent
    ink: str = LIGHT.text
    logo: bytes = b""


def presentation(brand: Brand | None = None) -> Any:
    """Return a presentation without a slide, in our look or in that of ``brand``."""
    found = Presentation()
    found.slide_width, found.slide_height = _WIDE, _HIGH
    master = found.slide_master
    for layout in list(found.slide_layouts):
        if layout.element.get("type") not in _KEPT:
            found.slide_layouts.remove(layout)
    _dress(master, brand)
    _master(master)
    for layout in found.slide_layouts:
        _foot(layout)
        if layout.element.get("type") == "title":
            _cover(layout)
    if brand is not None and brand.logo:
        _logo(master, brand.logo)
    return found


def _dress(master: Any, brand: Brand | None) -> None:
    """Write colours and fonts in the theme."""
    part = master.part.part_related_by(RT.THEME)
    root = etree.fromstring(part.blob)
    root.set("name", OURS if brand is None else brand.name or "Deck")
    colours: Mapping[str, str] = _COLOURS
    if brand is not None:
        colours = {**_COLOURS, "dk1": brand.ink, "accent1": brand.accent}
    scheme = root.find(f".//{qn('a:clrScheme')}")
    for slot, colour in colours.items():
        holder = scheme.find(qn(f"a:{slot}"))
        for old in list(holder):
            holder.remove(old)
        etree.SubElement(holder, qn("a:srgbClr"), val=colour[1:])
    for face in root.iterfind(f".//{qn('a:fontScheme')}//{qn('a:latin')}"):
        face.set("typeface", FONT)
    part._blob = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )


def _place(shape: Any, left: int, top: int, right: int, bottom: int) -> None:
    shape.left, shape.top = Emu(left), Emu(top)
    shape.width, shape.height = Emu(right - left), Emu(bottom - top)


def _master(master: Any) -> None:
    """Put titles at the left, above everything, beside a stroke of the accent."""
    for shape in master.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.TITLE:
            _place(shape, _LEFT, Inches(0.36), _RIGHT, Inches(1.3))
            frame = shape.text_frame
            frame.margin_left = frame.margin_right = 0
            frame._bodyPr.set("anchor", "ctr")
        elif shape.placeholder_format.type == PP_PLACEHOLDER.BODY:
            _place(shape, _LEFT, Inches(1.6), _RIGHT, Inches(6.7))
    _foot(master)
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    words = style.find(qn("a:defRPr"))
    words.set("sz", "2800")
    words.set("b", "1")
    stroke = master.shapes._spTree  # python-pptx adds no shape to a master itself
    stroke.append(_stroke(stroke))


def _stroke(tree: Any) -> Any:
    """Return a thin upright bar in the accent colour, which no reader is told of."""
    xml = (
        '<p:sp xmlns:p="{p}" xmlns:a="{a}"><p:nvSpPr><p:cNvPr id="{id}" name="Accent"/>'
        '<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
        '<a:off x="0" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        '<a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "</p:sp>"
    )
    spaces = tree.nsmap
    return parse_xml(
        xml.format(
            p=spaces["p"],
            a=spaces["a"],
            id=len(tree) + 20,
            y=Inches(0.48),
            cx=Inches(0.09),
            cy=Inches(0.7),
        )
    )


def _foot(holder: Any) -> None:
    """Put the number of the slide at the foot, at the right."""
    for shape in list(holder.placeholders):
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.SLIDE_NUMBER:
            _place(shape, Inches(11.9), Inches(7.02), _RIGHT, Inches(7.32))
        elif kind in (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER):
            shape.element.getparent().remove(shape.element)


def _cover(layout: Any) -> None:
    """Put the company in large at the left, the period below."""
    fill = layout.background.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(mixed(LIGHT.bg, "#FFFFFF", 0.2)[1:])
    for shape in layout.placeholders:
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.CENTER_TITLE:
            _place(shape, _LEFT, Inches(1.35), _RIGHT, Inches(2.95))
            shape.text_frame._bodyPr.set("anchor", "b")
            _size(shape, 40)
        elif kind == PP_PLACEHOLDER.SUBTITLE:
            _place(shape, _LEFT, Inches(3.05), _RIGHT, Inches(3.6))
            _size(shape, 18)


def _size(shape: Any, points: int) -> None:
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = 0
    for style in shape.element.iter(qn("a:lvl1pPr")):
        style.set("algn", "l")
        words = style.find(qn("a:defRPr"))
        if words is not None:
            words.set("sz", str(points * 100))
            return
    held = frame._txBody.find(qn("a:lstStyle"))
    style = etree.SubElement(held, qn("a:lvl1pPr"), algn="l", marL="0", indent="0")
    etree.SubElement(style, qn("a:defRPr"), sz=str(points * 100))


def _logo(master: Any, logo: bytes) -> None:
    """Put a logo at the top right, small, and keep titles clear of it."""
    part, relation = master.part.get_or_add_image_part(io.BytesIO(logo))
    wide, high = part.image.size
    width = min(int(Inches(0.5) * wide / max(high, 1)), int(Inches(2.2)))
    height = int(width * high / max(wide, 1))
    left = _RIGHT - width
    tree = master.shapes._spTree
    tree.add_pic(90, "Logo", "", relation, left, Inches(0.42), width, height)
    for shape in master.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.TITLE:
            shape.width = Emu(left - Inches(0.3) - shape.left)
