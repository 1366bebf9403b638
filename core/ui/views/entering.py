"""How the pages that look at people open: what they look at, or what lacks for it."""

from __future__ import annotations

from core import indicators
from core.scene import Scene
from core.ui import cards, components, export_guide, filters
from core.ui.views import home_empty
from core.visit import Visit


def enter(visit: Visit, page: str) -> Scene | None:
    """Return the month and the people that the filters leave.

    Without data on people, or when the filters leave nobody, it says so with what to
    do about it, and returns None. ``page.<page>.missing`` names the exports to make.
    """
    one = filters.of_people(visit)
    if one is None:
        title, body = visit.text("common.no_data"), visit.text(f"page.{page}.missing")
        asked = export_guide.rows(visit, *export_guide.WANTED[page])
        components.show(components.empty_state(title, body, asked, heading_level=1))
        if visit.can("import"):
            cards.add_files(visit.language)
        return None
    if not len(indicators.members(one.rows)):
        home_empty.nobody(one)
        return None
    return one
