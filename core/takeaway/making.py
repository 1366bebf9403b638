"""A file to take away, made when it is asked for: the story told, then written."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from core import exports, judgement, story
from core.accounts import audit, workspaces
from core.accounts.sessions import DEMO_WORKSPACE
from core.errors import CrmError, NotAllowed
from core.i18n import text
from core.rules import Rules
from core.scene import Filters
from core.story.model import Story
from core.takeaway import behind, template
from core.takeaway.behind import Looked
from core.takeaway.sheets import Sheet
from core.visit import Visit
from core.workspace import Workspace

Kind = Literal["deck", "page", "report", "book"]
KINDS: tuple[Kind, ...] = ("deck", "page", "report", "book")
SUFFIX: Mapping[Kind, str] = {
    "deck": "pptx",
    "page": "pdf",
    "report": "pdf",
    "book": "xlsx",
}
MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Progress:
    """How far a file is, told from the thread that writes it to the one that draws."""

    def __init__(self, kind: Kind) -> None:
        """Begin with nothing done."""
        self.kind: Kind = kind
        self._lock = threading.Lock()
        self._done, self._total = 0, 0
        self.is_over = False
        self.error: CrmError | None = None
        self.has_failed = False

    def tell(self, done: int, total: int) -> None:
        """Take how many parts are done, out of how many."""
        with self._lock:
            self._done, self._total = done, total

    @property
    def at(self) -> tuple[int, int]:
        """The parts done and their total, (0, 0) while the story is being told."""
        with self._lock:
            return self._done, self._total


@dataclass(frozen=True)
class Wanted:
    """What somebody takes: which file, of which month and people, in which look."""

    kind: Kind
    filters: Filters | None = None
    hides_names: bool = True
    has_template: bool = True


def name(visit: Visit, wanted: Wanted) -> str:
    """Return the file's name: ``valombre_diapositives_2026-10.pptx``."""
    period = cast(Workspace, visit.workspace).period
    when = wanted.filters.month if wanted.filters else ""
    if not when and period:
        when = period[1].isoformat()
    kind = text(f"take.file.{wanted.kind}", visit.language)
    return exports.file_name(
        visit.workspace_name, kind, when, suffix=SUFFIX[wanted.kind]
    )


def make(visit: Visit, wanted: Wanted, progress: Progress | None = None) -> bytes:
    """Return the file, and write down that it left.

    Raises NotAllowed for a role that exports nothing, GroupTooSmall for a part of too
    few people; ``progress`` knows then, too.
    """
    told = progress or Progress(wanted.kind)
    try:
        if not visit.can("export"):
            raise NotAllowed(role=visit.role)
        found = _written(visit, wanted, told)
        if visit.workspace_id != DEMO_WORKSPACE:
            audit.record(
                visit.who,
                "export",
                visit.workspace_id,
                list=f"story_{wanted.kind}",
                has_names=has_names(visit, wanted),
            )
        return found
    except CrmError as error:
        told.error = error
        raise
    except Exception:
        told.has_failed = True
        raise
    finally:
        told.is_over = True


def has_names(visit: Visit, wanted: Wanted) -> bool:
    """Tell whether people are named in the file."""
    shows = cast(Workspace, visit.workspace).privacy == "names"
    return shows and not wanted.hides_names


def _written(visit: Visit, wanted: Wanted, progress: Progress) -> bytes:
    telling = story.tell(visit, wanted.filters, hide_names=wanted.hides_names)
    workspace = cast(Workspace, visit.workspace)
    rules = Rules.of(workspace.settings.rules)
    named = has_names(visit, wanted)
    # Each kind loads its own library: only who asks for it waits.
    if wanted.kind == "deck":
        from core.takeaway import deck, definitions

        folder = look_folder(visit) if wanted.has_template else None
        return deck.pptx_bytes(
            telling,
            definitions.lines(telling, rules),
            template=template.read(folder) if folder else None,
            brand=template.brand(folder) if folder else None,
            tell=progress.tell,
        )
    if wanted.kind == "page":
        from core.takeaway import one_pager

        return one_pager.pdf_bytes(telling, has_names=named)
    found = list(tables(visit, wanted, telling))
    if wanted.kind == "report":
        from core.takeaway import report

        return report.pdf_bytes(
            telling, found, workspace, rules, has_names=named, tell=progress.tell
        )
    from core.takeaway import workbook

    return workbook.xlsx_bytes(telling, found, rules, tell=progress.tell)


def tables(visit: Visit, wanted: Wanted, telling: Story) -> list[Sheet]:
    """Return the tables behind a story, as this reader may take them away."""
    shown = story.as_shown(visit, hide_names=wanted.hides_names)
    one = story.people(shown, wanted.filters)
    workspace = cast(Workspace, shown.workspace)
    it = judgement.judged_alone(workspace) if one is None else judgement.judged(one)
    return list(behind.of(Looked(shown, one, it, telling)))


def look_folder(visit: Visit) -> Path | None:
    """Return where the look of a visit's decks is kept; the demo's is always ours."""
    if visit.is_demo or visit.workspace_id in (None, DEMO_WORKSPACE):
        return None
    return workspaces.folder(str(visit.workspace_id))
