"""Charts: figures in, a drawing with its title, its sentence and its table out."""

from __future__ import annotations

from core.charts.figure import Figure, Look

__all__ = ["Figure", "Look"]
