"""A mail server of a few lines, that keeps what it is given."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What a server got; ``refused`` are the addresses it takes nothing for."""

    port: int = 0
    refused: frozenset[str] = frozenset()
    tls: ssl.SSLContext | None = None
    mails: list[EmailMessage] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@contextmanager
def serving(mailbox: Mailbox) -> Iterator[Mailbox]:
    """Serve a mailbox on a free port of this machine."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.answer("220 tests")
            while line := self.rfile.readline().decode().strip():
                word = line.split(" ")[0].upper()
                mailbox.said.append(line)
                if word == "EHLO":
                    extra = ["250-STARTTLS"] if mailbox.tls else []
                    self.answer("250-tests", *extra, "250 AUTH PLAIN")
                elif word == "STARTTLS" and mailbox.tls:
                    self.answer("220 go")
                    self.rfile.close()
                    self.wfile.close()
                    self.request = mailbox.tls.wrap_socket(
                        self.request, server_side=True
                    )
                    self.setup()
                elif word == "RCPT" and any(one in line for one in mailbox.refused):
                    self.answer("550 no such person")
                elif word == "DATA":
                    self.answer("354 go")
                    self.take()
                    self.answer("250 kept")
                elif word == "QUIT":
                    return self.answer("221 bye")
                else:
                    self.answer("235 welcome" if word == "AUTH" else "250 ok")

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()
            self.request.close()

        def answer(self, *lines: str) -> None:
            self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

        def take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line[1:] if line.startswith(b"..") else line)
            made = message_from_bytes(b"".join(lines), policy=policy.default)
            mailbox.mails.append(made)

    class Quiet(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing of a client that left in the middle."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
