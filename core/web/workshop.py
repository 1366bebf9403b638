"""``/w/<token>``: a workshop on a phone, without an account and without a session.

    GET  /w/<token>          the page: come in, answer, or why it opens nothing
    GET  /w/<token>/state    the round and the participant's own answers, as JSON
    POST /w/<token>/join     take part, under a first name or none
    POST /w/<token>/answer   one answer, as often as it is sent

A form that is sent without our script is led back to the page; the script is given a
status and a code of ``workshop.refused.<code>``.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from core.accounts.people import token_digest
from core.web import cookies, workshop_page
from core.web.guard import is_own_origin, is_secure, page_language
from core.web.pace import Pace
from core.workshops import door
from core.workshops.model import Code, Seat

_MOST_BYTES = 1024
_MOST_COOKIES = 20
_KEPT_SECONDS = 86400
_PRIVATE: Final = {"cache-control": "no-store", "x-robots-tag": "noindex"}
_STATUS: Final[dict[str, int]] = {
    "missing": 404,
    "expired": 410,
    "closed": 410,
    "full": 409,
    "frozen": 409,
    "late": 409,
    "stranger": 401,
    "wrong": 422,
    "busy": 429,
    "foreign": 403,
    "long": 413,
}
# A room shares one address behind its router; one phone asks little.
_by_address = Pace(burst=400, rate=60)
_by_phone = Pace(burst=40, rate=5)


def _held(request: Request) -> tuple[str, ...]:
    """Return the cookies of workshops that a phone holds; one a workshop."""
    names = sorted(n for n in request.cookies if n.startswith(cookies.WORKSHOP))
    return tuple(request.cookies[name] for name in names[:_MOST_COOKIES])


def _is_too_fast(request: Request) -> bool:
    address = request.client.host if request.client else ""
    phone = token_digest(" ".join(_held(request)))
    return not _by_address.allows(address) or (
        bool(_held(request)) and not _by_phone.allows(phone)
    )


def _language(request: Request) -> str:
    return page_language(request.scope, request.headers)[0]


def _refusal(code: str) -> Response:
    headers = dict(_PRIVATE)
    if code == "busy":
        headers["retry-after"] = "2"
    return JSONResponse({"error": code}, _STATUS[code], headers)


def _closed_door(request: Request, code: str) -> Response:
    """Return the page that says why nothing opens."""
    page = workshop_page.refused(code, _language(request))
    return HTMLResponse(page, _STATUS[code], _PRIVATE)


async def show(request: Request) -> Response:
    """Send the page of a workshop as this phone should see it."""
    if _is_too_fast(request):
        return _closed_door(request, "busy")
    token, language = request.path_params["token"], _language(request)
    subject = await run_in_threadpool(door.subject, token, language)
    if not isinstance(subject, door.Subject):
        return _closed_door(request, subject)
    seat = await run_in_threadpool(door.seat, token, _held(request))
    if isinstance(seat, Seat):
        page = workshop_page.questions(subject, seat, language, request.url.path)
    else:
        page = workshop_page.entrance(subject, language, request.url.path)
    return HTMLResponse(page, headers=_PRIVATE)


async def state(request: Request) -> Response:
    """Tell a phone which round it is, and what it answered."""
    if _is_too_fast(request):
        return _refusal("busy")
    token = request.path_params["token"]
    seat = await run_in_threadpool(door.seat, token, _held(request))
    if not isinstance(seat, Seat):
        return _refusal(seat)
    content = {"phase": seat.code, "round": seat.round_number, "answers": seat.answers}
    return JSONResponse(content, headers=_PRIVATE)


async def _form(request: Request) -> dict[str, str] | None:
    """Return the fields of a small form, None when it is not small."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}


async def _posted(request: Request) -> dict[str, str] | Response:
    """Return the fields that our own page sent, or the refusal."""
    headers = request.headers
    if not is_own_origin(headers.get("origin"), headers.get("host", "")):
        return _refusal("foreign")
    if _is_too_fast(request):
        return _refusal("busy")
    try:
        fields = await _form(request)
    except ClientDisconnect:
        return _refusal("wrong")
    return _refusal("long") if fields is None else fields


def _is_from_script(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _back(request: Request, anchor: str = "") -> RedirectResponse:
    query = f"?{request.url.query}" if request.url.query else ""
    path = request.url.path.rpartition("/")[0]
    return RedirectResponse(f"{path}{query}{anchor}", 303, _PRIVATE)


async def join(request: Request) -> Response:
    """Take a phone in and give it its cookie."""
    fields = await _posted(request)
    if isinstance(fields, Response):
        return fields
    token, name = request.path_params["token"], fields.get("name", "")
    code, made, workshop_id = await run_in_threadpool(
        door.join, token, _held(request), name
    )
    if code != "saved":
        return _closed_door(request, code)
    answer = _back(request)
    if made:
        answer.set_cookie(
            cookies.WORKSHOP + workshop_id[:12],
            made,
            max_age=_KEPT_SECONDS,
            path="/w/",
            httponly=True,
            samesite="lax",
            secure=is_secure(request.scope),
        )
    return answer


def _whole(fields: dict[str, str], name: str) -> int:
    """Return a small whole number of a form, -1 for anything else."""
    written = fields.get(name, "")
    is_number = written.isascii() and written.isdecimal() and len(written) < 4
    return int(written) if is_number else -1


async def answer(request: Request) -> Response:
    """Write one answer; 200 only when it is in the database."""
    fields = await _posted(request)
    if isinstance(fields, Response):
        return fields
    key = fields.get("criterion", "")
    code: Code = await run_in_threadpool(
        door.answer,
        request.path_params["token"],
        _held(request),
        _whole(fields, "round"),
        key,
        _whole(fields, "value"),
    )
    if not _is_from_script(request):
        return _back(request, f"#{key}" if code == "saved" else "")
    if code != "saved":
        return _refusal(code)
    return JSONResponse({"saved": True}, headers=_PRIVATE)


async def nowhere(request: Request) -> Response:
    """Answer what is under ``/w/`` and is nothing, before Streamlit does."""
    return _closed_door(request, "missing")


ROUTES = (
    Route("/w/{token}", show, methods=["GET"]),
    Route("/w/{token}/state", state, methods=["GET"]),
    Route("/w/{token}/join", join, methods=["POST"]),
    Route("/w/{token}/answer", answer, methods=["POST"]),
    Route("/w/{rest:path}", nowhere, methods=["GET", "POST"]),
)
