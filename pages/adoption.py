"""Adoption: days and actions of each person and team, against last month."""

from core.ui.frame import page
from core.ui.views import adoption

with page("adoption") as visit:
    adoption.draw(visit)
