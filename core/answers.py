"""Answers worth keeping: computed once, however many ask at the same moment."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Answers(Generic[Answer]):
    """The answers asked for last, bounded in number and in bytes; thread-safe."""

    def __init__(
        self,
        most: int,
        most_bytes: int = 0,
        weigh: Callable[[Answer], int] | None = None,
    ) -> None:
        """Keep ``most`` answers, and ``most_bytes`` if ``weigh`` counts them."""
        self._most = most
        self._most_bytes = most_bytes
        self._weigh = weigh
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Future[Answer]] = OrderedDict()

    def __len__(self) -> int:
        """Count the answers kept."""
        return len(self._kept)

    def get(self, key: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return the answer to ``key``; who asks first computes, others wait.

        What ``compute`` raises is raised to all who wait, and is not kept.
        """
        with self._lock:
            answer = self._kept.get(key)
            first = answer is None
            if answer is None:
                answer = self._kept[key] = Future()
            self._kept.move_to_end(key)
        if first:
            try:
                answer.set_result(compute())
            except BaseException as error:
                self.forget(key)
                answer.set_exception(error)
                raise
            self._shrink()
        return answer.result()

    def forget(self, key: Hashable) -> None:
        """Drop one answer, if it is kept."""
        with self._lock:
            self._kept.pop(key, None)

    def _shrink(self) -> None:
        with self._lock:
            while len(self._kept) > max(1, self._most):
                self._kept.popitem(last=False)
            weigh = self._weigh
            if weigh is None:
                return
            held = {k: weigh(a.result()) for k, a in self._kept.items() if _is_kept(a)}
            total = sum(held.values())
            while total > self._most_bytes and len(self._kept) > 1:
                oldest, _ = self._kept.popitem(last=False)
                total -= held.get(oldest, 0)


def _is_kept(answer: Future[Answer]) -> bool:
    return answer.done() and answer.exception() is None
