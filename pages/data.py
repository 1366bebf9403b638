"""Data: drop exports, review them, follow the import, look back."""

from core.ui.frame import page
from core.ui.views import data

with page("data") as visit:
    data.draw(visit)
