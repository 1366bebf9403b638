"""The application: Streamlit inside our guard, for any way of starting it.

``make run``, ``streamlit run app.py`` and ``uvicorn app:app`` all serve this object.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

from core.accounts import database, passwords, people
from core.pages import PAGES
from core.settings import ROOT, data_folder
from core.ui import warming
from core.web import housekeeping
from core.web.guard import Guard
from core.web.routes import ROUTES

_log = logging.getLogger("aplomb")

# What the guard relies on, whatever file or variable says otherwise. The collector
# would run whole after every click; we freeze what the start made instead.
for option, value in {
    "runner.postScriptGC": False,
    "server.enableXsrfProtection": True,
    "server.enableAgentApi": False,
    "server.fileWatcherType": "none",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "browser.gatherUsageStats": False,
}.items():
    config.set_option(option, value)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Get ready before the first visitor, and keep house until the end."""
    os.umask(0o077)
    data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    database.engine()
    people.first_admin_from_environment()
    passwords.nobody()
    warming.warm()
    _log.info("ready to serve %d pages", len(PAGES))
    gc.collect()
    gc.freeze()
    keeper = asyncio.create_task(housekeeping.forever())
    yield
    keeper.cancel()
    with suppress(asyncio.CancelledError):
        await keeper


app = st.App(
    ROOT / "core" / "main.py",
    routes=ROUTES,
    middleware=[Middleware(Guard)],
    lifespan=lifespan,
)
