"""Home: what the data say in one sentence, and what to do first."""

from core.ui.frame import page
from core.ui.views import home

with page("home") as visit:
    home.draw(visit)
