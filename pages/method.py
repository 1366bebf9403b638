"""Method: how every figure is computed, from the code that computes it."""

from core.ui.frame import page
from core.ui.views import method

with page("method") as visit:
    method.draw(visit)
