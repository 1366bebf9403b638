"""Practices: mails logged, entry by proxy, managers' example, worth of the records."""

from core.ui.frame import page
from core.ui.views import practices

with page("practices") as visit:
    practices.draw(visit)
