"""When a mailing leaves, day by day, and which tool it should leave from."""

from core.ui.frame import page
from core.ui.views import sending

with page("sending") as visit:
    sending.draw(visit)
