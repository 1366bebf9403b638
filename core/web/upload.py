"""``POST /api/upload``: one file a request, its bytes as the body."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

from core import settings
from core.accounts import people, sessions
from core.web import cookies, uploads
from core.web.guard import is_own_origin

_CHUNK = settings.MEBIBYTE
_DRAINED = 16 * settings.MEBIBYTE


def _refusal(code: str, status: int) -> JSONResponse:
    """Return a refusal that the drop zone has a sentence for."""
    return JSONResponse({"error": code}, status)


async def _gathered(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Join small pieces into blocks worth a trip to the disk."""
    waiting = bytearray()
    async for chunk in chunks:
        waiting += chunk
        if len(waiting) >= _CHUNK:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


async def _write(request: Request, part: Path, limit: int) -> int:
    """Write the body to ``part``; return its size, beyond ``limit`` when it is."""
    size = 0
    async with await anyio.open_file(part, "xb") as file:
        async for block in _gathered(request.stream()):
            size += len(block)
            if size > limit:
                break
            await file.write(block)
    return size


async def _too_big(request: Request) -> JSONResponse:
    """Refuse, once a little more has been read.

    Who still sends when the connection closes sees a broken network, not the refusal.
    """
    drained = 0
    with suppress(ClientDisconnect, RuntimeError):
        async for chunk in request.stream():
            drained += len(chunk)
            if drained > _DRAINED:
                break
    return _refusal("too_big", 413)


async def receive(request: Request) -> JSONResponse:
    """Take one file of a signed-in person who may import.

    The name, percent-encoded, is in ``X-File-Name``; ``X-Upload-Key`` is what only our
    page knows. Answers the file's identifier and size, or a code of ``upload.<code>``.
    """
    token = request.cookies.get(cookies.SESSION, "")
    visitor = await run_in_threadpool(sessions.find, token)
    if visitor is None:
        return _refusal("signed_out", 401)
    key = request.headers.get("x-upload-key", "")
    is_ours = hmac.compare_digest(key.encode(), cookies.upload_key(token).encode())
    origin = request.headers.get("origin")
    if not is_ours or not is_own_origin(origin, request.headers.get("host", "")):
        return _refusal("not_ours", 403)
    if visitor.is_demo or visitor.role not in people.IMPORTERS:
        return _refusal("not_allowed", 403)
    limit = settings.mebibytes("APLOMB_UPLOAD_MB")
    declared = request.headers.get("content-length", "0")
    expected = int(declared) if declared.isdecimal() else 0
    if expected > limit:
        return await _too_big(request)
    if not await run_in_threadpool(uploads.has_room, expected, visitor.session_id):
        return _refusal("disk_full", 507)
    part = uploads.new_part(visitor.session_id)
    try:
        size = await _write(request, part, limit)
        if size > limit:
            return await _too_big(request)
        label = unquote(request.headers.get("x-file-name", ""))
        upload_id = uploads.accept(part, label)
    except ClientDisconnect:
        return _refusal("cancelled", 400)
    except OSError:
        return _refusal("disk_full", 507)
    finally:
        part.unlink(missing_ok=True)
    return JSONResponse({"id": upload_id, "size": size})
