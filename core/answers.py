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
        # Weighed once: weighing all at each answer was 40 % of a report.
        self._weights: dict[Future[Answer], int] = {}

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
            self._drop(self._kept.pop(key, None))

    def _drop(self, answer: Future[Answer] | None) -> int:
        """Return what an answer that is no longer kept weighed."""
        return self._weights.pop(answer, 0) if answer is not None else 0

    def _shrink(self) -> None:
        with self._lock:
            while len(self._kept) > max(1, self._most):
                self._drop(self._kept.popitem(last=False)[1])
            weigh = self._weigh
            if weigh is None:
                return
            for answer in self._kept.values():
                if answer not in self._weights and _is_kept(answer):
                    self._weights[answer] = weigh(answer.result())
            total = sum(self._weights.values())
            while total > self._most_bytes and len(self._kept) > 1:
                total -= self._drop(self._kept.popitem(last=False)[1])


def _is_kept(answer: Future[Answer]) -> bool:
    return answer.done() and answer.exception() is None
