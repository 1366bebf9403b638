"""The board of scorecards that a visit opens: the workspace's, or a visit's own."""

from __future__ import annotations

from core.rules import DEFAULTS, Rules
from core.scorecards import examples, places
from core.scorecards.board import Board
from core.visit import Visit


def board(visit: Visit) -> Board:
    """Return the board that is looked at; a demo visit's own holds the examples."""
    workspace_id = visit.workspace_id or ""
    if not visit.is_demo:
        return Board(workspace_id, visit.who, visit.language)
    place, is_new = places.of_visit(f"{visit.account.session_id} {workspace_id}")
    own = Board(workspace_id, visit.who, visit.language, place)
    if is_new:
        period = visit.workspace.period if visit.workspace else None
        if period is None:
            examples.add(own, *examples.codes())
        else:
            examples.add_launched(own, period)
    return own


def rules(visit: Visit) -> Rules:
    """Return the limits in force where the reader looks."""
    if visit.workspace is None:
        return DEFAULTS
    return Rules.of(visit.workspace.settings.rules)
