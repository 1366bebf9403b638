"""Settings: the workspace, the people who may sign in, one's own account."""

from core.ui import settings_view
from core.ui.frame import page

with page("settings") as visit:
    settings_view.draw(visit)
