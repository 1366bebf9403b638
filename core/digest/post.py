"""The mail server of the settings: one connection a round, encrypted and checked."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

from core import settings
from core.errors import MailRefused, MailUnset

TIMEOUT = 20.0
_TLS_PORT = 465


@dataclass(frozen=True)
class Server:
    """A mail server; ``starttls`` is 1 (asked for, and required) or 0.

    Port 465 speaks TLS from the first byte, whatever ``starttls`` says. A password is
    never sent in clear.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    starttls: bool

    @property
    def is_encrypted(self) -> bool:
        """Whether what is sent is encrypted."""
        return self.starttls or self.port == _TLS_PORT


def server() -> Server:
    """Return the server of the settings; raises MailUnset for what is missing."""
    host, sender = (
        settings.value("APLOMB_SMTP_HOST"),
        settings.value("APLOMB_SMTP_FROM"),
    )
    for name, given in (("APLOMB_SMTP_HOST", host), ("APLOMB_SMTP_FROM", sender)):
        if not given:
            raise MailUnset(name=name)
    if not parseaddr(sender)[1].partition("@")[2]:
        raise MailUnset(name="APLOMB_SMTP_FROM")
    port = settings.value("APLOMB_SMTP_PORT")
    if not port.isdigit():
        raise MailUnset(name="APLOMB_SMTP_PORT")
    found = Server(
        host,
        int(port),
        settings.value("APLOMB_SMTP_USER"),
        _password(),
        sender,
        settings.value("APLOMB_SMTP_STARTTLS") == "1",
    )
    if found.user and not found.is_encrypted:
        raise MailUnset(name="APLOMB_SMTP_STARTTLS")
    return found


def _password() -> str:
    """Return the password, from its file where one is named."""
    file = settings.value("APLOMB_SMTP_PASSWORD_FILE")
    if not file:
        return settings.value("APLOMB_SMTP_PASSWORD")
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise MailUnset(name="APLOMB_SMTP_PASSWORD_FILE") from error


class Post:
    """Sends mails over one connection, opened at the first, and anew once lost."""

    def __init__(self, to: Server, context: ssl.SSLContext | None = None) -> None:
        """Name the server; ``context`` checks its certificate by the system's roots."""
        self._server = to
        self._context = context or ssl.create_default_context()
        self._line: smtplib.SMTP | None = None

    @property
    def sender(self) -> str:
        """Return whom the mails are from."""
        return self._server.sender

    def send(self, message: EmailMessage) -> None:
        """Hand a mail over; raises MailRefused, with what the server said."""
        try:
            line = self._line or self._open()
            self._line = line
            line.send_message(message)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self.close()
            raise MailRefused(said=_said(error)) from error

    def _open(self) -> smtplib.SMTP:
        to = self._server
        line: smtplib.SMTP
        if to.port == _TLS_PORT:
            line = smtplib.SMTP_SSL(
                to.host, to.port, timeout=TIMEOUT, context=self._context
            )
        else:
            line = smtplib.SMTP(to.host, to.port, timeout=TIMEOUT)
        try:
            if to.starttls and to.port != _TLS_PORT:
                # Refused where the server does not offer it: nothing goes in clear.
                line.starttls(context=self._context)
            if to.user:
                line.login(to.user, to.password)
        except BaseException:
            line.close()
            raise
        return line

    def close(self) -> None:
        """End the connection, if there is one."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(smtplib.SMTPException, OSError):
                line.quit()
            line.close()


def _said(error: Exception) -> str:
    """Return an error in one line, without what the message held."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return _line(code, words)
    if isinstance(error, smtplib.SMTPResponseException):
        return _line(error.smtp_code, error.smtp_error)
    return " ".join(f"{type(error).__name__} {error}".split())[:200]


def _line(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(f"{code} {text}".split())[:200]
