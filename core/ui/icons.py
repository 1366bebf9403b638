"""Icons drawn by the product, shown as CSS masks so that they take the text's colour.

Streamlit strips inline SVG from its HTML blocks, and its own page icons are fetched
from the network for the tab: neither is used here.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote

_LINE = (
    "<g fill='none' stroke='#000' stroke-width='{width}' stroke-linecap='round'"
    " stroke-linejoin='round'>{shape}</g>"
)
# Filled shapes: the states. The sign inside is cut out by the even-odd rule.
_FILLED = {
    "healthy": (
        "<path fill-rule='evenodd' d='M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 "
        "0-21zm5.6 7.9-6.7 7.2a1.2 1.2 0 0 1-1.7 0l-3-3.1 1.7-1.7 2.1 2.2 "
        "5.9-6.3z'/>"
    ),
    "watch": (
        "<path fill-rule='evenodd' d='M13.6 2.5a1.9 1.9 0 0 0-3.2 0L.9 19.4A1.9 1.9"
        " 0 0 0 2.5 22h19a1.9 1.9 0 0 0 1.6-2.6zM10.9 8h2.2v7h-2.2zm0 "
        "9h2.2v2.3h-2.2z'/>"
    ),
    "sick": (
        "<path fill-rule='evenodd' d='M7.7 1.5h8.6l6.2 6.2v8.6l-6.2 "
        "6.2H7.7l-6.2-6.2V7.7zM8.6 7 7 8.6l3.4 3.4L7 15.4 8.6 17l3.4-3.4 3.4 3.4 "
        "1.6-1.6-3.4-3.4L17 8.6 15.4 7 12 10.4z'/>"
    ),
    "circle": "<circle cx='12' cy='12' r='9'/>",
    "diamond": "<path d='M12 1.5 22.5 12 12 22.5 1.5 12z'/>",
    "square": "<rect x='3.5' y='3.5' width='17' height='17' rx='2.5'/>",
    "up": "<path d='M12 4.5 22 20H2z'/>",
    "down": "<path d='M12 19.5 2 4h20z'/>",
    "stable": "<path d='M4 7h16v3.4H4zm0 6.6h16V17H4z'/>",
}
_OUTLINED = {
    "not_enough_data": (
        "<circle cx='12' cy='12' r='9.5' stroke-dasharray='2.2 4.43'/><path d='M8 "
        "12h8'/>"
    ),
    "ring": "<circle cx='12' cy='12' r='9' stroke-dasharray='2 4.28'/>",
    "aplomb": (
        "<path d='M12 3 21.8 21.3H2.2zM12 3v8'/>"
        "<path d='m12 11 2 3.6-2 3.2-2-3.2z' fill='#000'/>"
    ),
    "verdict": (
        "<path d='M12 2.5v5M12 7.5 7.5 15.5 12 21l4.5-5.5z'/><path d='M5 2.5h14'/>"
    ),
    "calendar": (
        "<rect x='3.5' y='5' width='17' height='15.5' rx='2'/><path d='M3.5 10h17M8"
        " 2.5V6M16 2.5V6M8 14h.1M12 14h.1M16 14h.1M8 17.2h.1M12 17.2h.1'/>"
    ),
    "checklist": (
        "<path d='M8 4.6H6A1.6 1.6 0 0 0 4.4 6.2v13A1.6 1.6 0 0 0 6 20.8h12a1.6 1.6 0 0"
        " 0 1.6-1.6v-13A1.6 1.6 0 0 0 18 4.6h-2'/>"
        "<rect x='8' y='2.7' width='8' height='3.8' rx='1'/><path d='m8.4 13.4 2.5 2.5"
        " 4.8-5.2'/>"
    ),
    "profiles": (
        "<circle cx='7' cy='7' r='3.8'/><path d='m17.2 2.6 4.3 4.4-4.3 4.4L12.9 7z'/>"
        "<path d='M3.5 13.8h7v7h-7zM14 17.3h7.5'/>"
    ),
    "comings": "<path d='M3 8h13M12 4l4 4-4 4M21 16H8M12 12l-4 4 4 4'/>",
    "symptoms": (
        "<path d='M6 3H4v5a5 5 0 0 0 10 0V3h-2M9 13v2.5a5 5 0 0 0 10 0V13'/>"
        "<circle cx='19' cy='11' r='2'/>"
    ),
    "pyramid": "<path d='M12 3 2.5 20.5h19zM8.6 9.5h6.8M5.6 15h12.8'/>",
    "funnel": "<path d='M3 4h18l-7 8.5V20l-4-2v-5.5z'/>",
    "score": (
        "<path d='M3.5 6.5 5 8l2.5-3M3.5 12.5 5 14l2.5-3M3.5 18.5 5 20l2.5-3M11.5 "
        "6.5h9M11.5 12.5h9M11.5 18.5h9'/>"
    ),
    "audit": (
        "<path d='M4 4.5h16v11H11l-4.5 4v-4H4z'/><path d='M9.6 8.4a2.4 2.4 0 1 1 3.3 "
        "2.2c-.6.3-.9.7-.9 1.3M12 13.6v.1'/>"
    ),
    "letter": "<path d='M5 3.5h14v17H5zM8.5 8h7M8.5 12h7M8.5 16h4'/>",
    "portfolio": "<path d='M3.5 7.5h17v12h-17zM8.5 7.5v-3h7v3M3.5 12.5h17M12 11v3'/>",
    "data": (
        "<path d='M13.5 2.5H6A1.5 1.5 0 0 0 4.5 4v16A1.5 1.5 0 0 0 6 21.5h12a1.5 "
        "1.5 0 0 0 1.5-1.5V8.5zM13.5 2.5v6h6M12 18v-6M9 14.5l3-3 3 3'/>"
    ),
    "method": (
        "<path d='M4 5.5A2.5 2.5 0 0 1 6.5 3H20v18H6.5A2.5 2.5 0 0 1 4 18.5zM4 "
        "18.5A2.5 2.5 0 0 1 6.5 16H20M8.5 7.5h7M8.5 11h4.5'/>"
    ),
    "settings": (
        "<path d='M4 7h9M17 7h3M4 17h3M11 17h9'/><circle cx='15' cy='7' "
        "r='2.3'/><circle cx='9' cy='17' r='2.3'/>"
    ),
    "person": (
        "<circle cx='12' cy='8' r='4'/><path d='M4 21c.8-4.4 4-6.5 8-6.5s7.2 2.1 8 "
        "6.5'/>"
    ),
    "download": "<path d='M12 3.5v12M7.5 11l4.5 4.5 4.5-4.5M4 20h16'/>",
    "phone": (
        "<path d='M7.5 3.5 10 8.5 8 10.3c1 2.4 3.3 4.7 5.7 5.7l1.8-2 5 2.5v3.2c0 "
        ".7-.6 1.3-1.3 1.3C10.8 21 3 13.2 3 4.8 3 4.1 3.6 3.5 4.3 3.5z'/>"
    ),
    "mail": (
        "<rect x='3' y='5' width='18' height='14' rx='2'/><path d='m4 7 8 6.5L20 7'/>"
    ),
    "talk": (
        "<path d='M4 4.5h11.5v8H9l-3.2 3v-3H4zM9.5 15.5V16h5.7l3 2.8V16H20V8.5h-1.5'/>"
    ),
    "arrow": "<path d='M4 12h15M13.5 6l6 6-6 6'/>",
    "back": "<path d='M20 12H5M10.5 6l-6 6 6 6'/>",
    "expand": "<path d='M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5'/>",
    "screen": "<path d='M3.5 4.5h17v11h-17zM12 15.5v4M8 20.5l4-3 4 3'/>",
    "share": (
        "<circle cx='18' cy='5' r='2.8'/><circle cx='6' cy='12' r='2.8'/>"
        "<circle cx='18' cy='19' r='2.8'/><path d='m8.5 10.6 7-4.1M8.5 13.4l7 4.1'/>"
    ),
    "info": "<circle cx='12' cy='12' r='9.5'/><path d='M12 11v6M12 7.2v.1'/>",
}
# The states' names beside the drawings they share.
_ALIASES = {"at_risk": "sick", "excluded": "not_enough_data"}
# Page name (its address) to drawing; "" is the page shown at the root.
PAGE_ICONS = {
    "": "verdict",
    "home": "verdict",
    "adoption": "calendar",
    "profiles": "profiles",
    "lifecycle": "comings",
    "symptoms": "symptoms",
    "pyramid": "pyramid",
    "conversations": "talk",
    "practices": "checklist",
    "campaigns": "funnel",
    "sending": "mail",
    "score": "score",
    "audit": "audit",
    "portfolio": "portfolio",
    "digest": "letter",
    "data": "data",
    "method": "method",
    "settings": "settings",
}
PROFILE_ICONS = {
    "always_connected": "circle",
    "field": "diamond",
    "occasional": "square",
}


def svg(name: str) -> str:
    """Return the drawing ``name`` as an SVG document; KeyError if there is none."""
    name = _ALIASES.get(name, name)
    shape = _FILLED.get(name)
    if shape is None:
        width = 2.2 if name in ("not_enough_data", "ring") else 1.9
        shape = _LINE.format(width=width, shape=_OUTLINED[name])
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>{shape}</svg>"


def names() -> tuple[str, ...]:
    """Return every name that ``svg`` and ``icon`` know."""
    return (*_FILLED, *_OUTLINED, *_ALIASES)


def url(name: str) -> str:
    """Return the drawing as a CSS ``url(…)`` that holds it whole."""
    return f'url("data:image/svg+xml,{quote(svg(name), safe=" =:/")}")'


def css() -> str:
    """Return the rules that draw ``icon`` and the icons of the page list."""
    places = {name: [f".i-{name}"] for name in names()}
    places["aplomb"].append(".brand .ico")
    places["screen"].append(".st-key-present_open a")
    places["share"].append(".st-key-share button")
    for page, name in PAGE_ICONS.items():
        link = f'[data-testid="stSidebarNavLink"][href$="/{page}"]'
        places[name].append(link)
    # A drawing is written once: half the sheet was drawings said twice.
    rules = [f"{','.join(at)}{{--i:{url(name)}}}" for name, at in places.items()]
    return "\n".join(rules)


def icon(name: str, label: str = "") -> str:
    """Return the icon as HTML; ``label`` is read aloud, without one it is silent."""
    if name not in names():
        name = "not_enough_data"
    spoken = f'<span class="unseen">{escape(label)}</span>' if label else ""
    return f'<span class="ico i-{name}" aria-hidden="true"></span>{spoken}'
