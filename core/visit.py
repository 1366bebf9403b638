"""One visit of one page: who looks, in which language, at which workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.accounts.people import IMPORTERS, Role
from core.accounts.sessions import Visitor
from core.i18n import text
from core.pages import PAGES, PageSpec, allowed
from core.workspace import Workspace

Act = Literal["import", "configure", "people", "export", "score"]

ACTS: dict[Act, frozenset[Role]] = {
    "import": IMPORTERS,
    "configure": frozenset({"admin", "consultant"}),
    "people": frozenset({"admin"}),
    "export": frozenset({"admin", "consultant", "director", "marketing"}),
    "score": frozenset({"admin", "consultant", "director", "marketing"}),
}
"""What each role may do beside looking."""
_IN_DEMO: frozenset[Act] = frozenset({"export", "score"})
"""What a demo visit may do; it scores in a memory of its own, which nobody shares."""


def admits(spec: PageSpec, visitor: Visitor) -> bool:
    """Tell whether a visitor may open a page: by role, and by link if they came so."""
    is_in_scope = visitor.scope is None or spec.name in visitor.scope.pages
    return is_in_scope and allowed(spec, visitor.role)


@dataclass(frozen=True)
class Visit:
    """What a page is given: everything it may know of its reader.

    ``workspace`` is None while nobody made one; on a page that needs data it is
    always there and holds some. ``theme`` is ``light`` or ``dark``; ``is_phone`` tells
    whether the reader's browser says it is one; ``page`` is the page's name.
    """

    account: Visitor
    role: str
    language: str
    workspace: Workspace | None
    workspace_id: str | None
    workspace_name: str
    is_demo: bool
    theme: Literal["light", "dark"]
    is_phone: bool = False
    page: str = "home"

    def text(self, key: str, /, **values: object) -> str:
        """Return a text of the catalogue in the reader's language."""
        return text(key, self.language, **values)

    def can(self, act: Act) -> bool:
        """Tell whether the reader may do ``act``; check it again where it is done."""
        if self.account.scope is not None:
            return False
        return self.role in ACTS[act] and (not self.is_demo or act in _IN_DEMO)

    def can_open(self, page: str) -> bool:
        """Tell whether the reader may open the page of this name."""
        return any(spec.name == page and admits(spec, self.account) for spec in PAGES)

    @property
    def who(self) -> str:
        """Return the name under which the journal and imports know the reader."""
        return self.account.who
