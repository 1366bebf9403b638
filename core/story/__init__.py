"""The story of a company in a few steps, told on screen and taken away on slides.

    tell(visit, filters, hide_names=True)    the story of what the visit looks at

One telling serves both, so that a figure said in the room is the figure on the slide.
"""

from __future__ import annotations

from core.story.model import STEPS, Number, Plot, Series, Step, Story, Telling
from core.story.teller import as_shown, people, scorecards, tell

__all__ = [
    "STEPS",
    "Number",
    "Plot",
    "Series",
    "Step",
    "Story",
    "Telling",
    "as_shown",
    "people",
    "scorecards",
    "tell",
]
