"""The secret in a workshop's address.

It is derived from a key that stands beside the database, so that the facilitator's
screen can show it again after a reload; the database holds its SHA-256 only.
"""

from __future__ import annotations

import hmac

from core.accounts import derived
from core.accounts.models import WorkshopRow
from core.accounts.people import token_digest

_BYTES = 20
"""160 bits: more than can be guessed, and a QR code of large squares."""


def token_of(workshop_id: str, link_number: int) -> str:
    """Return the secret of a workshop's link."""
    return derived.token("workshop", f"{workshop_id} {link_number}", _BYTES)


def shown(row: WorkshopRow) -> str | None:
    """Return the secret to show, None when it was taken back or the key was lost."""
    token = token_of(row.workshop_id, row.link_number)
    digest = row.token_digest or ""
    return token if hmac.compare_digest(digest, token_digest(token)) else None
