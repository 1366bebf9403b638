"""Where something is drawn on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """Where something is drawn, in millimetres."""

    x: float
    y: float
    width: float
    height: float
