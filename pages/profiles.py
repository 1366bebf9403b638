"""Profiles: the rhythm of each job, who has which and why, and its rules."""

from core.ui.frame import page
from core.ui.views import profiles

with page("profiles") as visit:
    profiles.draw(visit)
