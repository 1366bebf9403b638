"""What each export opens: where one is missing, this says what it would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.workspace import Workspace


@dataclass(frozen=True)
class Unlock:
    """What the objects of some exports open: ``name`` is under ``unlock.`` in texts."""

    name: str
    objects: tuple[str, ...]


UNLOCKS = (
    Unlock("user", ("user",)),
    Unlock("login", ("login",)),
    Unlock("activity", ("activity",)),
    Unlock("base", ("account", "contact")),
    Unlock("campaign_member", ("campaign_member",)),
    Unlock("opportunity", ("opportunity",)),
)


def lacking(workspace: Workspace) -> Sequence[Unlock]:
    """Return what a workspace does not hold, or holds in part."""
    return [one for one in UNLOCKS if not workspace.has(*one.objects)]
