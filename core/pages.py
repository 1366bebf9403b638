"""The pages of the product: who may open each, and what each needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from core.accounts.people import ROLES, Role

_EVERYONE: frozenset[Role] = frozenset(ROLES)
_READERS: frozenset[Role] = frozenset({"admin", "consultant", "director", "viewer"})


@dataclass(frozen=True)
class PageSpec:
    """A page: its file is ``pages/<name>.py``, its texts are under ``page.<name>``.

    One that does not ``opens_data`` is given no workspace: it looks at several, and
    opens though the data of the present one are damaged. One that is not ``listed`` is
    opened from another, and has no place in the menu.
    """

    name: str
    roles: frozenset[Role] = field(default=_EVERYONE)
    section: Literal["understand", "act", "share"] = "understand"
    needs_data: bool = True
    opens_data: bool = True
    listed: bool = True


PAGES: tuple[PageSpec, ...] = (
    PageSpec("home", needs_data=False),
    PageSpec("adoption", roles=_READERS),
    PageSpec("profiles", roles=_READERS),
    PageSpec("lifecycle", roles=_READERS),
    PageSpec("symptoms", roles=_READERS),
    PageSpec("pyramid", roles=_READERS),
    PageSpec("conversations", roles=_READERS),
    PageSpec("practices", roles=_READERS),
    PageSpec("campaigns", section="act"),
    PageSpec("sending", section="act", needs_data=False),
    PageSpec("score", section="act", needs_data=False),
    PageSpec(
        "audit",
        roles=frozenset({"admin", "consultant", "director"}),
        section="act",
        needs_data=False,
    ),
    PageSpec(
        "portfolio",
        roles=frozenset({"admin", "consultant", "director"}),
        section="share",
        needs_data=False,
        opens_data=False,
    ),
    PageSpec(
        "digest",
        roles=frozenset({"admin", "consultant", "director"}),
        section="share",
    ),
    PageSpec(
        "data",
        roles=frozenset({"admin", "consultant", "director", "marketing"}),
        section="share",
        needs_data=False,
    ),
    PageSpec("method", section="share", needs_data=False),
    PageSpec("settings", section="share", needs_data=False),
    PageSpec("present", roles=_READERS, section="share", listed=False),
)
"""Every page, in the order of the menu; one not listed here cannot be opened."""


def allowed(spec: PageSpec, role: str) -> bool:
    """Tell whether a role may open a page."""
    return role in spec.roles
