"""What a story is told of, and the lines that say where its figures come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core import periods
from core.i18n import formats, plural
from core.judgement import Judged
from core.scene import Filters, Scene
from core.story.model import Telling
from core.visit import Visit
from core.workspace import Workspace

Scope = Literal["people", "team", "company"]
"""Which filters a step follows: all, the team's alone, or none."""


@dataclass(frozen=True)
class Asked:
    """What is told, as this reader may see it.

    ``visit`` looks at ``workspace`` already; ``one`` is None where no person may be
    told of, ``hides`` tells that names were taken away on purpose.
    """

    visit: Visit
    workspace: Workspace
    one: Scene | None
    it: Judged
    hides: bool

    @property
    def language(self) -> str:
        """The language of the reader."""
        return self.visit.language

    @property
    def filters(self) -> Filters | None:
        """What the people were chosen by, None without people."""
        return self.one.filters if self.one else None

    @property
    def query(self) -> dict[str, str]:
        """The filters as an address has them."""
        chosen = vars(self.filters) if self.filters else {}
        return {name: value for name, value in chosen.items() if value}

    def text(self, key: str, /, **values: object) -> str:
        """Return a text of the catalogue."""
        return self.visit.text(key, **values)

    def source(self, scope: Scope = "people", *more: str) -> str:
        """Return the line under a step: data, period, filters, who is left out."""
        parts = [_imported(self), _period(self), _whom(self, scope)]
        if scope == "people":
            parts += _left_out(self)
        if self.visit.is_demo:
            parts.append(self.text("story.source.demo"))
        return " · ".join(part for part in (*parts, *more) if part)


def _imported(asked: Asked) -> str:
    """Return which tools the data come from, and when they were imported."""
    records = asked.workspace.manifest.imports
    vendors = sorted({r.vendor or "" for record in records for r in record.reports})
    told = [name for name in vendors if name not in ("", "generic")] or vendors
    names = [asked.text(f"vendor.{name}") for name in told if name]
    day = formats.day(max(record.at for record in records), asked.language)
    listed = formats.listing(names, asked.language)
    return asked.text("story.source.data", vendors=listed, day=day)


def _read_on(asked: Asked) -> str:
    """Return the day on which the figures are read."""
    if asked.one is not None:
        return formats.day(asked.one.period.as_of, asked.language)
    day = periods.last_data_day(asked.workspace)
    return formats.day(day, asked.language)


def _month(asked: Asked) -> str:
    return (
        formats.month(asked.one.period.month, asked.language)
        if asked.one is not None
        else ""
    )


def _period(asked: Asked) -> str:
    month, day = _month(asked), _read_on(asked)
    if not month:
        return asked.text("story.source.day", day=day)
    return asked.text("story.source.month", month=formats.capital(month), day=day)


def _whom(asked: Asked, scope: Scope) -> str:
    """Return whom the figures are of: the filters, as far as a step follows them."""
    chosen = asked.filters
    parts = []
    if chosen and chosen.team and scope != "company":
        parts.append(asked.text("story.source.team", team=chosen.team))
    if chosen and chosen.profile and scope == "people":
        parts.append(asked.text(f"profile.{chosen.profile}"))
    return ", ".join(parts) or asked.text("story.source.everybody")


def _left_out(asked: Asked) -> list[str]:
    """Return who is not judged: programs, closed accounts, nobody under k."""
    one = asked.one
    if one is None:
        return []
    states = one.rows["state"]
    gone = one.told(int(states.isin(("integration", "left")).sum()))
    parts = []
    if gone:
        parts.append(plural("story.source.left_out", gone, asked.language))
    if not one.shows_people:
        k = one.workspace.settings.k
        parts.append(asked.text("story.source.protected", k=k))
    return parts


def telling(asked: Asked) -> Telling:
    """Return what the whole story is about, and what every document must say of it."""
    month = _month(asked)
    about = [_imported(asked), _period(asked), _whom(asked, "people")]
    about += _left_out(asked)
    if asked.hides:
        about.append(asked.text("story.source.hidden"))
    if asked.visit.is_demo:
        about.append(asked.text("story.source.demo"))
    return Telling(
        company=asked.visit.workspace_name,
        period=formats.capital(month) if month else "",
        as_of=_read_on(asked),
        filters=_whom(asked, "people"),
        about=tuple(about),
    )


def notes(asked: Asked, step: str, said: str, **values: object) -> tuple[str, ...]:
    """Return what whoever presents says, asks the room, and expects to hear.

    ``said`` names what is said, for a step that is not told in one way only.
    """
    keys = (f"say.{said}" if said else "say", "ask", "objection")
    return tuple(asked.text(f"story.{step}.note.{key}", **values) for key in keys)
