"""What the first visitor would wait for, done before anybody comes."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import threading

from altair.utils import schemapi

from core import people
from core.accounts import workspaces
from core.accounts.sessions import DEMO_ROLE, DEMO_WORKSPACE
from core.ui import opening, views

_log = logging.getLogger("aplomb")
SERVING = threading.Event()
"""Set once a server has started, and never where a test runs a page alone."""


def warm() -> None:
    """Import what pages draw with, and compute the demo's figures."""
    SERVING.set()
    # The tests check every chart against Vega-Lite's schema; visitors need not wait.
    schemapi.DEBUG_MODE = False
    for module in pkgutil.iter_modules(views.__path__):
        importlib.import_module(f"{views.__name__}.{module.name}")
    try:
        info = workspaces.get(DEMO_WORKSPACE)
        workspace = opening.opened(info, DEMO_ROLE) if info else None
        if workspace and workspace.period:
            people.everyone(workspace, workspace.period[1])
    except Exception:
        # No reason not to serve: whoever opens the demo is told why.
        _log.warning("the demo is not ready", exc_info=True)
