"""The secret in a workshop's address.

It is derived from a key that stands beside the database, so that the facilitator's
screen can show it again after a reload; the database holds its SHA-256 only.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from contextlib import suppress

from core import settings
from core.accounts.models import WorkshopRow
from core.accounts.people import token_digest

_BYTES = 20
"""160 bits: more than can be guessed, and a QR code of large squares."""


def _key() -> bytes:
    """Return the key of this installation, made at the first workshop."""
    path = settings.data_folder() / "workshop.key"
    if not path.exists():
        made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(made, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        # Another thread or process may have been quicker: its key is the key.
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_bytes()


def token_of(workshop_id: str, link_number: int) -> str:
    """Return the secret of a workshop's link."""
    said = f"workshop {workshop_id} {link_number}".encode()
    digest = hmac.new(_key(), said, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_BYTES]).decode().rstrip("=")


def shown(row: WorkshopRow) -> str | None:
    """Return the secret to show, None when it was taken back or the key was lost."""
    token = token_of(row.workshop_id, row.link_number)
    digest = row.token_digest or ""
    return token if hmac.compare_digest(digest, token_digest(token)) else None
