"""Digest: one text for a person, a manager or the direction, ready to be sent."""

from core.ui.frame import page
from core.ui.views import digest

with page("digest") as visit:
    digest.draw(visit)
