"""Comings and goings, arrival cohorts, and what licences are used for."""

from core.ui.frame import page
from core.ui.views import lifecycle

with page("lifecycle") as visit:
    lifecycle.draw(visit)
