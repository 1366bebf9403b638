"""Conversations: who we talk to, since when not, and what waits for a word."""

from core.ui.frame import page
from core.ui.views import conversations

with page("conversations") as visit:
    conversations.draw(visit)
