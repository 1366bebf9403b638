"""SCORE-USAGE: will a function of the CRM be adopted, and what would help it."""

from core.ui.frame import page
from core.ui.views import score

with page("score") as visit:
    score.draw(visit)
