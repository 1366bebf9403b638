"""Long work that somebody may want to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Stop = Callable[[], bool]
_LOOK_EVERY = 0.05


@contextmanager
def stoppable(interrupt: Callable[[], None], stop: Stop) -> Iterator[None]:
    """Call ``interrupt``, from a thread beside, as soon as ``stop`` says so."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_LOOK_EVERY):
            if stop():
                interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
