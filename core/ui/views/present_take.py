"""What whoever presents takes away: the files of the story as it is shown."""

from __future__ import annotations

from core.scene import Filters
from core.ui.views import taking
from core.visit import Visit


def draw(visit: Visit, filters: Filters | None, *, hides: bool) -> None:
    """Draw the menu of files, of the month and people shown, named or not."""
    taking.draw(visit, filters, hides=hides)
