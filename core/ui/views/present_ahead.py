"""The stories that may be asked for next, told before anybody asks.

In front of a client a month or a team answers at once: while the first slide is read,
the months around it and every team are told in the background, one at a time.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

from core.answers import Answers
from core.errors import CrmError
from core.story import Story
from core.ui import warming

_KEPT = 64
_log = logging.getLogger("aplomb")
_stories: Answers[Story] = Answers(_KEPT)
_turn = threading.Lock()

Job = tuple[tuple[object, ...], Callable[[], Story]]
"""A story: what tells it from the others, and how it is told."""


def told(job: Job) -> Story:
    """Return a story, told only if nobody had it told before."""
    return _stories.get(*job)


def prepare(jobs: Iterable[Job]) -> None:
    """Tell stories in the background, where a server runs and does nothing of it yet.

    Not where only teams may be seen: a group that was computed counts as shown, and
    would keep another one from being shown (`core.privacy.Gate`).
    """
    if warming.SERVING.is_set() and _turn.acquire(blocking=False):
        threading.Thread(target=_work, args=(tuple(jobs),), daemon=True).start()


def _work(jobs: tuple[Job, ...]) -> None:
    try:
        for job in jobs:
            # What cannot be told is said to who asks for it.
            with suppress(CrmError):
                told(job)
    except Exception:
        _log.warning("a story could not be prepared", exc_info=True)
    finally:
        _turn.release()
