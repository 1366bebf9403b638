"""A real server in a fresh process, and a client that speaks Streamlit's protocol."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parents[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: its status, headers (lower-case names) and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        """Return the body as an object."""
        parsed = json.loads(self.body)
        assert isinstance(parsed, dict)
        return parsed


@dataclass(frozen=True)
class Forked:
    """A process that the nursery started, as `subprocess` would tell of it."""

    number: int

    def poll(self) -> int | None:
        """Return None while it runs."""
        try:
            os.kill(self.number, 0)
        except ProcessLookupError:
            return 0
        return None

    def terminate(self) -> None:
        """Ask it to end."""
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGTERM)

    def wait(self, seconds: float) -> None:
        """Wait for its end."""
        until = time.monotonic() + seconds
        while self.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        assert self.poll() is not None


class Nursery:
    """Starts servers that need not read the libraries again; made when first asked."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def __call__(
        self, log: Path, environment: Mapping[str, str], arguments: list[str]
    ) -> Forked:
        """Start ``streamlit`` with these arguments in a process of its own."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.server.nursery"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        order = {"log": str(log), "environment": environment, "arguments": arguments}
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        print(json.dumps(order), file=stdin, flush=True)
        return Forked(int(stdout.readline()))

    def close(self) -> None:
        """End the nursery; its servers are ended before."""
        if self._process is not None:
            self._process.communicate()


@dataclass
class Server:
    """A running server and its data folder."""

    url: str
    data: Path
    process: subprocess.Popen[bytes] | Forked
    log: Path

    def ask(
        self,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        method: str | None = None,
    ) -> Answer:
        """Send one HTTP request; no redirection is hidden, no status is an error."""
        request = urllib.request.Request(
            self.url + path, body, headers or {}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as got:
                return _answer(got)
        except urllib.error.HTTPError as refused:
            with refused:
                return _answer(refused)

    def run_page(
        self,
        path: str = "",
        cookie: str | None = None,
        query: str = "",
        origin: str | None = None,
        link: str | None = None,
    ) -> str:
        """Run a page over the websocket; return every byte sent, as text.

        ``cookie`` is an account's session, ``link`` one behind a read-only link.
        """
        headers = {"Origin": origin or self.url}
        held = {"aplomb_session": cookie, "aplomb_share": link}
        sent = [f"{name}={value}" for name, value in held.items() if value]
        if sent:
            headers["Cookie"] = "; ".join(sent)
        message = BackMsg()
        message.rerun_script.page_name = path
        message.rerun_script.query_string = query
        message.rerun_script.context_info.locale = "fr-FR"
        message.rerun_script.context_info.timezone = "Europe/Paris"
        message.rerun_script.context_info.url = f"{self.url}/{path}"
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        seen = b""
        with connect(
            address,
            subprotocols=["streamlit"],
            additional_headers=headers,
            max_size=None,
            compression=None,
        ) as websocket:
            websocket.send(message.SerializeToString())
            while True:
                raw = websocket.recv(timeout=60)
                assert isinstance(raw, bytes)
                seen += raw
                answer = ForwardMsg.FromString(raw)
                if answer.WhichOneof("type") == "script_finished":
                    break
        return seen.decode("utf-8", "replace")


def _answer(got: urllib.request.addinfourl | urllib.error.HTTPError) -> Answer:
    headers = {name.lower(): value for name, value in got.headers.items()}
    return Answer(got.status or 0, headers, got.read())


@dataclass
class Starter:
    """Starts servers and stops them all at the end."""

    folder: Path
    running: list[Server] = field(default_factory=list)
    nursery: Nursery = field(default_factory=Nursery)

    def __call__(
        self, *, with_asgi_server: bool = False, forked: bool = False, **settings: str
    ) -> Server:
        """Start the application as a person would, and wait until it is well.

        ``forked`` starts it without reading the libraries once more.
        """
        port = _free_port()
        number = len(self.running)
        data, log = self.folder / f"data{number}", self.folder / f"server{number}.log"
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("APLOMB_")},
            "APLOMB_DATA": str(data),
            "APLOMB_DEMO": "0",
            **settings,
        }
        command = (
            ["uvicorn", "app:app", "--port", str(port)]
            if with_asgi_server
            else ["streamlit", "run", "app.py", "--server.port", str(port)]
        )
        process: subprocess.Popen[bytes] | Forked
        if forked:
            process = self.nursery(log, environment, command[1:])
        else:
            with log.open("wb") as output:
                process = subprocess.Popen(
                    [sys.executable, "-m", *command],
                    cwd=ROOT,
                    env=environment,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
        server = Server(f"http://localhost:{port}", data, process, log)
        self.running.append(server)
        for _ in range(240):
            try:
                if server.ask("/health").status == 200:
                    return server
            except OSError:
                time.sleep(0.25)
            assert process.poll() is None, log.read_text("utf-8", "replace")
        raise AssertionError(log.read_text("utf-8", "replace"))


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Return a function that starts a server in a process of its own."""
    starter = Starter(tmp_path_factory.mktemp("server"))
    yield starter
    for server in starter.running:
        server.process.terminate()
    for server in starter.running:
        server.process.wait(20)
    starter.nursery.close()
