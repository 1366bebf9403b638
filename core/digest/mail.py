"""A text as a mail: plain words and simple HTML together, nothing fetched, no mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from urllib.parse import quote

from core.digest.model import Digest
from core.i18n import text

# Mail programs cut longer addresses: the end of a longer text is left out.
_LONGEST = 1900
_DRAFT = "X-Unsent"


def _body(found: Digest) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = found.subject
    message["Content-Language"] = found.language
    message.set_content(found.words, cte="quoted-printable")
    message.add_alternative(found.page, subtype="html", cte="quoted-printable")
    return message


def draft(found: Digest, to: str = "") -> bytes:
    """Return the mail as an .eml file that a mail program opens ready to be sent."""
    message = _body(found)
    message[_DRAFT] = "1"
    if to:
        message["To"] = address(to)
    return message.as_bytes()


def message(found: Digest, sender: str, to: str, at: datetime) -> EmailMessage:
    """Return the mail that a server takes, with how no longer to get it.

    ``at`` has a time zone. No machine is asked for an answer: ``Auto-Submitted``.
    """
    _, given = parseaddr(sender)
    stop = text("digest.foot.stop", found.language, address=given)
    made = _body(replace(found, foot=(*found.foot, stop)))
    made["From"] = address(sender)
    made["To"] = address(to)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = make_msgid(domain=given.rpartition("@")[2] or "aplomb.invalid")
    made["Auto-Submitted"] = "auto-generated"
    made["List-Unsubscribe"] = f"<mailto:{given}?subject=stop>"
    return made


def address(written: str) -> Address:
    """Return an address as headers hold it; raises ValueError for what is none."""
    name, given = parseaddr(written)
    local, at, domain = given.rpartition("@")
    if not (local and at and domain):
        raise ValueError(written)
    return Address(name, local, domain)


def link(found: Digest, to: str = "") -> str:
    """Return the ``mailto:`` address that opens the text in a mail program."""
    head = f"mailto:{quote(to, safe='@')}?subject={quote(found.subject)}&body="
    body = found.words
    while len(head) + len(quote(body)) > _LONGEST:
        shorter = body.rstrip().removesuffix("…").rstrip().rpartition("\n")[0]
        if not shorter:
            return head
        body = f"{shorter}\n…"
    return head + quote(body)
