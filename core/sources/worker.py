"""The reading process: reads untrusted files under limits, and can do nothing else.

Started by `core.sources.child` as ``python -m core.sources.worker``. It takes one job,
a line of JSON, on its standard input, answers line by line on its standard output, and
ends when its parent does.
"""

from __future__ import annotations

import errno
import os
import resource
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from core.sources.messages import decode, encode
from core.sources.model import Choices

_FORBIDDEN = frozenset(
    {
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.system",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.sendto",
        "subprocess.Popen",
    }
)
_TOLD_EVERY = 0.1


@dataclass(frozen=True)
class Limits:
    """What the process may use: bytes of memory and of one file, seconds of work."""

    memory: int
    file: int
    seconds: int


@dataclass(frozen=True)
class Job:
    """What to do with some files; ``folders`` are where each one's rows are written."""

    task: Literal["inspect", "read"]
    paths: tuple[str, ...]
    labels: tuple[str, ...]
    folders: tuple[str, ...]
    choices: Mapping[str, Choices]
    timezone: str
    limits: Limits


def main() -> None:
    """Do the job given on the standard input."""
    line = sys.stdin.buffer.readline()
    job = decode(Job, line.decode("utf-8"))
    confine(job.limits)
    # Libraries may print; the answers keep the only way out to themselves.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for number in range(len(job.paths)):
        _do(job, number, answers)


def confine(limits: Limits) -> None:
    """Hold this process to ``limits``; from now on it starts and asks nothing."""
    asked = (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in asked:
        allowed = resource.getrlimit(what)[1]
        if allowed != resource.RLIM_INFINITY:
            most = min(most, allowed)
        resource.setrlimit(what, (most, most))
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: object) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(errno.EPERM, f"{event} is not for the reading process")


def _end_with_parent() -> None:
    # Nothing more is ever sent: the end of the input is the end of the parent.
    sys.stdin.buffer.read()
    os._exit(1)


def _do(job: Job, number: int, answers: IO[str]) -> None:
    import pyarrow as pa

    from core.errors import UnreadableFile
    from core.sources import reader
    from core.sources.tables import refusal

    path, label = Path(job.paths[number]), job.labels[number]
    teller = _Teller(answers, number)

    def answer(kind: str, content: object) -> None:
        answers.write(encode([kind, number, content]) + "\n")

    try:
        if job.task == "inspect":
            found = reader.inspect(
                path, label, remembered=job.choices, timezone=job.timezone
            )
            answer("inspected", found)
        else:
            reports, refusals = reader.read(
                path,
                label,
                job.choices,
                Path(job.folders[number]),
                job.timezone,
                teller.tell,
            )
            answer("read", [reports, refusals])
    except UnreadableFile as error:
        answer("refused", refusal(error))
    except (MemoryError, pa.ArrowMemoryError):
        answer("heavy", None)
    except OSError as error:
        if error.errno == errno.EFBIG:
            answer("heavy", None)
        elif error.errno is not None:
            answer("system", [error.errno, str(error)])
        else:
            answer("bug", traceback.format_exc())
    except Exception:
        # Not known as anything about the file: the parent raises it as the bug it is.
        answer("bug", traceback.format_exc())


class _Teller:
    """Tells the parent how far reading is, now and then."""

    def __init__(self, answers: IO[str], number: int) -> None:
        self._answers, self._number, self._last = answers, number, 0.0
        self._before = self._done = 0

    def tell(self, done: int) -> None:
        """Take the bytes read of a table; each table of a file counts from zero."""
        if done < self._done:
            self._before += self._done
        self._done = done
        now = time.monotonic()
        if now - self._last >= _TOLD_EVERY:
            self._last = now
            line = encode(["progress", self._number, self._before + done])
            self._answers.write(line + "\n")


if __name__ == "__main__":
    main()
