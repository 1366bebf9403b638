"""Portfolio: every workspace that the reader may open, side by side."""

from core.ui.frame import page
from core.ui.views import portfolio

with page("portfolio") as visit:
    portfolio.draw(visit)
