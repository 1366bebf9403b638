"""The addresses that the server answers beside Streamlit's."""

from __future__ import annotations

import shutil
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from core import settings
from core.accounts import database, sessions
from core.shares import door
from core.web import cookies, share, upload, uploads, workshop
from core.web.guard import is_own_origin, is_secure

VERSION = "1.0.0"
_ASSETS = Path(__file__).resolve().parent / "assets"
_SCRIPTS = frozenset(path.name for path in _ASSETS.glob("*.js"))


def _is_ours(request: Request) -> bool:
    headers = request.headers
    return is_own_origin(headers.get("origin"), headers.get("host", ""))


async def claim(request: Request) -> Response:
    """Exchange the ticket in the body for the session cookie."""
    if not _is_ours(request):
        return Response(status_code=403)
    ticket = (await request.body())[:200].decode("ascii", "replace")
    agent = request.headers.get("user-agent", "")
    token = await run_in_threadpool(sessions.claim, ticket, agent)
    if token is None:
        return Response(status_code=401)
    answer = Response(status_code=204)
    answer.set_cookie(
        cookies.SESSION,
        token,
        max_age=sessions.LONGEST,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request.scope),
    )
    return answer


async def leave(request: Request) -> Response:
    """End the session of the cookie, whatever opened it, and remove it."""
    if not _is_ours(request):
        return Response(status_code=403)
    token = request.cookies.get(cookies.SESSION)
    visitor = await run_in_threadpool(sessions.find, token)
    if visitor:
        await run_in_threadpool(sessions.end, visitor.session_id)
        await run_in_threadpool(uploads.remove, visitor.session_id)
    await run_in_threadpool(door.leave, request.cookies.get(cookies.SHARE))
    answer = Response(status_code=204)
    for name in (cookies.SESSION, cookies.SHARE):
        answer.delete_cookie(name, path="/", httponly=True, samesite="lax")
    return answer


async def script(request: Request) -> Response:
    """Send one of our scripts, which the content policy allows."""
    name = request.path_params["name"]
    if name not in _SCRIPTS:
        return Response(status_code=404)
    return FileResponse(
        _ASSETS / name,
        media_type="text/javascript",
        headers={"cache-control": "no-cache"},
    )


async def favicon(_request: Request) -> FileResponse:
    """Send the mark shown in the browser's tab, in place of Streamlit's.

    A page icon set by the script would be a file for signed-in people only.
    """
    return FileResponse(settings.ROOT / "core/static/brand/favicon.png")


def _state() -> dict[str, object]:
    """Return what an operator watches; nothing about anybody."""
    folder = settings.data_folder()
    has_database = database.is_well()
    has_room = shutil.disk_usage(folder).free > uploads.SPARE_BYTES
    return {
        "status": "ok" if has_database and has_room else "degraded",
        "database": "ok" if has_database else "unreachable",
        "disk": "ok" if has_room else "nearly_full",
        "version": VERSION,
    }


async def health(_request: Request) -> JSONResponse:
    """Tell whether the accounts database and the disk are well: 200, or 503."""
    state = await run_in_threadpool(_state)
    return JSONResponse(
        state,
        200 if state["status"] == "ok" else 503,
        headers={"cache-control": "no-store"},
    )


ROUTES: tuple[BaseRoute, ...] = (
    Route("/health", health, methods=["GET"]),
    Route("/favicon.png", favicon, methods=["GET"]),
    Route("/auth/claim", claim, methods=["POST"]),
    Route("/auth/leave", leave, methods=["POST"]),
    Route("/api/upload", upload.receive, methods=["POST"]),
    Route("/assets/{name}", script, methods=["GET"]),
    *share.ROUTES,
    *workshop.ROUTES,
)
