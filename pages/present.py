"""Present: the story of the data on the whole screen, for a client's meeting room."""

from core.ui.frame import page
from core.ui.views import present

with page("present") as visit:
    present.draw(visit)
