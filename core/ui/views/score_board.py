"""Whose board of scorecards a visit opens, and who may write on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from core.accounts import audit
from core.errors import CrmError, NotAllowed
from core.scorecards.board import Board
from core.scorecards.opened import board, rules
from core.scorecards.words import Reading
from core.ui import auth, cards, deciding, opening
from core.ui.language import reader_zone
from core.visit import Visit

__all__ = ["board", "can_write", "moment", "reading", "rules", "write", "writing"]


def can_write(visit: Visit) -> bool:
    """Tell whether the reader may answer, and not only look."""
    return visit.can("score")


def writing(visit: Visit) -> Board:
    """Return the board to write on; raise if the right is gone since it was drawn."""
    visitor = auth.visitor()
    info = opening.current(visitor) if visitor else None
    if (
        visitor is None
        or info is None
        or info.workspace_id != visit.workspace_id
        or visitor.role != visit.role
        or not can_write(visit)
    ):
        audit.record(visit.who, "denied", visit.workspace_id, page="score")
        raise NotAllowed()
    return board(visit)


def write(visit: Visit, act: Callable[[Board], Any]) -> bool:
    """Do something on the board; `deciding.told` says why when it is refused.

    For callbacks. Return whether it was done.
    """
    try:
        act(writing(visit))
    except CrmError as error:
        deciding.refuse(cards.sentence(error, visit.language))
        return False
    return True


def reading(visit: Visit) -> Reading:
    """Return what the sentences of a scorecard need to know of the reader."""
    return Reading(
        language=visit.language,
        day=datetime.now(reader_zone()).date(),
        workspace=visit.workspace_name,
        rules=rules(visit),
    )


def moment(seconds: int) -> datetime:
    """Return a moment on the reader's clock."""
    return datetime.fromtimestamp(seconds, reader_zone())
