"""The cookies: who is signed in or came by a link, the language, a workshop's place."""

from __future__ import annotations

import hashlib

SESSION = "aplomb_session"
SHARE = "aplomb_share"
LANGUAGE = "aplomb_language"
WORKSHOP = "aplomb_workshop_"
"""What the cookie of each workshop begins with."""


def upload_key(session_token: str) -> str:
    """Return the header value that proves a request comes from our own page.

    Another site can make a browser send the cookie, but cannot read it to derive this.
    """
    return hashlib.sha256(f"upload {session_token}".encode()).hexdigest()
