"""What is renewed and thrown away with time, while the server runs."""

from __future__ import annotations

import asyncio
import logging

from starlette.concurrency import run_in_threadpool

from core import settings
from core.accounts import sessions, throttle
from core.demo.build import ensure_companies, ensure_demo
from core.web import uploads
from core.workshops import room

EVERY_SECONDS = 3600
_log = logging.getLogger("aplomb")


def sweep() -> None:
    """Remove what is too old; keep the demo company up to date."""
    uploads.sweep()
    sessions.sweep()
    throttle.sweep()
    room.sweep()
    if settings.value("APLOMB_DEMO") == "1":
        ensure_demo()
        if settings.value("APLOMB_DEMO_COMPANIES") == "1":
            ensure_companies()


async def forever() -> None:
    """Sweep now and every hour; a failure is logged and the next one tried."""
    while True:
        try:
            await run_in_threadpool(sweep)
        except Exception:  # a full disk must not end the housekeeping for good
            _log.exception("housekeeping failed")
        await asyncio.sleep(EVERY_SECONDS)
