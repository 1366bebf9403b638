"""Symptoms: what is wrong with the project, what shows it, what to do first."""

from core.ui.frame import page
from core.ui.views import symptoms

with page("symptoms") as visit:
    symptoms.draw(visit)
