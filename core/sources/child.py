"""Read files in a process of its own: limited, watched, and killed when it must be.

A crafted file may crash the libraries that read it, or take all the memory. Then that
file is refused, the files before it are kept, and those after it are still read.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import ImportCancelled
from core.settings import ROOT, SETTINGS, mebibytes, value
from core.sources.containers import shown_name
from core.sources.gathering import gather
from core.sources.messages import encode, typed
from core.sources.model import Choices, FileReport, Inspection, Refusal
from core.sources.worker import Job, Limits

COMMAND = ("-m", "core.sources.worker")
_LOOK_EVERY = 0.1
_START_SECONDS = 300
_BYTES_PER_SECOND = 1024 * 1024
_TOO_HEAVY = {signal.SIGKILL, signal.SIGXCPU, signal.SIGABRT, signal.SIGXFSZ}
Inspected = list[Inspection | Refusal]
Read = tuple[list[FileReport], list[Refusal]]


@dataclass(frozen=True)
class Reading:
    """How far the reading of some files is.

    ``file`` is the name of the one being read, the ``number``-th of ``files`` (from 1);
    bytes are counted unpacked over all of them.
    """

    file: str
    number: int
    files: int
    bytes_done: int
    bytes_total: int


class Cancel:
    """Lets another thread stop the reading."""

    def __init__(self) -> None:
        """Start not cancelled."""
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask for the end; ImportCancelled is raised where the reading was asked."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the end was asked for."""
        return self._event.is_set()


class ReadingError(RuntimeError):
    """The reading process met a bug; its message is that process's own traceback."""


Tell = Callable[[Reading], None]


def inspect(
    paths: Sequence[tuple[Path, str]],
    *,
    remembered: Mapping[str, Choices] | None = None,
    timezone: str,
    progress: Tell | None = None,
    cancel: Cancel | None = None,
) -> Inspected:
    """Return what is known of each file, as `reader.inspect`, from another process.

    ``paths`` are (path, label) pairs. Raises ImportCancelled, ReadingError for a bug.
    """
    found: Inspected = []
    run = _Run("inspect", paths, remembered or {}, timezone, progress, cancel)
    for _, kind, content in run.answers():
        if kind == "inspected":
            found += typed(list[Inspection | Refusal], content)
        else:
            found.append(typed(Refusal, content))
    return found


def read(
    paths: Sequence[tuple[Path, str]],
    choices: Mapping[str, Choices],
    out: Path,
    timezone: str,
    progress: Tell | None = None,
    cancel: Cancel | None = None,
) -> Read:
    """Read files into Parquet, as `reader.read`, from another process.

    ``out`` then holds ``<object>-<n>.parquet``, one or several an object, and
    ``rejects.parquet`` when rows were rejected. Raises ImportCancelled.
    """
    reports: list[FileReport] = []
    refusals: list[Refusal] = []
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".reading-") as scratch:
        folders = [Path(scratch) / str(number) for number in range(len(paths))]
        run = _Run("read", paths, choices, timezone, progress, cancel, folders)
        complete: list[Path] = []
        for number, kind, content in run.answers():
            if kind == "read":
                made = typed(list[FileReport], content[0])
                refused = typed(list[Refusal], content[1])
                reports, refusals = reports + made, refusals + refused
                complete.append(folders[number])
            else:
                refusals.append(typed(Refusal, content))
        gather(complete, out)
    return reports, refusals


class _Run:
    """One job over some files, in as many processes as it takes to see them all."""

    def __init__(
        self,
        task: str,
        paths: Sequence[tuple[Path, str]],
        choices: Mapping[str, Choices],
        timezone: str,
        progress: Tell | None,
        cancel: Cancel | None,
        folders: Sequence[Path] = (),
    ) -> None:
        self.task, self.paths, self.choices = task, paths, choices
        self.timezone, self.folders = timezone, folders
        self.progress, self.cancel = progress, cancel or Cancel()
        self.sizes = [_unpacked_size(path) for path, _ in paths]
        self.done = 0

    def answers(self) -> Iterator[tuple[int, str, Any]]:
        """Yield (file's place, kind, content) for each file, in order."""
        start = 0
        while start < len(self.paths):
            current = start
            with _process(self._job(start)) as process:
                for kind, number, content in self._lines(process):
                    if kind == "progress":
                        self._tell(start + number, int(content))
                        continue
                    current = start + number
                    yield current, *self._answer(current, kind, content)
                    current += 1
                code = process.wait()
            if current < len(self.paths):
                yield current, "refused", self._died(current, code, process)
                current += 1
            start = current

    def _job(self, start: int) -> Job:
        folders = self.folders[start:]
        for folder in folders:
            folder.mkdir(exist_ok=True)
        seconds = _START_SECONDS + sum(self.sizes[start:]) // _BYTES_PER_SECOND
        return Job(
            task="read" if self.task == "read" else "inspect",
            paths=tuple(str(path.resolve()) for path, _ in self.paths[start:]),
            labels=tuple(label for _, label in self.paths[start:]),
            folders=tuple(str(folder.resolve()) for folder in folders),
            choices=self.choices,
            timezone=self.timezone,
            limits=Limits(
                memory=mebibytes("APLOMB_IMPORT_MEMORY_MB"),
                file=mebibytes("APLOMB_UNPACKED_MB"),
                seconds=seconds,
            ),
        )

    def _lines(
        self, process: subprocess.Popen[bytes]
    ) -> Iterator[tuple[str, int, Any]]:
        """Yield what the process says until it has no more to say."""
        assert process.stdout is not None
        descriptor = process.stdout.fileno()
        os.set_blocking(descriptor, False)
        held = b""
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while True:
                if self.cancel.cancelled:
                    raise ImportCancelled
                if not selector.select(_LOOK_EVERY):
                    continue
                block = os.read(descriptor, 1 << 20)
                if not block:
                    return
                *lines, held = (held + block).split(b"\n")
                for line in lines:
                    kind, number, content = json.loads(line)
                    yield str(kind), int(number), content

    def _answer(self, number: int, kind: str, content: Any) -> tuple[str, Any]:
        label = self.paths[number][1]
        self.done = 0
        if kind == "bug":
            raise ReadingError(f"{label}\n{content}")
        if kind == "system":
            raise OSError(content[0], os.strerror(content[0]), label)
        if kind == "heavy":
            return "refused", _plain_refusal(label, "file_too_heavy")
        self._report(number, sum(self.sizes[: number + 1]))
        return kind, content

    def _tell(self, number: int, done: int) -> None:
        """Pass on how far it is; it never goes back."""
        size = self.sizes[number]
        before = sum(self.sizes[:number])
        self.done = max(self.done, min(done, size))
        self._report(number, before + self.done)

    def _report(self, number: int, done: int) -> None:
        label, files = self.paths[number][1], len(self.paths)
        if self.progress is not None:
            total = sum(self.sizes)
            self.progress(Reading(label, number + 1, files, done, total))

    def _died(self, number: int, code: int, process: subprocess.Popen[bytes]) -> Any:
        """Return why a file is refused on which the process ended too early."""
        label = self.paths[number][1]
        if code >= 0:
            # A process that ends of its own will without an answer has met a bug.
            raise ReadingError(f"{label}: the reading process ended with {code}")
        heavy = -code in _TOO_HEAVY
        return _plain_refusal(label, "file_too_heavy" if heavy else "file_damaged")


def _plain_refusal(label: str, cause: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(encode(Refusal(shown_name(label), cause)))
    return found


@contextmanager
def _process(job: Job) -> Iterator[subprocess.Popen[bytes]]:
    """Start the process on a job; whatever happens, it is gone afterwards."""
    # The process is told the sizes it must respect, and none of the secrets.
    sizes = {each.name for each in SETTINGS if each.name.endswith("_MB")}
    with tempfile.TemporaryDirectory(prefix="aplomb-") as scratch:
        process = subprocess.Popen(
            [sys.executable, *COMMAND],
            cwd=ROOT,
            env={
                **{name: value(name) for name in sizes},
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
                "TMPDIR": scratch,
                "PYTHONDONTWRITEBYTECODE": "1",
                # Memory that is only reserved would count against the limit.
                "ARROW_DEFAULT_MEMORY_POOL": "system",
                "MALLOC_ARENA_MAX": "2",
                "OPENBLAS_NUM_THREADS": "1",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            assert process.stdin is not None
            with suppress(BrokenPipeError):
                process.stdin.write(encode(job).encode("utf-8") + b"\n")
                process.stdin.flush()
            yield process
        finally:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(BrokenPipeError):
                        stream.close()


def _unpacked_size(path: Path) -> int:
    """Return how many bytes there are to read in a file, as far as it says itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return path.stat().st_size
