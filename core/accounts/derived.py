"""Secrets of links, derived from a key that stands beside the database.

So a link can be shown again to who made it, while the database holds no more of it than
its SHA-256. Without the key a link still opens, but cannot be shown again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from typing import Literal

from core import settings

Kind = Literal["workshop", "share"]


def _key(kind: Kind) -> bytes:
    """Return the key of this installation, made at the first link of its kind."""
    path = settings.data_folder() / f"{kind}.key"
    if not path.exists():
        made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(made, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        # Another thread or process may have been quicker: its key is the key.
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_bytes()


def token(kind: Kind, of: str, size: int) -> str:
    """Return the secret, ``size`` bytes in words of an address, of the link ``of``."""
    digest = hmac.new(_key(kind), f"{kind} {of}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:size]).decode().rstrip("=")
