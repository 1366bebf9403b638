"""The look of a deck: what its template says, its contrasts made sure of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from core.charts.tokens import LIGHT, contrast
from core.takeaway import fitting

OURS = "Aplomb"
_SLOTS = (
    *("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4"),
    *("accent5", "accent6"),
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_READABLE, _SEEN = 4.5, 3.0
_LARGEST_TITLE = 30.0


def mixed(one: str, other: str, share: float) -> str:
    """Return the colour at ``share`` (0 to 1) of the way from one to the other."""
    parts = (
        round(
            int(one[at : at + 2], 16) * (1 - share)
            + int(other[at : at + 2], 16) * share
        )
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02X}" for part in parts)


@dataclass(frozen=True)
class Theme:
    """The colours of a deck as #RRGGBB, and how large its titles are, in points.

    ``accent`` is what must be acted on, ``pale`` the rest of a chart. ``slots`` says
    which colours are those of the template, by their number there: they follow it.
    ``font`` is that of running text.
    """

    ink: str
    muted: str
    ground: str
    accent: str
    pale: str
    line: str
    title_size: float
    is_ours: bool
    font: str
    slots: Mapping[str, Any]

    @property
    def face(self) -> float:
        """How wide its font for text is, beside most."""
        return fitting.face(self.font)

    def mark(self, state: str) -> str:
        """Return the one saturated colour; in our own look it is that of the state."""
        return LIGHT.mark(state) if self.is_ours and state else self.accent

    def words(self, state: str) -> str:
        """Return the text colour of a state, readable on the ground."""
        found = LIGHT.ink(state) if state else self.ink
        return found if contrast(found, self.ground) >= _READABLE else self.ink

    def on(self, fill: str) -> str:
        """Return the text colour that reads best on ``fill``."""
        return max(("#FFFFFF", LIGHT.text), key=lambda one: contrast(one, fill))


def of(presentation: Any, layout: Any) -> Theme:
    """Return the look of a layout of a presentation."""
    master = layout.slide_master
    name, font, colours = _read(master)
    named = _mapped(master, layout, colours)
    ground = _ground(layout, named) or _ground(master, named) or named["bg1"]
    ink = named["tx1"]
    slots = {ink: MSO_THEME_COLOR.TEXT_1}
    if contrast(ink, ground) < _READABLE:
        ink = max(("#FFFFFF", LIGHT.text), key=lambda one: contrast(one, ground))
        slots = {}
    accent = ink
    for place in range(1, 7):
        colour = colours[f"accent{place}"]
        if contrast(colour, ground) >= _SEEN:
            accent = colour
            slots[colour] = getattr(MSO_THEME_COLOR, f"ACCENT_{place}")
            break
    muted = next(
        found
        for share in (0.35, 0.25, 0.15, 0.0)
        if contrast(found := mixed(ink, ground, share), ground) >= _READABLE
        or not share
    )
    return Theme(
        ink=ink,
        muted=muted,
        ground=ground,
        accent=accent,
        pale=mixed(ink, ground, 0.76),
        line=mixed(ink, ground, 0.84),
        title_size=_title_size(master, layout),
        is_ours=name == OURS,
        font=font,
        slots=slots,
    )


def _read(master: Any) -> tuple[str, str, dict[str, str]]:
    """Return the name of a master's theme, its font for text, its colours by slot."""
    colours = {
        **dict.fromkeys(_SLOTS, LIGHT.accent),
        "dk1": "#000000",
        "lt1": "#FFFFFF",
        "dk2": LIGHT.muted,
        "lt2": LIGHT.bg,
    }
    part = master.part.part_related_by(RT.THEME)
    root = etree.fromstring(part.blob, _PARSER)
    scheme = root.find(f".//{qn('a:clrScheme')}")
    for slot in _SLOTS if scheme is not None else ():
        found = scheme.find(f"{qn('a:' + slot)}/*")
        written = "" if found is None else found.get("lastClr") or found.get("val", "")
        if _is_colour(written):
            colours[slot] = f"#{written.upper()}"
    face = root.find(f".//{qn('a:minorFont')}/{qn('a:latin')}")
    font = "" if face is None else face.get("typeface", "")
    return root.get("name", ""), font, colours


def _is_colour(written: str) -> bool:
    return len(written) == 6 and all(one in "0123456789abcdefABCDEF" for one in written)


def _mapped(master: Any, layout: Any, colours: Mapping[str, str]) -> dict[str, str]:
    """Return the colours under the names that a slide knows them by."""
    known = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
    places = (
        master.element.find(qn("p:clrMap")),
        layout.element.find(f".//{qn('a:overrideClrMapping')}"),
    )
    for place in places:
        if place is not None:
            known |= {name: place.get(name, slot) for name, slot in known.items()}
    named = {name: colours.get(slot, "#000000") for name, slot in known.items()}
    return {**colours, **named}


def _ground(holder: Any, named: Mapping[str, str]) -> str | None:
    """Return the plain colour behind a layout or a master, None without one."""
    background = holder.element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
    if background is None:
        return None
    for kind in ("a:srgbClr", "a:schemeClr", "a:sysClr"):
        found = background.find(f".//{qn(kind)}")
        if found is not None:
            written = found.get("lastClr") or found.get("val", "")
            return named.get(written) or (
                f"#{written.upper()}" if _is_colour(written) else None
            )
    return None


def _title_size(master: Any, layout: Any) -> float:
    for found in _sizes(master, layout):
        return min(_LARGEST_TITLE, int(found) / 100)
    return _LARGEST_TITLE


def _sizes(master: Any, layout: Any) -> Iterator[str]:
    title = title_of(layout)
    holders = [] if title is None else [title.element]
    style = master.element.find(f".//{qn('p:titleStyle')}")
    for holder in [*holders, *([] if style is None else [style])]:
        for found in holder.iter(qn("a:defRPr"), qn("a:rPr")):
            if (found.get("sz") or "").isdigit():
                yield found.get("sz")


def title_of(layout: Any) -> Any:
    """Return the title placeholder of a layout, None without one."""
    for shape in layout.placeholders:
        if shape.placeholder_format.type in _TITLES:
            return shape
    return None
