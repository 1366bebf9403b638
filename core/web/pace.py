"""How fast one caller may ask: a bucket of requests that fills again with time."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

_MOST_CALLERS = 5000


@dataclass
class Pace:
    """Up to ``burst`` requests at once, then ``rate`` a second, for each caller.

    Callers are kept in memory, the least recent forgotten first: a restart forgives.
    """

    burst: float
    rate: float
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def allows(self, caller: str) -> bool:
        """Tell whether ``caller`` may ask now, and count the request if so."""
        moment = time.monotonic()
        with self._turn:
            left, at = self._left.pop(caller, (self.burst, moment))
            left = min(self.burst, left + (moment - at) * self.rate)
            is_allowed = left >= 1
            self._left[caller] = (left - 1 if is_allowed else left, moment)
            while len(self._left) > _MOST_CALLERS:
                self._left.popitem(last=False)
        return is_allowed
