"""A chart made larger as a whole: its words, lines and gaps, for a wall or a slide."""

from __future__ import annotations

from typing import Any

LARGEST, LEAST = 1.45, 1.2
# What Vega-Lite counts in pixels; what is in the data's own units stays as it is.
_LENGTHS = frozenset(
    {
        *("fontSize", "labelFontSize", "titleFontSize", "labelLimit", "labelPadding"),
        *("titlePadding", "strokeWidth", "cornerRadius", "cornerRadiusEnd"),
        *("cornerRadiusTopLeft", "cornerRadiusTopRight", "dx", "dy", "limit"),
    }
)
_AREAS = frozenset({"size"})


def enlarged(spec: dict[str, Any], height: float) -> dict[str, Any]:
    """Return ``spec`` made larger, to about ``height`` pixels, its width apart.

    It grows by `LEAST` at least and `LARGEST` at most: beyond, words would no longer
    hold beside their marks.
    """
    own = float(spec.get("height") or height)
    factor = min(LARGEST, max(LEAST, height / own))
    grown: dict[str, Any] = _grown(spec, factor)
    grown["height"] = round(own * factor)
    return grown


def _grown(part: Any, factor: float) -> Any:
    if isinstance(part, list):
        return [_grown(one, factor) for one in part]
    if not isinstance(part, dict):
        return part
    found = {}
    for name, value in part.items():
        if name in ("data", "datasets"):
            found[name] = value
        elif name == "mark" and isinstance(value, dict):
            found[name] = _mark(value, factor)
        elif _is_length(value) and name in _LENGTHS:
            found[name] = round(value * factor, 2)
        elif _is_length(value) and name in _AREAS:
            found[name] = round(value * factor * factor, 2)
        elif name == "y" and isinstance(value, dict) and _is_length(value.get("value")):
            # A place in pixels from the top of the drawing.
            found[name] = {**value, "value": round(value["value"] * factor, 2)}
        else:
            found[name] = _grown(value, factor)
    return found


def _mark(mark: dict[str, Any], factor: float) -> dict[str, Any]:
    """Return a mark whose bars are as much thicker."""
    grown: dict[str, Any] = _grown(mark, factor)
    for name in ("height", "width"):
        if _is_length(mark.get(name)):
            grown[name] = round(mark[name] * factor, 2)
    return grown


def _is_length(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
