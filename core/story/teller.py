"""The story told from the data as they are now: which steps, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from core import judgement, scene
from core.scene import Filters, Scene
from core.scorecards.model import Scorecard
from core.scorecards.opened import board
from core.story import actions, base, campaign, profiles, score, symptoms, use
from core.story.asked import Asked, telling
from core.story.model import Step, Story
from core.visit import Visit
from core.workspace import Workspace


def tell(
    visit: Visit,
    filters: Filters | None = None,
    *,
    hide_names: bool = True,
    cards: Sequence[Scorecard] | None = None,
) -> Story:
    """Return the story of the visit's workspace, which holds data.

    ``filters`` None is the latest month of everybody. With ``hide_names`` no employee
    is named, and customers' persons are counts. ``cards`` are the scorecards, those of
    the visit's board unless given. Raises GroupTooSmall for a part of too few people.
    """
    shown = as_shown(visit, hide_names=hide_names)
    workspace = cast(Workspace, shown.workspace)
    one = people(shown, filters)
    it = judgement.judged_alone(workspace) if one is None else judgement.judged(one)
    asked = Asked(shown, workspace, one, it, hide_names)
    kept = scorecards(visit) if cards is None else cards
    return Story(telling(asked), visit.language, _steps(asked, kept))


def scorecards(visit: Visit) -> list[Scorecard]:
    """Return the scorecards that the story tells of, as they are now."""
    return board(visit).cards()


def as_shown(visit: Visit, *, hide_names: bool) -> Visit:
    """Return the visit with its workspace as it may be shown in a room."""
    workspace = cast(Workspace, visit.workspace)
    if hide_names and workspace.privacy == "names":
        return replace(visit, workspace=workspace.as_if(privacy="pseudonyms"))
    return visit


def people(visit: Visit, filters: Filters | None) -> Scene | None:
    """Return the people asked about, None where none may be told of."""
    one = scene.unfiltered(visit) if filters is None else scene.of(visit, filters)
    return None if one is None or judgement.is_untold(one) else one


def _steps(asked: Asked, cards: Sequence[Scorecard]) -> tuple[Step, ...]:
    found: list[Step | None] = [use.verdict(asked)]
    if asked.one is not None and asked.one.usage.people:
        found += [use.adoption(asked.one, asked), profiles.part(asked.one, asked)]
    found.append(base.activity(asked))
    if asked.one is not None:
        found.append(symptoms.found(asked.one, asked))
    found += [campaign.gold(asked), score.feature(asked, cards), actions.first(asked)]
    return tuple(step for step in found if step is not None)
