"""Campaigns: the funnel, the call list, the second mail, the return."""

from core.ui.frame import page
from core.ui.views import campaigns

with page("campaigns") as visit:
    campaigns.draw(visit)
