"""What whoever presents takes away: the files of the story."""

from __future__ import annotations

from core.story import Story
from core.visit import Visit


def draw(visit: Visit, story: Story) -> None:
    """Draw what takes ``story`` away; nothing yet."""
