"""The adoption audit: questions asked in the client's room, and what comes of them."""

from core.ui.frame import page
from core.ui.views import audit

with page("audit") as visit:
    audit.draw(visit)
