"""The activity pyramid: accounts, contacts and calls, and what they lack."""

from core.ui.frame import page
from core.ui.views import pyramid

with page("pyramid") as visit:
    pyramid.draw(visit)
